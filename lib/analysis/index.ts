export * from './attribution';
export * from './bias';
export type * from './comparison';
export { type DataQualitySettings, dataQualityAnalysis, dataQualityJudging } from './data-quality/analysis';
export type { FeatureDistance } from './data-quality/baseline-drift';
export * from './data-quality/blind-spots';
export { suggestConstraints } from './data-quality/constraints';
export { checkDataQuality, type DataQualityInput, type DataQualityResult } from './data-quality/data-quality';
export type { ColumnTypeName, ColumnTypes } from './data-quality/declared-columns';
export * from './data-quality/detectors';
export { dataQualityReading } from './data-quality/reading';
export type { KeptText } from './data-quality/text/text-check';
export { TEXT_STATISTICS, type TextKeys, type TextStatistics } from './data-quality/text/text-statistics';
export {
  checkWindow,
  followsContainer,
  type WindowCheck,
  type WindowDriftSettings,
  type WindowFindings,
} from './data-quality/window-check';
export { differenceCount } from './difference-count';
export { type KeptFiles, keptFiles } from './kept-files';
export { type ColumnRecord, columnReader } from './labels/column-records';
export { type ForgottenPart, hashedIdentifiers, withoutIdentifiers } from './labels/forgetting';
export { hasColumns, type RecordReading } from './labels/record-reading';
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
export type * from './port';
export type { Generation } from './profile/inferred-type';
export { paddedRows } from './profile/padded-rows';
export type { Profile as PartialProfile } from './profile/profile';
export { decodeProfile, encodeProfile, mergeProfiles } from './profile/profile-text';
export {
  createProfiler,
  type DatasetFormat,
  type FileReader,
  type ProfileInput,
  type Profiler,
  type RowReader,
} from './profile/profiler';
export { type StatisticsOptions, statistics } from './profile/statistics';
export { type ExpectedColumns, expectedColumns } from './reading/file-log';
export { filesTogether } from './reading/files-together';
export type { LabelCounts } from './reading/label-counts';
export { type LeftOutLines, withoutLines } from './reading/lines-left-out';
export type { OwnCalls } from './reading/own-calls';
export type { RecordFilter } from './reading/record-filter';
export type { RecordFormat } from './reading/record-format';
export type { RecordTransformation } from './reading/record-transformation';
export { type Unreadable, type UnreadableSample, unreadable } from './reading/unreadable';
export type * from './schemas';
export * from './sequential';
export { type BaselineContents, baselineProblem } from './validation/baseline-problem';
export { type ConstraintsContent, constraintsProblem } from './validation/constraints-problem';
export type { DatasetJudgement } from './validation/dataset';
export { overridesProblem } from './validation/overrides';
export type { Rigour } from './validation/problem-words';
export { brief, listed } from './words';
