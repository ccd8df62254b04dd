import type { Analysis } from '../../../../analysis';
import type { MonitorKindName } from '../../../../kind/kind-sheet';
import { Failure } from '../../../../runtime/failure';
import type { AnalysisRequest } from '../../contract';
import { DATA_QUALITY } from './data-quality';
import type { KindAnalysis } from './kind-analysis';

/** The kinds that this engine runs; their sheets say so as well. */
export const ANALYSES: readonly KindAnalysis[] = [DATA_QUALITY];

/** The analysis of a request. Throws `UnsupportedKind` for monitors that this engine does not run. */
export function analysisOf(request: AnalysisRequest): Analysis<unknown> {
  const kind: MonitorKindName = request.mode === 'monitor' ? request.monitor.kind : DATA_QUALITY.kind;
  const found = ANALYSES.find((each) => each.kind === kind);
  if (found) return found.analysis(request);
  throw new Failure('UnsupportedKind', `the serverless engine runs no monitors of kind ${kind}`);
}
