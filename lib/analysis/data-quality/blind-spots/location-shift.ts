import type { CollapsedSample } from './collapsed-sample';

/** Share of a sketch's values that have to be distinct for a feature to be taken as continuous. */
const DISTINCT_SHARE = 0.99;

/** Whether hardly any value occurs twice: only then the distance of distinct values is that of all. False for an empty sample. */
export function isContinuous({ total, count }: CollapsedSample): boolean {
  return count > 0 && total >= DISTINCT_SHARE * count;
}

/**
 * The largest shift of all values, in the feature's unit and in either direction, by which the cumulative distribution changes nowhere by
 * more than a share: the shortest interval that holds more than this share of the values. Infinite for a share of 1 and above, and for an
 * empty sample; NaN for a negative share or NaN.
 */
export function largestShiftWithin({ values, weights, total }: CollapsedSample, share: number): number {
  if (!(share >= 0)) return Number.NaN;
  let shortest = Number.POSITIVE_INFINITY;
  let [first, mass] = [0, 0];
  for (let last = 0; last < values.length; last++) {
    mass += weights[last];
    for (; mass > share * total; first++) {
      shortest = Math.min(shortest, values[last] - values[first]);
      mass -= weights[first];
    }
  }
  return shortest;
}
