export { holmAdjusted } from '../../numbers/holm';
export { comparisonSettings, isEvaluated, thresholdOf } from './comparison-settings';
export {
  DEFAULT_FALSE_ALARM_RATE,
  type DriftInput,
  type DriftResult,
  detectDrift,
  type FeatureDrift,
} from './detect-drift';
export { type DriftMethod, METHODS } from './drift-method';
export { type VisibleDistanceInput, visibleDistance } from './visible-distance';
