// How often a hold-out of a training file alarms, although it is drawn as the baseline is: `npm run holdouts -- file.csv ...`
// Each file has a header. Exits with 1 where more windows have a violation than one in a thousand explains.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { alarmBound } from '../../test/analysis/data-quality/detectors/alarm-bound';
import { type Draw, violatedWindows } from './windows';

const SEEDS = 200;
/** What a monitor promises: one window in a thousand, of whatever check. */
const RATE = 0.001;
/** A promise that is kept exactly fails in one of as many trials: one-sided 99.9 %. */
const TRIALS = 1000;

const DRAWS: { readonly [name: string]: Draw } = {
  'hold-out of 30 %': { baselineShare: 0.7, windowShare: 0.3, isReplaced: false },
  'hold-out of 5 %': { baselineShare: 0.7, windowShare: 0.05, isReplaced: false },
  'resample of 30 %': { baselineShare: 0.7, windowShare: 0.3, isReplaced: true },
};

async function main(files: readonly string[]): Promise<number> {
  let [windows, violated] = [0, 0];
  for (const file of files) {
    const [header, ...rows]: string[][] = parse(readFileSync(file));
    for (const [name, draw] of Object.entries(DRAWS)) {
      const found = await violatedWindows({ header, rows }, draw, SEEDS);
      const what = found.map(({ seed, violations }) => `\n    seed ${seed}: ${violations.join(', ')}`).join('');
      console.log(`${basename(file)}, ${rows.length} rows, ${name}: ${found.length} of ${SEEDS} windows${what}`);
      windows += SEEDS;
      violated += found.length;
    }
  }
  const limit = alarmBound(windows, RATE, TRIALS);
  console.log(
    `${violated} of ${windows} windows have a violation; 1 in ${1 / RATE} explains up to ${limit} (one-sided, 99.9 %)`,
  );
  return violated <= limit ? 0 : 1;
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
