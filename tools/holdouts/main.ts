// How often a hold-out of a training file alarms, although it is drawn as the baseline is: `npm run holdouts -- file.csv ...`
// Each file has a header. `-- --seed 201 --seeds 1000`: so many draws from this seed on, where one that was found is to be told from chance. Exits with 1 where more windows have a
// violation than one in a thousand explains, of a file or of all.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { alarmBound } from '../../test/analysis/data-quality/detectors/alarm-bound';
import { type Draw, violatedWindows } from './windows';

const SEEDS = '200';
/** What a monitor promises: one window in a thousand, of whatever check. */
const RATE = 0.001;
/** A promise that is kept exactly fails in one of as many trials: one-sided 99.9 %. */
const TRIALS = 1000;

const DRAWS: { readonly [name: string]: Draw } = {
  'hold-out of 30 %': { baselineShare: 0.7, windowShare: 0.3, isReplaced: false },
  'hold-out of 5 %': { baselineShare: 0.7, windowShare: 0.05, isReplaced: false },
  'resample of 30 %': { baselineShare: 0.7, windowShare: 0.3, isReplaced: true },
};

interface Found {
  readonly windows: number;
  readonly violated: number;
}

/** Whether so many windows with a violation are not more than what is promised explains. */
function isKept(what: string, { windows, violated }: Found): boolean {
  const limit = alarmBound(windows, RATE, TRIALS);
  const explained = `1 in ${1 / RATE} explains up to ${limit} (one-sided, 99.9 %)`;
  console.log(`${what}: ${violated} of ${windows} windows have a violation; ${explained}`);
  return violated <= limit;
}

async function inFile(file: string, seeds: readonly number[]): Promise<Found> {
  const [header, ...rows]: string[][] = parse(readFileSync(file));
  let violated = 0;
  for (const [name, draw] of Object.entries(DRAWS)) {
    const found = await violatedWindows({ header, rows }, draw, seeds);
    const what = found.map(({ seed, violations }) => `\n    seed ${seed}: ${violations.join(', ')}`).join('');
    console.log(`${basename(file)}, ${rows.length} rows, ${name}: ${found.length} of ${seeds.length} windows${what}`);
    violated += found.length;
  }
  return { windows: seeds.length * Object.keys(DRAWS).length, violated };
}

async function main(files: readonly string[], seeds: readonly number[]): Promise<boolean> {
  console.log(`seeds ${seeds[0]} to ${seeds.at(-1)}`);
  const all: Found[] = [];
  let kept = true;
  for (const file of files) {
    const found = await inFile(file, seeds);
    kept = isKept(basename(file), found) && kept;
    all.push(found);
  }
  const sum = (of: keyof Found) => all.reduce((total, found) => total + found[of], 0);
  return isKept('all', { windows: sum('windows'), violated: sum('violated') }) && kept;
}

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, seeds: { type: 'string', default: SEEDS } },
  allowPositionals: true,
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.seed) + index);
main(positionals, seeds).then((kept) => {
  process.exitCode = kept ? 0 : 1;
});
