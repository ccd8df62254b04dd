import type { FeatureConstraints, FeatureStatistics } from '../../schemas';
import type { BlindSpot } from './blind-spot';
import { correction } from './chance';
import type { Rule } from './rule';

/**
 * The widest blind spot of a String feature, whose distance is the largest change of a category's share. `no-distribution` where the statistics
 * have no histogram. New categories count for as long as the constraints have no domain: where they have, another check sees them. Undefined
 * for one single category beside a domain.
 */
export function categoricalBlindSpot(
  statistics: FeatureStatistics,
  constraints: FeatureConstraints,
  rule: Rule,
): BlindSpot | undefined {
  const feature = statistics.name;
  const counts = (statistics.string_statistics?.distribution?.categorical?.buckets ?? []).map(({ count }) => count);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const hasDomain = constraints.string_constraints?.domains !== undefined;
  if (n === 0) return { feature, kind: 'no-distribution', description: noHistogram(hasDomain) };
  const { method, threshold, rows } = rule;
  const taken = correction({ n, m: rows, method });
  if (!hasDomain && (rows < 1 || 1 - taken <= threshold)) {
    const description = 'no window of this size can alarm, whatever its values';
    return { feature, kind: 'anything', description, method, threshold, largestDistance: Math.max(0, 1 - taken) };
  }
  if (hasDomain && counts.length === 1) return undefined;
  const largest = 1 - Math.min(...counts) / n - taken;
  if (hasDomain && (rows < 1 || largest <= threshold)) {
    const description =
      'no change of the shares of the values that the baseline has can alarm, even if only one is left';
    return { feature, kind: 'existing-values', description, method, threshold, largestDistance: Math.max(0, largest) };
  }
  const largestShareChange = threshold + taken;
  const points = (100 * largestShareChange).toFixed(1);
  const description = `no change can alarm in which no value's share rises or falls by more than ${points} percentage points`;
  return { feature, kind: 'shares', description, method, threshold, largestShareChange };
}

const noHistogram = (hasDomain: boolean) =>
  hasDomain
    ? 'the baseline statistics have no histogram to compare with: only values that are not in the domain are seen'
    : 'the baseline has too many different values for a histogram and a domain: no change of its values is seen';
