import type { FeatureStatistics } from '../../schemas';
import type { BlindSpot } from './blind-spot';
import { correction, ONE_IN_A_MILLION, standardError } from './chance';
import { type CollapsedSample, collapsedSample } from './collapsed-sample';
import { distanceOfKept, largestOfAll, largestOfExisting, type Windows } from './largest-distance';
import { isContinuous, largestShiftWithin } from './location-shift';
import type { Rule } from './rule';
import { sketchHeight } from './sketch-height';

const DESCRIPTIONS = {
  anything: 'no window of this size can alarm, whatever its values',
  'existing-values': 'no re-weighting of the values that the baseline has can alarm, even if only one of them is left',
  'kept-values': 'no re-weighting can alarm in which every value of the baseline still occurs',
} as const;

/**
 * The widest blind spot of a numeric feature: anything, existing values, kept values, or for a continuous feature a location shift. Undefined
 * where none of these is known. `no-distribution` where the statistics have no sketch with values.
 */
export function numericBlindSpot(statistics: FeatureStatistics, rule: Rule): BlindSpot | undefined {
  const feature = statistics.name;
  const baseline = collapsedSample(statistics.numerical_statistics?.distribution?.kll?.sketch?.data ?? []);
  if (baseline.total === 0) {
    return { feature, kind: 'no-distribution', description: 'the baseline statistics have no sketch to compare with' };
  }
  const { method, threshold } = rule;
  const windows = { baseline, rows: rule.rows, method };
  const families = {
    anything: rule.rows < 1 ? Number.NEGATIVE_INFINITY : largestOfAll(windows),
    'existing-values': hasOneValue(baseline) ? Number.POSITIVE_INFINITY : largestOfExisting(windows),
    'kept-values': hasOneValue(baseline) ? Number.POSITIVE_INFINITY : keptOf(windows),
  };
  for (const kind of ['anything', 'existing-values', 'kept-values'] as const) {
    if (families[kind] > threshold) continue;
    const largestDistance = Math.max(0, families[kind]);
    return { feature, kind, description: DESCRIPTIONS[kind], method, threshold, largestDistance };
  }
  return isContinuous(baseline) ? locationShift(statistics, baseline, rule) : undefined;
}

/** A single value has no shares to change. */
const hasOneValue = ({ values }: CollapsedSample) => values.length === 1;

/** Neither a window that is too small for all values, nor one whose sketch may lose some, nor values that hardly occur twice. */
function keptOf(windows: Windows): number {
  const { baseline, rows } = windows;
  const isPossible = baseline.values.length <= rows && sketchHeight(rows) === 0 && !isContinuous(baseline);
  return isPossible ? distanceOfKept(windows) : Number.POSITIVE_INFINITY;
}

/**
 * The distance of a window from the baseline is at most the change of the distribution plus what chance adds, which is more than
 * `ONE_IN_A_MILLION` standard errors in less than one window in a million.
 */
function locationShift(
  statistics: FeatureStatistics,
  baseline: CollapsedSample,
  { method, threshold, rows }: Rule,
): BlindSpot | undefined {
  const sizes = { n: baseline.total, m: rows };
  const deviation = statistics.numerical_statistics?.std_dev ?? Number.NaN;
  const visible = threshold + correction({ ...sizes, method });
  const shift = (share: number) => largestShiftWithin(baseline, share) / deviation;
  const largestShift = shift(visible - ONE_IN_A_MILLION * standardError(sizes));
  if (!(largestShift > 0) || !Number.isFinite(largestShift)) return undefined;
  const visibleShift = shift(visible);
  const isVisible = Number.isFinite(visibleShift);
  return {
    feature: statistics.name,
    kind: 'location',
    description: inWords(
      largestShift,
      isVisible ? `only one by more than ${visibleShift.toFixed(2)}` : 'no larger one',
    ),
    method,
    threshold,
    largestShift,
    ...(isVisible && { visibleShift }),
  };
}

const inWords = (largestShift: number, visible: string) =>
  `a shift of all values by up to ${largestShift.toFixed(2)} standard deviations does not alarm; chance aside, ${visible} does`;
