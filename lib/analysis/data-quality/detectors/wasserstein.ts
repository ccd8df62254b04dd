import { eachDifference, type NumericSample } from './numeric-sample';

const { abs } = Math;

/**
 * How far values have to be moved on average to make one sample of the other, in standard deviations of the baseline: the area between the
 * cumulative distributions over the deviation. Of a constant baseline (deviation 0) it is 0 for an equal sample and infinite for any other.
 * NaN when a sample is empty or the deviation is NaN.
 *
 * @see https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.wasserstein_distance.html
 */
export function normedWasserstein(baseline: NumericSample, current: NumericSample, standardDeviation: number): number {
  if (baseline.count === 0 || current.count === 0) return Number.NaN;
  let area = 0;
  eachDifference(baseline, current, (difference, gap) => {
    area += abs(difference) * gap;
  });
  return area === 0 && standardDeviation === 0 ? 0 : area / standardDeviation;
}
