import { createHmac, randomBytes } from 'node:crypto';
import { dataQualityJudging, type Judging, type TextKeys } from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import type { KindAnalysis } from './kind-analysis';
import { isPlain, profileInput } from './profile-input';

/** 64 of the 256 bits: far more than what is hashed has. */
const HASH_DIGITS = 16;

const TEXT_KEYS: TextKeys = {
  newKey: () => randomBytes(32).toString('hex'),
  hash: (key, text) => createHmac('sha256', key).update(text).digest('hex').slice(0, HASH_DIGITS),
};

/** Captured records of a window, or the records of a dataset, as profiles of their columns. */
export const DATA_QUALITY: KindAnalysis = {
  kind: MonitorKind.DATA_QUALITY,
  readsDataset: isPlain,
  analysis: (request) => {
    const input = profileInput(request);
    if (request.mode === 'baseline') {
      const { columnTypes, keepsRowOrder = false, keepsTextValues } = request;
      const settings = { input, columnTypes, keepsRowOrder, keepsTextValues, textKeys: TEXT_KEYS };
      return dataQualityJudging(settings) as Judging<unknown>;
    }
    const { drift, checks, limits, excludedFeatures, featureMetrics: measuredFeatures } = request;
    const asked = { excludedFeatures, measuredFeatures, unknownColumnsLimit: limits?.unknownColumns };
    return dataQualityJudging({ input, drift, checks, textKeys: TEXT_KEYS, ...asked }) as Judging<unknown>;
  },
};
