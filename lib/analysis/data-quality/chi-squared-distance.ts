import { chiSquaredSurvival } from '../numbers/tail-probabilities';
import type { CategoryCount } from '../schemas';

/** A test of goodness of fit; all three are NaN when there are no two categories to test. */
export interface ChiSquaredDistance {
  /** 0 or more */
  readonly statistic: number;
  /** the categories that were tested, less one */
  readonly degreesOfFreedom: number;
  /** how likely a sample of the expected shares differs this much, 0 to 1: **small** when the samples differ */
  readonly pValue: number;
}

/** Two categories are tested when each is expected ten times: Cochran, The chi-squared test of goodness of fit (1952). */
const COCHRAN_MINIMUM = 10;
/** More are when at most a fifth is expected less than five times: Moore, McCabe, The Practice of Statistics (1999), page 734. */
const YATES_MINIMUM = 5;
const YATES_SHARE = 0.2;

const UNTESTED: ChiSquaredDistance = { statistic: Number.NaN, degreesOfFreedom: Number.NaN, pValue: Number.NaN };

/**
 * The chi-squared test of observed against expected counts, as Deequ defines it for categories: the expected counts are scaled to the observed
 * values of categories that were expected, **others do not count at all**; while too many categories are expected too rarely, the rarest joins
 * the next rarest (of equally rare ones the first by its text). NaN when fewer than two categories are left, also when either sample is
 * empty or they have no category in common.
 *
 * @see https://github.com/awslabs/deequ/blob/2.0.8-spark-3.5/src/main/scala/com/amazon/deequ/analyzers/Distance.scala
 * @see https://github.com/apache/spark/blob/master/mllib/src/main/scala/org/apache/spark/mllib/stat/test/ChiSqTest.scala
 */
export function chiSquaredDistance(
  observed: readonly CategoryCount[],
  expected: readonly CategoryCount[],
): ChiSquaredDistance {
  const cells = mergeRare(expectedCells(observed, expected));
  if (cells.length < 2) return UNTESTED;
  const statistic = cells.reduce((sum, cell) => sum + (cell.observed - cell.expected) ** 2 / cell.expected, 0);
  const degreesOfFreedom = cells.length - 1;
  return { statistic, degreesOfFreedom, pValue: chiSquaredSurvival(statistic, degreesOfFreedom) };
}

interface Cell {
  readonly value: string;
  readonly observed: number;
  readonly expected: number;
}

/** The expected categories from the rarest on, their counts scaled to those observed. */
function expectedCells(observed: readonly CategoryCount[], expected: readonly CategoryCount[]): Cell[] {
  const counts = new Map(observed.map(({ value, count }) => [value, count]));
  const known = expected.reduce((sum, { value }) => sum + (counts.get(value) ?? 0), 0);
  const total = expected.reduce((sum, { count }) => sum + count, 0);
  return expected
    .map(({ value, count }) => ({ value, observed: counts.get(value) ?? 0, expected: (count / total) * known }))
    .sort(byRarity);
}

const byRarity = (a: Cell, b: Cell) => a.expected - b.expected || (a.value < b.value ? -1 : 1);

function mergeRare(sorted: readonly Cell[]): Cell[] {
  const cells = [...sorted];
  while (cells.length > 1 && hasTooManyRare(cells)) {
    const [first, second] = cells.splice(0, 2);
    const merged = {
      value: second.value,
      observed: first.observed + second.observed,
      expected: first.expected + second.expected,
    };
    const at = cells.findIndex((cell) => byRarity(merged, cell) < 0);
    cells.splice(at < 0 ? cells.length : at, 0, merged);
  }
  return cells;
}

function hasTooManyRare(cells: readonly Cell[]): boolean {
  const [minimum, allowed] =
    cells.length === 2 ? [COCHRAN_MINIMUM, 0] : [YATES_MINIMUM, Math.floor(YATES_SHARE * cells.length)];
  return cells.filter(({ expected }) => expected < minimum).length > allowed;
}
