import { defaultSampleCount } from './kernel-shap';

/** What decides how many requests a row takes. */
export interface RowAsking {
  readonly featureCount: number;
  readonly baselineRows: number;
  /** @default - as Kernel SHAP takes them */
  readonly sampleCount?: number;
  /** rows of a request */
  readonly batchSize: number;
}

/** Requests that the attributions of a row take at most: each coalition asks about the rows of the baseline, and the row is asked about itself. */
export function requestsPerRow({ featureCount, baselineRows, batchSize, ...given }: RowAsking): number {
  const { sampleCount = defaultSampleCount(featureCount) } = given;
  const coalitions = Math.min(2 ** featureCount - 2, sampleCount);
  return Math.ceil((Math.max(0, coalitions) * baselineRows + 1) / batchSize);
}
