import type { CategoryCount, ComparisonMethod } from '../schemas';

/** A sample's cumulated weight at each of its distinct values, ascending. */
interface RankMap {
  readonly values: number[];
  readonly ranks: number[];
}

/**
 * Ranks a sketch's values as the container does: equal values count once, with the weight of the highest level that has them. The distance is
 * therefore one of distinct values: a 0/1 feature that moves from 10 % to 90 % ones has the distance 0.
 *
 * @see https://github.com/awslabs/deequ/blob/master/src/main/scala/com/amazon/deequ/analyzers/QuantileNonSample.scala
 */
function rankMap(data: readonly number[][]): RankMap {
  const weights = new Map<number, number>();
  for (const [level, items] of data.entries()) for (const item of items) weights.set(item, 2 ** level);
  const values = [...Float64Array.from(weights.keys()).sort()];
  let total = 0;
  const ranks = values.map((value) => {
    total += weights.get(value) ?? 0;
    return total;
  });
  return { values, ranks };
}

const total = ({ ranks }: RankMap) => ranks[ranks.length - 1] ?? 0;

/**
 * The distance of two numeric samples, given as the levels of their sketches: the largest difference of their cumulative distributions, 0 to 1.
 * NaN when either is empty. Sketches have no NaN; infinite items are values like others.
 *
 * @see https://github.com/awslabs/deequ/blob/master/src/main/scala/com/amazon/deequ/analyzers/Distance.scala
 */
export function numericDistance(a: readonly number[][], b: readonly number[][], method: ComparisonMethod): number {
  const first = rankMap(a);
  const second = rankMap(b);
  const n = total(first);
  const m = total(second);
  let largest = 0;
  let i = 0;
  let j = 0;
  while (i < first.values.length || j < second.values.length) {
    const key = Math.min(first.values[i] ?? Number.POSITIVE_INFINITY, second.values[j] ?? Number.POSITIVE_INFINITY);
    while (first.values[i] <= key) i += 1;
    while (second.values[j] <= key) j += 1;
    const difference = Math.abs((first.ranks[i - 1] ?? 0) / n - (second.ranks[j - 1] ?? 0) / m);
    if (difference > largest) largest = difference;
  }
  return n > 0 && m > 0 ? corrected(largest, { n, m, method }) : Number.NaN;
}

/**
 * The distance of two categorical samples: the largest difference of a category's shares, 0 to 1. NaN when either is empty.
 *
 * @see https://github.com/awslabs/deequ/blob/master/src/main/scala/com/amazon/deequ/analyzers/Distance.scala
 */
export function categoricalDistance(
  a: readonly CategoryCount[],
  b: readonly CategoryCount[],
  method: ComparisonMethod,
): number {
  const n = sum(a);
  const m = sum(b);
  const counts = new Map(b.map(({ value, count }) => [value, count]));
  let largest = 0;
  for (const { value, count } of a) {
    largest = Math.max(largest, Math.abs(count / n - (counts.get(value) ?? 0) / m));
    counts.delete(value);
  }
  for (const count of counts.values()) largest = Math.max(largest, count / m);
  return n > 0 && m > 0 ? corrected(largest, { n, m, method }) : Number.NaN;
}

const sum = (counts: readonly CategoryCount[]) => counts.reduce((all, { count }) => all + count, 0);

/** `Robust` takes off what samples of these sizes may differ by chance: Knuth, The Art of Computer Programming 2, 3.3.1. */
function corrected(distance: number, { n, m, method }: { n: number; m: number; method: ComparisonMethod }): number {
  return method === 'Simple' ? distance : Math.max(0, distance - 1.8 * Math.sqrt((n + m) / (n * m)));
}
