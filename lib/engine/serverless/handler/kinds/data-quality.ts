import { type Analysis, dataQualityAnalysis, type ProfileInput } from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import type { AnalysisRequest } from '../../contract';
import { windowOf } from '../../plan-items';
import type { KindAnalysis } from './kind-analysis';

/** Captured records of a window, or the records of a dataset, as profiles of their columns. */
export const DATA_QUALITY: KindAnalysis = {
  kind: MonitorKind.DATA_QUALITY,
  analysis: (request) => {
    const drift = request.mode === 'monitor' ? request.drift : undefined;
    return dataQualityAnalysis({ input: profileInput(request), drift }) as Analysis<unknown>;
  },
};

function profileInput(request: AnalysisRequest): ProfileInput {
  if (request.mode === 'baseline') return { kind: 'dataset', format: request.format };
  const { start, end } = windowOf(request);
  return { kind: 'capture', window: { start: start.toISOString(), end: end.toISOString() } };
}
