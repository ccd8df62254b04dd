// How many pages a fleet of monitors makes in a month in which nothing changes: `npm run fleet -- --monitors 1200 --hours 720 --seed 1`.
// Exits with 1 where more were made than the promise explains.
import { parseArgs } from 'node:util';
import { alarmBound } from '../../test/analysis/data-quality/detectors/alarm-bound';
import { random } from '../../test/analysis/data-quality/detectors/traffic';
import { type QuietMonitor, quietWindows } from './monitor';

/** What is promised: pages of so many monitors in so many hours. */
const PROMISE = { pages: 5, monitors: 1200, hours: 720 };
const RATE = PROMISE.pages / (PROMISE.monitors * PROMISE.hours);
/** A promise that is kept exactly fails in one of as many trials: one-sided 99.9 %. */
const TRIALS = 1000;

const AUTOCORRELATIONS = [0, 0.5];
/** Small windows of few features alarm most: in 2,000 rows chance moves no tenth of the values, and many features share the false alarm rate. */
const ROWS = [100, 300];
const FEATURES = [1, 7];

/** Each of the fleet has one of the layouts, all equally often. */
function layout(index: number, autocorrelation: number): QuietMonitor {
  const [rowsPerWindow, featureCount] = [ROWS[index % 2], FEATURES[Math.floor(index / 2) % 2]];
  return { rowsPerWindow, featureCount, autocorrelation };
}

function fleet(monitors: number, hours: number, seed: number): boolean {
  let kept = true;
  for (const autocorrelation of AUTOCORRELATIONS) {
    let [windows, violated, pages] = [0, 0, 0];
    for (let index = 0; index < monitors; index++) {
      const found = quietWindows(layout(index, autocorrelation), hours, random(seed * 1_000_003 + index));
      windows += hours;
      violated += found.violated;
      pages += found.pages;
      if (found.pages > 0) console.log(`  ${found.pages} of ${JSON.stringify(layout(index, autocorrelation))}`);
    }
    const limit = alarmBound(windows, RATE, TRIALS);
    const month = Number(((pages / windows) * PROMISE.monitors * PROMISE.hours).toPrecision(2));
    console.log(
      `windows correlated by ${autocorrelation}: ${windows} windows, ${violated} with a violation, ${pages} pages: ${month} a month of the fleet; the promise explains up to ${limit} pages here`,
    );
    kept &&= pages <= limit;
  }
  return kept;
}

const { values } = parseArgs({
  options: {
    monitors: { type: 'string', default: String(PROMISE.monitors) },
    hours: { type: 'string', default: String(PROMISE.hours) },
    seed: { type: 'string', default: '1' },
  },
});
console.log(`seed ${values.seed}`);
process.exitCode = fleet(Number(values.monitors), Number(values.hours), Number(values.seed)) ? 0 : 1;
