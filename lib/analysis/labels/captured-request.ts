import { parseTime } from '../reading/capture-record';
import type { RecordProblem } from '../reading/defects';
import { placeInTime, TIME_ELSEWHERE, TimeWindow } from '../reading/time-window';
import { isObject, type JsonObject, malformed, parseJson } from './json-record';

/** A captured request: who it is, and what was captured of it. */
export interface CapturedRequest {
  /** the caller's `inferenceId`, else the `eventId` */
  readonly id: string;
  /** the service's own identifier, which no caller chooses; absent where the record has none */
  readonly eventId?: string;
  /** what the caller said beside; a list of texts, if anything */
  readonly customAttributes?: unknown;
  readonly captureData: JsonObject;
}

/** What one captured line is: a request, none of this window, or a reason why it cannot be read. */
export type CapturedLine = CapturedRequest | { readonly outsideWindow: true } | { readonly problem: RecordProblem };

/**
 * Reads what is around the data of a captured line. Without a window every valid time is taken. Details never quote captured data.
 *
 * `{"captureData":{...},"eventMetadata":{"eventId":"a","inferenceTime":"2021-08-04T23:14:27Z"}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function readCapturedRequest(line: string, window?: TimeWindow): CapturedLine {
  const record = parseJson(line);
  return isObject(record) ? requestOf(record, window) : malformed('malformed-record', 'not a JSON object');
}

/** The request of a line that was parsed, as {@link readCapturedRequest} reads it. */
export function requestOf(record: JsonObject, window?: TimeWindow): CapturedLine {
  const metadata = isObject(record.eventMetadata) ? record.eventMetadata : {};
  const time = capturedTime(metadata);
  if (Number.isNaN(time)) return malformed('invalid-time', '"inferenceTime" is not an ISO 8601 time');
  const place = placeInTime(time, window);
  if (place !== 'inside') return place === 'beside' ? { outsideWindow: true } : { problem: TIME_ELSEWHERE };
  const id = metadata.inferenceId ?? metadata.eventId;
  if (typeof id !== 'string' || id === '') return malformed('malformed-record', 'no "inferenceId" and no "eventId"');
  const { eventId, customAttributes } = metadata;
  const captureData = isObject(record.captureData) ? record.captureData : {};
  const identity = typeof eventId === 'string' && eventId !== '' ? eventId : undefined;
  return { id, eventId: identity, customAttributes, captureData };
}

/** When a request was answered, in milliseconds since 1970, UTC; NaN where its metadata have no ISO 8601 time. */
export function capturedTime({ inferenceTime }: JsonObject): number {
  return typeof inferenceTime === 'string' ? parseTime(inferenceTime) : Number.NaN;
}

/** The window of two ISO 8601 times. Throws when they are none, or not in order. */
export function timeWindow({ start, end }: { readonly start: string; readonly end: string }): TimeWindow {
  const window = new TimeWindow(parseTime(start), parseTime(end));
  if (window.start <= window.end) return window;
  throw new Error(`QualityWindow: "window" must be two ISO 8601 times in order, got ${start} and ${end}`);
}
