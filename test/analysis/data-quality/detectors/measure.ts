// Prints the tables of docs/detectors.md: npx tsx test/analysis/data-quality/detectors/measure.ts [windows]
import {
  DEFAULT_FALSE_ALARM_RATE,
  type DriftInput,
  type DriftMethod,
  detectDrift,
  type FeatureDrift,
} from '../../../../lib/analysis/data-quality/detectors';
import {
  baselineColumns,
  CATEGORICAL,
  type Draw,
  flag,
  NUMERIC,
  type Random,
  random,
  resampledColumns,
  statisticsOf,
  weighted,
} from './traffic';

const SEED = Number(process.env.SEED ?? 20200602);
const WINDOWS = Number(process.argv[2] ?? 1000);
const ROWS = 10_000;
const SIZES = [100, 1000, 10_000];
const FEATURES = Object.keys({ ...NUMERIC, ...CATEGORICAL }).length;

/** How a detector decides about a feature, and what `detectDrift` needs for it. */
interface Detector {
  readonly name: string;
  readonly method: DriftMethod;
  readonly alarms: (feature: FeatureDrift, tests: number) => boolean;
}

const adjusted = ({ pValue = 0 }: FeatureDrift, tests: number) => pValue * tests;
const isFar = ({ distance, threshold }: FeatureDrift) => distance > threshold;
const tested = (name: string, method: DriftMethod): Detector => ({
  name,
  method,
  alarms: (feature, tests) => isFar(feature) && adjusted(feature, tests) <= DEFAULT_FALSE_ALARM_RATE,
});
const bare = (name: string, method: DriftMethod): Detector => ({ name, method, alarms: isFar });

const DETECTORS: readonly Detector[] = [
  tested('MassShift (default)', 'MassShift'),
  tested('PopulationStability', 'PopulationStability'),
  tested('Wasserstein', 'Wasserstein'),
  tested('JensenShannon', 'JensenShannon'),
  {
    name: `KS and chi-squared, Holm ${DEFAULT_FALSE_ALARM_RATE * 100} %, no threshold`,
    method: 'MassShift',
    alarms: (feature, tests) => adjusted(feature, tests) <= DEFAULT_FALSE_ALARM_RATE,
  },
  { name: 'KS and chi-squared, p < 5 %', method: 'MassShift', alarms: ({ pValue = 1 }) => pValue < 0.05 },
  bare('MassShift > 0.1, no test', 'MassShift'),
  bare('PSI > 0.25, no test', 'PopulationStability'),
  bare('Wasserstein > 0.1, no test', 'Wasserstein'),
  bare('Jensen-Shannon > 0.1, no test', 'JensenShannon'),
  bare('Simple (Model Monitor)', 'Simple'),
  bare('Robust (Model Monitor)', 'Robust'),
];

const METHODS = [...new Set(DETECTORS.map(({ method }) => method))];

/** What every method says of a window, by method. */
function compare(input: Omit<DriftInput, 'method'>): Map<DriftMethod, FeatureDrift[]> {
  return new Map(METHODS.map((method) => [method, detectDrift({ ...input, method }).features]));
}

type Counts = Map<string, number>;

/** Counts, by detector, the windows in which any feature alarms. Tests are corrected for the features given. */
function count(windows: number, tests: number, window: () => Omit<DriftInput, 'method'>): Counts {
  const counts: Counts = new Map(DETECTORS.map(({ name }) => [name, 0]));
  for (let index = 0; index < windows; index++) {
    const found = compare(window());
    for (const { name, method, alarms } of DETECTORS) {
      if (found.get(method)?.some((feature) => alarms(feature, tests))) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

const { normal, rating } = NUMERIC;

/** Shifts of one feature each, from what {@link baselineColumns} draws. */
const SHIFTS: readonly { readonly name: string; readonly feature: string; readonly draw: Draw }[] = [
  { name: '0/1: 10 % to 90 % ones', feature: 'rareFlag', draw: flag(0.9) },
  { name: '0/1: 10 % to 30 % ones', feature: 'rareFlag', draw: flag(0.3) },
  { name: '0/1: 10 % to 15 % ones', feature: 'rareFlag', draw: flag(0.15) },
  { name: 'normal: mean + 0.1 sd', feature: 'normal', draw: (next) => normal(next) + 0.1 },
  { name: 'normal: mean + 0.3 sd', feature: 'normal', draw: (next) => normal(next) + 0.3 },
  { name: 'normal: mean + 0.5 sd', feature: 'normal', draw: (next) => normal(next) + 0.5 },
  { name: 'normal: mean + 1 sd', feature: 'normal', draw: (next) => normal(next) + 1 },
  { name: 'normal: spread x 1.5', feature: 'normal', draw: (next) => normal(next) * 1.5 },
  { name: 'normal: spread x 2', feature: 'normal', draw: (next) => normal(next) * 2 },
  { name: 'zeros: 80 % to 50 %', feature: 'mostlyZero', draw: (next) => (next() < 0.5 ? 0 : -Math.log(1 - next())) },
  { name: 'rating: stars turn around', feature: 'rating', draw: (next) => 6 - rating(next) },
  { name: 'colour: one of five is lost', feature: 'colour', draw: weighted([0, 1, 1, 1, 1]) },
  { name: 'plan: 1 % becomes 25 %', feature: 'plan', draw: weighted([74, 25, 1]) },
];

function falseAlarms(rows: number, next: Random): Counts {
  const columns = baselineColumns(ROWS, next);
  const baseline = statisticsOf(columns);
  return count(WINDOWS, FEATURES, () => ({ baseline, current: statisticsOf(resampledColumns(columns, rows, next)) }));
}

function power(rows: number, shift: (typeof SHIFTS)[number], next: Random): Counts {
  const column = baselineColumns(ROWS, next).get(shift.feature) ?? new Float64Array();
  const baseline = statisticsOf(new Map([[shift.feature, column]]));
  const drifted = () => Float64Array.from({ length: rows }, () => shift.draw(next));
  return count(POWER_WINDOWS, FEATURES, () => ({
    baseline,
    current: statisticsOf(new Map([[shift.feature, drifted()]])),
  }));
}

const POWER_WINDOWS = Math.max(20, WINDOWS / 5);
const SHOWN = [
  'MassShift (default)',
  'PopulationStability',
  'Wasserstein',
  'JensenShannon',
  'Simple (Model Monitor)',
  'Robust (Model Monitor)',
];

const percent = (counts: Counts, name: string, windows: number, digits: number) =>
  ((100 * (counts.get(name) ?? 0)) / windows).toFixed(digits);

const row = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);

const next = random(SEED);
console.log(`seed ${SEED}, ${WINDOWS} windows, baseline of ${ROWS} rows, ${FEATURES} features; percent of windows\n`);
const alarms = SIZES.map((rows) => falseAlarms(rows, next));
row(['alarms about nothing', ...SIZES.map((rows) => `m = ${rows}`)]);
row(['---', ...SIZES.map(() => '--:')]);
for (const { name } of DETECTORS) row([name, ...alarms.map((counts) => percent(counts, name, WINDOWS, 1))]);

console.log(
  `\n${POWER_WINDOWS} windows each, m = ${SIZES.join(' / ')}; percent of windows in which the shift is found\n`,
);
row(['shift of one of the features', ...SHOWN]);
row(['---', ...SHOWN.map(() => '--:')]);
for (const shift of SHIFTS) {
  const found = SIZES.map((rows) => power(rows, shift, next));
  row([shift.name, ...SHOWN.map((name) => found.map((counts) => percent(counts, name, POWER_WINDOWS, 0)).join(' / '))]);
}
