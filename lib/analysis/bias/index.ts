export { type BiasSettings, biasAnalysis } from './analysis';
export { analyzeBias, type BiasAnalysisResult, type BiasFacet, type BiasInput } from './analyze';
export type { BiasLevel } from './categories';
export { type BiasCell, type BiasColumn, type ColumnKind, recordColumn, textColumn, valueColumn } from './column';
export { parseLevels } from './interval';
export { labelsFromScores } from './probability';
export type { BiasProblem, BiasProblemReason } from './problem';
export type * from './schemas';
export { type BiasCheckResult, checkBias, type UncomparedBias } from './violations';
