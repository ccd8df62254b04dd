import type { Analysis } from '../../../../analysis';
import type { MonitorKindName } from '../../../../kind/kind-sheet';
import type { AnalysisRequest } from '../../contract';

/** How the serverless engine analyses one kind of monitor. */
export interface KindAnalysis {
  readonly kind: MonitorKindName;
  /** The analysis that a request asks for; its parts are the analysis' own affair. */
  analysis(request: AnalysisRequest): Analysis<unknown>;
}
