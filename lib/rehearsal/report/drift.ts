import type { WindowResult } from '../result';

/** Whether a window's report says that a feature drifted: a distance above its threshold may be chance. */
export function hasDrifted({ violations }: WindowResult, feature: string): boolean {
  return violations.some(
    ({ feature_name, constraint_check_type }) =>
      feature_name === feature && constraint_check_type === 'baseline_drift_check',
  );
}
