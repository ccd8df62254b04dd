import { type Judging, sampleJudging } from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import type { KindAnalysis } from './kind-analysis';
import { isExplained, sampledInput } from './sampled-input';

/** A sample of captured records, or of the records of a dataset, whose attributions somebody has asked a model for. */
export const MODEL_EXPLAINABILITY: KindAnalysis = {
  kind: MonitorKind.MODEL_EXPLAINABILITY,
  readsDataset: isExplained,
  analysis: (request) => sampleJudging(sampledInput(request)) as Judging<unknown>,
};
