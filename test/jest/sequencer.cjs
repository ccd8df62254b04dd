// What no run has timed yet, jest begins by the size of its file. What takes longest are short files that rehearse, synthesize or search: begun last, one worker waits for the other.
const { default: Sequencer } = require('@jest/test-sequencer');

const LONG = /[\\/]test[\\/](?:fuzz|rehearsal|cli|project|reliability|engine)[\\/]/;

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.every(({ duration }) => duration !== undefined)) return sorted;
    const isLong = ({ path }) => LONG.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
