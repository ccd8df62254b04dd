import { chiSquaredSurvival, hypergeometricSurvival } from '../../numbers/tail-probabilities';
import { type CellCounts, totalOf } from './bins';

/** Cells are merged until each is expected this often in the smaller sample: Cochran's rule. */
export const MIN_EXPECTED = 5;

/** Cells that are large enough to be tested, and the rest if it is not. */
export interface MergedCells {
  readonly cells: CellCounts;
  /** how often the rest occurs; it is expected less than 5 times in the smaller sample */
  readonly rest?: { readonly baseline: number; readonly current: number };
}

type Cell = readonly [baseline: number, current: number];

/**
 * Merges small cells. A cell that the smaller sample is expected to have at least 5 times (by the shares of both samples together) stays. The
 * others are added up from the rarest on, ties in the order given, into cells of at least 5; what is left over joins the last of these, or
 * is the rest if there is none. Without counts there are no cells.
 *
 * @see https://doi.org/10.2307/3001616
 */
export function mergeSmallCells({ baseline, current }: CellCounts): MergedCells {
  const [n, m] = [totalOf(baseline), totalOf(current)];
  const expected = ([a, b]: Cell) => ((a + b) * Math.min(n, m)) / (n + m);
  const cells = baseline.map((count, index): Cell => [count, current[index]]).filter(([a, b]) => a + b > 0);
  const small = cells.filter((cell) => expected(cell) < MIN_EXPECTED).sort((one, other) => size(one) - size(other));
  const merged: Cell[] = [];
  let open: Cell = [0, 0];
  for (const cell of small) {
    open = add(open, cell);
    if (expected(open) < MIN_EXPECTED) continue;
    merged.push(open);
    open = [0, 0];
  }
  const last = merged.pop();
  const large = [
    ...cells.filter((cell) => expected(cell) >= MIN_EXPECTED),
    ...merged,
    ...(last ? [add(last, open)] : []),
  ];
  const counts = { baseline: large.map(([count]) => count), current: large.map(([, count]) => count) };
  return last || size(open) === 0
    ? { cells: counts }
    : { cells: counts, rest: { baseline: open[0], current: open[1] } };
}

const size = ([a, b]: Cell) => a + b;
const add = ([a, b]: Cell, [c, d]: Cell): Cell => [a + c, b + d];

/** Pearson's test that two samples have the same shares. */
export interface ChiSquared {
  /** 0 for fewer than two cells */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** 1 for fewer than two cells */
  readonly pValue: number;
}

/**
 * The chi-squared test of homogeneity of two samples, as it is: without continuity correction and without merging. Every cell must have a
 * count in one of the samples. NaN when a sample is empty.
 *
 * @see https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.chi2_contingency.html
 */
export function chiSquared({ baseline, current }: CellCounts): ChiSquared {
  const [n, m] = [totalOf(baseline), totalOf(current)];
  if (n === 0 || m === 0) return { statistic: Number.NaN, degreesOfFreedom: 0, pValue: Number.NaN };
  let statistic = 0;
  for (const [index, count] of baseline.entries()) {
    const share = (count + current[index]) / (n + m);
    statistic += (count - share * n) ** 2 / (share * n) + (current[index] - share * m) ** 2 / (share * m);
  }
  const degreesOfFreedom = Math.max(0, baseline.length - 1);
  return {
    statistic,
    degreesOfFreedom,
    pValue: degreesOfFreedom === 0 ? 1 : chiSquaredSurvival(statistic, degreesOfFreedom),
  };
}

/**
 * How likely two samples of the same shares differ as these do, 0 to 1: the chi-squared test of homogeneity after small cells were merged.
 * Where a rest remains that is too rare for it, the smaller sample's count of it is tested exactly (does it occur more often than chance
 * explains) and the others among themselves; the result is twice the smaller of the two, at most 1. NaN when a sample is empty, or when
 * everything is rest: too few values for a test. 1 when both samples have the one and same category.
 */
export function homogeneityPValue(counts: CellCounts): number {
  const [n, m] = [totalOf(counts.baseline), totalOf(counts.current)];
  if (n === 0 || m === 0) return Number.NaN;
  const { cells, rest } = mergeSmallCells(counts);
  if (!rest) return chiSquared(cells).pValue;
  if (cells.baseline.length === 0) return counts.baseline.length === 1 ? 1 : Number.NaN;
  const found = n < m ? rest.baseline : rest.current;
  const rare = hypergeometricSurvival(found, {
    population: n + m,
    marked: rest.baseline + rest.current,
    drawn: Math.min(n, m),
  });
  if (cells.baseline.length === 1) return rare;
  const others = chiSquared(cells).pValue;
  return Number.isNaN(others) ? rare : Math.min(1, 2 * Math.min(rare, others));
}
