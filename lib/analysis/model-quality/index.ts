export {
  type ModelQualitySettings,
  modelQualityAnalysis,
  modelQualityJudging,
  modelQualityReading,
} from './analysis';
export { type DerivedMetric, metricsOfStatistics } from './consistency';
export { suggestQualityConstraints } from './constraints';
export {
  createQualityDataset,
  type QualityDatasetInput,
  type QualityDatasetReader,
} from './dataset';
export {
  isDecayWatched,
  MODEL_DECAY_CHECK,
  qualityDecay,
  REMEMBERED_WINDOWS,
  type WatchedQuality,
} from './decay/decay';
export type { MergedQuality } from './merged-quality';
export { createQualityMerger, type MergeInput, type QualityMerger } from './merger';
export { columnPredictions, readPredictions } from './prediction-record';
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
