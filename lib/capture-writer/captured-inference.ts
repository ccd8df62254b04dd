import { randomUUID } from 'node:crypto';
import { CaptureError } from './capture-error';

/** What went to a model or came from it, as text: CSV without a header, or JSON (an object, or lines of them). */
export type CapturedBody = { readonly csv: string } | { readonly json: string };

/** One request to a model, and what it answered: at least one of the two. */
export interface CapturedInference {
  /** what the model was sent */
  readonly request?: CapturedBody;
  /** what it answered */
  readonly response?: CapturedBody;
  /** chosen by the client, 1 to 64 characters: labels are joined by it. Default: none */
  readonly inferenceId?: string;
  /** what the client says of the request, as `testIndicator=testing`: filters look at it. Default: nothing */
  readonly customAttributes?: readonly string[];
  /** when the model answered. Default: now */
  readonly time?: Date;
  /** which variant answered: a folder. Default: that of the writer */
  readonly variant?: string;
}

/** Readers give up longer lines. */
const MAX_LINE_BYTES = 8 * 1024 * 1024;

/** The line of an inference, without its end. Throws `InvalidCapturedInference` for what no reader would read. */
export function recordLine({ request, response, inferenceId, customAttributes, time }: CapturedInference): string {
  if (request === undefined && response === undefined)
    throw invalid('it has neither a request nor a response; give one');
  if (inferenceId !== undefined && (inferenceId === '' || inferenceId.length > 64)) {
    throw invalid(`its inferenceId has ${inferenceId.length} characters, 1 to 64 are allowed`);
  }
  if (time === undefined || Number.isNaN(time.getTime())) throw invalid('its time is no date; leave it out for now');
  const line = JSON.stringify({
    captureData: { endpointInput: side('INPUT', request), endpointOutput: side('OUTPUT', response) },
    eventMetadata: { eventId: randomUUID(), customAttributes, inferenceId, inferenceTime: time.toISOString() },
    eventVersion: '0',
  });
  const bytes = Buffer.byteLength(line);
  if (bytes > MAX_LINE_BYTES) throw invalid(`its record has ${bytes} bytes, at most ${MAX_LINE_BYTES} are read`);
  return line;
}

function side(mode: 'INPUT' | 'OUTPUT', body: CapturedBody | undefined) {
  if (body === undefined) return undefined;
  const { csv, json } = body as { readonly csv?: unknown; readonly json?: unknown }; // callers of JavaScript may hand in anything
  const isCsv = csv !== undefined;
  const data = isCsv ? csv : json;
  if (typeof data !== 'string') throw invalid("a body is { csv: '...' } or { json: '...' }, with a text");
  return { observedContentType: isCsv ? 'text/csv' : 'application/json', mode, data, encoding: isCsv ? 'CSV' : 'JSON' };
}

const invalid = (what: string) => new CaptureError('InvalidCapturedInference', what);
