export * from './attribution';
export type { FeatureDistance } from './baseline-drift';
export * from './bias';
export * from './blind-spots';
export { suggestConstraints } from './constraints';
export {
  checkDataQuality,
  type DataQualityInput,
  type DataQualityResult,
  type NotEvaluated,
} from './data-quality';
export * from './detectors';
export type { Generation } from './inferred-type';
export * from './model-quality';
export {
  applyMetricThresholds,
  applyOverrides,
  type ConstraintOverrides,
  type FeatureOverrides,
  type MonitoringOverrides,
  type OverriddenConstraints,
  type OverriddenQualityConstraints,
  type QualityConstraintsFile,
} from './overrides';
export type { Profile as PartialProfile } from './profile';
export { decodeProfile, encodeProfile, mergeProfiles } from './profile-text';
export {
  createProfiler,
  type DatasetFormat,
  type FileReader,
  type ProfileInput,
  type Profiler,
  type RowReader,
} from './profiler';
export type * from './schemas';
export { type StatisticsOptions, statistics } from './statistics';
export { type Unreadable, type UnreadableSample, unreadable } from './unreadable';
export {
  checkWindow,
  type WindowCheck,
  type WindowDistance,
  type WindowDriftSettings,
  type WindowFindings,
} from './window-check';
