import { biasJudging, followsContainer, type Judging } from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import { groupedInput, isGrouped } from './grouped-input';
import type { KindAnalysis } from './kind-analysis';

/** Predictions of captured records against their labels, or those of a dataset, group by group. */
export const MODEL_BIAS: KindAnalysis = {
  kind: MonitorKind.MODEL_BIAS,
  readsDataset: isGrouped,
  analysis: (request) => {
    const data = groupedInput(request);
    if (request.mode === 'baseline') return biasJudging(data) as Judging<unknown>;
    const { falseAlarmRate } = request.drift;
    return biasJudging({ ...data, followsContainer: followsContainer(request), falseAlarmRate }) as Judging<unknown>;
  },
};
