// How many pages a fleet of monitors makes in a month in which nothing changes, and how long drift waits for its own: `npm run fleet`, in some two minutes.
// `-- --monitors 1200 --hours 720 --seed 1 --seeds 1`: so many months from this seed on. Exits with 1 where one has more pages than 99 of a hundred have.
import { parseArgs } from 'node:util';
import { type Fleet, PROMISE, quietFleet, RETURNING } from './fleet';
import { windowsUntilPaged } from './waiting';

const MOVED = [0.15, 0.2, 0.25, 0.3];
const ROWS = [100, 300, 1000];

function quiet(fleet: Fleet): boolean {
  let kept = true;
  for (const returning of RETURNING) {
    const { windows, violated, pages, explained } = quietFleet(fleet, returning, (monitors) => {
      if (monitors % 100 === 0) process.stderr.write(`\r  ${monitors} of ${fleet.monitors} monitors`);
    });
    const counts = `${windows} windows, ${violated} with a violation, ${pages} pages`;
    console.log(
      `\r${returning * 100} % of the records come back: ${counts}; 99 of a hundred months have up to ${explained}`,
    );
    kept &&= pages <= explained;
  }
  return kept;
}

function waiting(seed: number): void {
  for (const moved of MOVED) {
    for (const rowsPerWindow of ROWS) {
      const { half, nearlyAll } = windowsUntilPaged({ moved, rowsPerWindow, seed });
      const which = `${moved * 100} % of the values move, ${rowsPerWindow} rows a window`;
      console.log(`${which}: half of the monitors page by window ${half}, 95 % by window ${nearlyAll}`);
    }
  }
}

const { values } = parseArgs({
  options: {
    monitors: { type: 'string', default: String(PROMISE.monitors) },
    hours: { type: 'string', default: String(PROMISE.hours) },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
  },
});
const first = Number(values.seed);
let isKept = true;
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  console.log(`seed ${seed}`);
  isKept = quiet({ monitors: Number(values.monitors), hours: Number(values.hours), seed }) && isKept;
}
process.exitCode = isKept ? 0 : 1;
waiting(first);
