import type { ComparisonMethod } from '../../schemas';

/** How a feature of a window is compared with its baseline, and when that alarms. */
export interface Rule {
  readonly method: ComparisonMethod;
  /** above it a distance violates, 0 to 1 */
  readonly threshold: number;
  /** rows of a window that have a value, at most */
  readonly rows: number;
}
