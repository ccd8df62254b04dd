export type { Aggregation } from './aggregation';
export { type AttributionSettings, attributionDriftAnalysis } from './analysis';
export { type AttributionNames, attributionAnalysis } from './analysis-file';
export { type ExplanationSettings, explainedSample } from './explained-sample';
export type { RankRow } from './feature-dataset';
export {
  type KernelShapInput,
  type KernelShapProblem,
  type KernelShapResult,
  type KernelShapValues,
  kernelShap,
} from './kernel-shap';
export type { FeatureRow, FeatureValue, Link, Predict } from './model-answers';
export { hasOneRecord, type RequestForm, requestBody } from './model-requests';
export { type ModelAnswer, readScores, type ScorePlace, type Scores } from './model-scores';
export { type AttributionPair, attributionScore } from './ndcg';
export { type RowAsking, requestsPerRow } from './requests-per-row';
export type { RowSample } from './row-sample';
export { type SampleSettings, sampleJudging, sampleReading } from './sampled-analysis';
export type * from './schemas';
export { type ShapBaselineRows, shapBaselineRows } from './shap-baseline';
export { ATTRIBUTION_THRESHOLD, type AttributionCheckResult, checkAttribution, type LabelScore } from './violations';
