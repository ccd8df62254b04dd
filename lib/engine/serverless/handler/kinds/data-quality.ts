import { type Analysis, dataQualityAnalysis } from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import type { KindAnalysis } from './kind-analysis';
import { profileInput } from './profile-input';

/** Captured records of a window, or the records of a dataset, as profiles of their columns. */
export const DATA_QUALITY: KindAnalysis = {
  kind: MonitorKind.DATA_QUALITY,
  analysis: (request) => {
    const input = profileInput(request);
    if (request.mode === 'baseline') {
      return dataQualityAnalysis({ input, columnTypes: request.columnTypes }) as Analysis<unknown>;
    }
    const { drift, checks, limits } = request;
    const settings = { input, drift, checks, unknownColumnsLimit: limits?.unknownColumns };
    return dataQualityAnalysis(settings) as Analysis<unknown>;
  },
};
