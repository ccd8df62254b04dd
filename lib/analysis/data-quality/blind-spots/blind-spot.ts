import type { ComparisonMethod } from '../../schemas';

/**
 * What a drift check cannot see of a feature:
 *
 * - `not-compared`: anything; the constraints or the feature's type switch the comparison off
 * - `no-distribution`: anything; the baseline has nothing to compare with
 * - `anything`: no window of this size alarms, whatever its values
 * - `existing-values`: no window alarms whose values all occur in the baseline, in whatever shares
 * - `kept-values`: no window alarms in which all values of the baseline occur and no others, in whatever shares; known up to 2,050 rows
 * - `shares`: no window alarms in which no category's share changes by more than `largestShareChange`
 * - `location`: fewer than one window in a million alarms whose values are all moved by up to `largestShift`
 */
export type BlindSpotKind =
  | 'not-compared'
  | 'no-distribution'
  | 'anything'
  | 'existing-values'
  | 'kept-values'
  | 'shares'
  | 'location';

/** Shifts of a feature on which the settings of a data-quality monitor cannot raise a `baseline_drift_check`. */
export interface BlindSpot {
  readonly feature: string;
  readonly kind: BlindSpotKind;
  /** in plain words, one sentence */
  readonly description: string;
  readonly method?: ComparisonMethod;
  /** above it a distance violates, 0 to 1 */
  readonly threshold?: number;
  /** of `anything`, `existing-values` and `kept-values`: the largest distance that such windows have, 0 to 1; at most the threshold */
  readonly largestDistance?: number;
  /** of `shares`: 0 to 1 */
  readonly largestShareChange?: number;
  /** of `location`: in standard deviations of the baseline, in either direction */
  readonly largestShift?: number;
  /** of `location`: larger shifts alarm, chance aside; in standard deviations of the baseline; absent where none does */
  readonly visibleShift?: number;
}
