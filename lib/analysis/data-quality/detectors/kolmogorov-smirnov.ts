import { kolmogorovSurvival } from '../../numbers/tail-probabilities';
import { eachDifference, type NumericSample } from './numeric-sample';

const { abs } = Math;

/**
 * The largest difference of two samples' cumulative distributions, 0 to 1, every value counted however often it occurs. NaN when a sample is
 * empty.
 *
 * @see https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.ks_2samp.html
 */
export function kolmogorovSmirnovDistance(a: NumericSample, b: NumericSample): number {
  if (a.count === 0 || b.count === 0) return Number.NaN;
  let largest = 0;
  eachDifference(a, b, (difference) => {
    if (difference > largest || -difference > largest) largest = abs(difference);
  });
  return largest;
}

/**
 * How likely two samples of one distribution are as far apart as these, 0 to 1: Kolmogorov's limit at distance * sqrt(nm / (n + m)). With ties
 * and in small samples the true probability is smaller, so that a test at some level alarms less often than the level says. NaN when a
 * sample is empty.
 *
 * @see https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.kstwobign.html
 */
export function kolmogorovSmirnovPValue(a: NumericSample, b: NumericSample): number {
  const size = (a.count * b.count) / (a.count + b.count);
  return kolmogorovSurvival(kolmogorovSmirnovDistance(a, b) * Math.sqrt(size));
}
