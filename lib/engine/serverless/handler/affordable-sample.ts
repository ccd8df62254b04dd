import { type RowSample, requestsPerRow } from '../../../analysis';
import type { ExplanationSettings, OwnCallSettings } from '../../../baseline/contract';

/** Seconds of a run's calls: what is left of 13 minutes is for answers. */
const ASKING_SECONDS = 600;

/** Of calls, the share that is kept for requests which have to be made again. */
const SPARE = 0.1;

/** Fewer rows than these say too little of which features answers rest on, unless no more are asked for. */
const LEAST_ROWS = 10;

/** Rows of a sample that a run may ask about, and how many calls it may make; or why it may ask about none. */
export type Affordable = { readonly sample: RowSample; readonly limit: number } | { readonly refusal: string };

/** What a model is asked with beside rows. */
interface Asked {
  readonly baselineRows: number;
  readonly batchSize: number;
  /** whether the sample is of a window, whose traffic is known; false of a dataset */
  readonly isWindow: boolean;
}

/** As much of a sample that has rows as the calls allow that a monitored endpoint may get. A window with little traffic may get few, or none. */
export function affordableSample(
  sample: RowSample,
  { headers, sampleCount, recordCount }: ExplanationSettings,
  { ownCalls, baselineRows, batchSize, isWindow }: Asked & { readonly ownCalls: OwnCallSettings },
): Affordable {
  const limit = callLimit(ownCalls, isWindow ? sample.requestCount : undefined);
  const ofRow = requestsPerRow({ featureCount: headers.length, baselineRows, sampleCount, batchSize });
  const ofBaseline = Math.ceil(baselineRows / batchSize);
  const rows = Math.floor((limit * (1 - SPARE) - ofBaseline) / ofRow);
  if (rows >= Math.min(LEAST_ROWS, recordCount, sample.rows.length)) {
    return { sample: sample.limitedTo(Math.min(rows, sample.capacity)), limit };
  }
  const traffic = isWindow ? ` by ${ownCalls.trafficShare} of its ${sample.requestCount} captured requests` : '';
  return {
    refusal: `TooFewCalls: the monitored endpoint may get ${limit} calls of this run${traffic}, and each of at least ${LEAST_ROWS} records takes ${ofRow}: let the analysis take fewer samples (sampleCount), the predictor a larger trafficShare or maxCallsPerRun, or windows be longer`,
  };
}

/** Calls of a run: as many as are allowed, as their time suffices for, and as are in proportion to the traffic, where that is known. */
function callLimit({ mostCalls, callsPerSecond, trafficShare }: OwnCallSettings, requests?: number): number {
  const share = requests === undefined ? mostCalls : Math.floor(requests * trafficShare);
  return Math.min(mostCalls, Math.floor(callsPerSecond * ASKING_SECONDS), share);
}
