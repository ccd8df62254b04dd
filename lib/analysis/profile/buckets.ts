import type { Bucket } from '../schemas';

const BUCKET_COUNT = 10;

/** Weight of the sketch's items below a bound, or up to it. Items of level i weigh 2^i. */
function rank(data: readonly number[][], bound: number, inclusive: boolean): number {
  let weight = 0;
  for (const [level, items] of data.entries()) {
    let count = 0;
    for (const item of items) if (item < bound || (inclusive && item === bound)) count += 1;
    weight += count * 2 ** level;
  }
  return weight;
}

/**
 * Ten bins of equal width between the exact minimum and maximum, with counts from the sketch; the last bin includes its upper bound. When
 * all values are equal, all of them are in the last bin. `data` are the levels of a sketch, none of whose items is NaN; without items every
 * count is 0, and with an infinite bound the bounds between are not finite, either.
 *
 * @see https://github.com/awslabs/deequ/blob/master/src/main/scala/com/amazon/deequ/analyzers/KLLSketch.scala
 */
export function buckets(data: readonly number[][], min: number, max: number): Bucket[] {
  const bound = (index: number) => min + ((max - min) * index) / BUCKET_COUNT;
  return Array.from({ length: BUCKET_COUNT }, (_, index) => {
    const lower = bound(index);
    const upper = bound(index + 1);
    const count = rank(data, upper, index === BUCKET_COUNT - 1) - rank(data, lower, false);
    return { lower_bound: lower, upper_bound: upper, count };
  });
}
