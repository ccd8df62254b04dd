import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CellCounts, decileCounts, occupied } from '../../../lib/analysis/data-quality/detectors/bins';
import { chiSquared, homogeneityPValue } from '../../../lib/analysis/data-quality/detectors/chi-squared';
import {
  jensenShannonDistance,
  populationStabilityIndex,
  totalVariation,
} from '../../../lib/analysis/data-quality/detectors/divergence';
import {
  kolmogorovSmirnovDistance,
  kolmogorovSmirnovPValue,
} from '../../../lib/analysis/data-quality/detectors/kolmogorov-smirnov';
import { numericSample } from '../../../lib/analysis/data-quality/detectors/numeric-sample';
import { normedWasserstein } from '../../../lib/analysis/data-quality/detectors/wasserstein';
import { chiSquaredSurvival, kolmogorovSurvival } from '../../../lib/analysis/numbers/tail-probabilities';

interface NumericCase {
  readonly levels: [number[][], number[][]];
  readonly ks: number;
  readonly ksP: number;
  readonly sd: number;
  /** in the feature's unit */
  readonly wasserstein: number;
  readonly psi: number;
  readonly js: number;
}

interface CategoricalCase {
  readonly baseline: number[];
  readonly current: number[];
  /** statistic and p-value of all cells */
  readonly chi2: [number, number];
  /** after small cells were merged; null when there are too few values for a test */
  readonly p: number | null;
  readonly tv: number;
  readonly psi: number;
  readonly js: number;
}

interface TailCase {
  readonly x: number;
  /** degrees of freedom */
  readonly df: number;
  readonly p: number;
}

const lines = readFileSync(join(__dirname, 'fixtures.jsonl'), 'utf8').trim().split('\n');
const all = lines.map((line): { kind: string } => JSON.parse(line));
const casesOf = <T>(kind: string) => all.filter((each) => each.kind === kind) as unknown as T[];

const isSame = (actual: number, expected: number) =>
  Object.is(actual, expected) || Math.abs(actual - expected) <= Math.max(1e-14, 1e-9 * Math.abs(expected));

/** Lists the cases in which a figure is not SciPy's, to 1e-9 of its size or 1e-14. */
function differing<T>(cases: readonly T[], figure: (each: T) => [actual: number, expected: number]): string[] {
  return cases.flatMap((each, index) => {
    const [actual, expected] = figure(each);
    return isSame(actual, expected) ? [] : [`case ${index}: ${actual} instead of ${expected}`];
  });
}

const numeric = casesOf<NumericCase>('numeric').map(({ levels, ...expected }) => ({
  baseline: numericSample(levels[0]),
  current: numericSample(levels[1]),
  ...expected,
}));
const categorical = casesOf<CategoricalCase>('categorical').map((each) => ({
  ...each,
  cells: occupied(each) as CellCounts,
}));

test('there are at least 200 cases of each kind', () => {
  expect(Math.min(numeric.length, categorical.length)).toBeGreaterThanOrEqual(200);
});

test('the Kolmogorov-Smirnov distance is that of scipy.stats.ks_2samp', () => {
  expect(differing(numeric, (c) => [kolmogorovSmirnovDistance(c.baseline, c.current), c.ks])).toEqual([]);
});

test('its p-value is that of scipy.stats.kstwobign', () => {
  expect(differing(numeric, (c) => [kolmogorovSmirnovPValue(c.baseline, c.current), c.ksP])).toEqual([]);
});

test('the Wasserstein distance is that of scipy.stats.wasserstein_distance over the standard deviation', () => {
  const expected = ({ wasserstein, sd }: { wasserstein: number; sd: number }) =>
    wasserstein === 0 && sd === 0 ? 0 : wasserstein / sd;
  expect(differing(numeric, (c) => [normedWasserstein(c.baseline, c.current, c.sd), expected(c)])).toEqual([]);
});

test('the population stability index of deciles is that of NumPy', () => {
  const actual = (c: (typeof numeric)[number]) => populationStabilityIndex(decileCounts(c.baseline, c.current));
  expect(differing(numeric, (c) => [actual(c), c.psi])).toEqual([]);
});

test('the Jensen-Shannon distance of deciles is that of scipy.spatial.distance.jensenshannon', () => {
  const actual = (c: (typeof numeric)[number]) => jensenShannonDistance(decileCounts(c.baseline, c.current));
  expect(differing(numeric, (c) => [actual(c), c.js])).toEqual([]);
});

test('the chi-squared test is that of scipy.stats.chi2_contingency without correction', () => {
  const tested = categorical.filter(({ cells }) => cells.baseline.length > 1);
  expect(tested.length).toBeGreaterThanOrEqual(200);
  expect(differing(tested, (c) => [chiSquared(c.cells).statistic, c.chi2[0]])).toEqual([]);
  expect(differing(tested, (c) => [chiSquared(c.cells).pValue, c.chi2[1]])).toEqual([]);
});

test('the p-value after small cells were merged is that of chi2_contingency and, for a rare rest, of scipy.stats.hypergeom', () => {
  expect(differing(categorical, (c) => [homogeneityPValue(c.cells), c.p ?? Number.NaN])).toEqual([]);
});

test('the distances of categories are those of NumPy and SciPy', () => {
  expect(differing(categorical, (c) => [totalVariation(c.cells), c.tv])).toEqual([]);
  expect(differing(categorical, (c) => [populationStabilityIndex(c.cells), c.psi])).toEqual([]);
  expect(differing(categorical, (c) => [jensenShannonDistance(c.cells), c.js])).toEqual([]);
});

test('the tail probabilities are those of SciPy', () => {
  const kolmogorov = casesOf<TailCase>('kolmogorov');
  const chiSquares = casesOf<TailCase>('chiSquared');
  expect(kolmogorov.length + chiSquares.length).toBeGreaterThan(100);
  expect(differing(kolmogorov, ({ x, p }) => [kolmogorovSurvival(x), p])).toEqual([]);
  expect(differing(chiSquares, ({ x, df, p }) => [chiSquaredSurvival(x, df), p])).toEqual([]);
});
