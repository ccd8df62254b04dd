import { type Judging, modelQualityJudging } from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import type { KindAnalysis } from './kind-analysis';
import { isLabelled, labelledInput } from './labelled-input';

/** Predictions of captured records against their labels, or those of a dataset, as scored records. */
export const MODEL_QUALITY: KindAnalysis = {
  kind: MonitorKind.MODEL_QUALITY,
  readsDataset: isLabelled,
  analysis: (request) => modelQualityJudging(labelledInput(request)) as Judging<unknown>,
};
