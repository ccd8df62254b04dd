import { ExtractScenery, extractBaseline, PAIR_NAMES } from './extracts';
import { expectAll, expectHeld, interceptedSuite } from './seeds';

const calls = interceptedSuite();

test('of 2,000 drawn trials, each extract is what its objects come to, and each report has its records once', async () => {
  const scenery = await ExtractScenery.make(calls, extractBaseline());
  await expectHeld(2000, (seed) => scenery.trial(seed));
}, 1_200_000);

test.each(PAIR_NAMES)(
  'of two executions of monitors %s whose items are profiled in turns, with one fault at any call, each extract and each report is what the object comes to',
  async (pair) => {
    const scenery = await ExtractScenery.make(calls, extractBaseline());
    const count = await scenery.everyTrialOfTwo(pair, expectAll);
    process.stdout.write(`${count} trials of two executions, ${pair}\n`);
    expect(count).toBeGreaterThan(1000);
  },
  1_200_000,
);
