import type { Judging } from '../../../../analysis';
import type { AnalysisRequest } from '../../contract';
import { DATA_QUALITY } from './data-quality';
import type { KindAnalysis } from './kind-analysis';
import { kindOf } from './kind-of';
import { MODEL_BIAS } from './model-bias';
import { MODEL_EXPLAINABILITY } from './model-explainability';
import { MODEL_QUALITY } from './model-quality';

/** The kinds that this engine runs; their sheets say so as well. */
export const ANALYSES: readonly KindAnalysis[] = [DATA_QUALITY, MODEL_QUALITY, MODEL_BIAS, MODEL_EXPLAINABILITY];

/** The analysis of a request. Throws `UnsupportedKind` for monitors that this engine does not run. */
export function analysisOf(request: AnalysisRequest): Judging<unknown> {
  return kindOf(ANALYSES, request).analysis(request);
}
