export { type ModelQualitySettings, modelQualityAnalysis } from './analysis';
export { type DerivedMetric, metricsOfStatistics } from './consistency';
export { suggestQualityConstraints } from './constraints';
export {
  createQualityDataset,
  type QualityDataset,
  type QualityDatasetInput,
  type QualityDatasetReader,
} from './dataset';
export {
  createQualityMerger,
  MAX_MERGED_RECORDS,
  type MergeCounts,
  type MergedQuality,
  type MergeInput,
  type QualityMerger,
} from './merger';
export type { Outcome, Prediction, ProblemType, QualityProblem, QualityRow } from './problem';
export { QualityProfile } from './quality-profile';
export type * from './schemas';
export {
  type QualityStatisticsOptions,
  type QualityStatisticsResult,
  qualityStatistics,
} from './statistics';
export type { UndefinedMetric } from './tally';
export { checkModelQuality, type ModelQualityInput, type ModelQualityResult } from './violations';
