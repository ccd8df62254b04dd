import { readCapturedRequest } from '../labels/captured-request';
import { malformed } from '../labels/json-record';
import { type NamedRow, readSide } from '../reading/capture-side';
import type { RecordProblem } from '../reading/defects';
import { isList, type RowFields } from '../reading/json-tree';
import type { RowsPath } from '../reading/record-format';
import type { TimeWindow } from '../reading/time-window';
import type { FeatureRow } from './model-answers';

/** Characters of a row: a sample of rows is held in memory, and travels. */
const MAX_ROW = 16_384;

/** Where the features of a row are. */
export interface FeaturePlaces {
  /** the names of the features, in their order */
  readonly headers: readonly string[];
  /** where they stand in requests of JSON; these are objects with the features' names where absent */
  readonly features?: RowsPath;
}

/** What one captured line holds: rows of features, with the service's own identifier; nothing for this window; or why it cannot be read. */
export type CapturedFeatures =
  | { readonly eventId?: string; readonly rows: FeatureRow[] }
  | { readonly outsideWindow: true }
  | { readonly problem: RecordProblem };

/** Reads the features of the requests in captured lines. Details never quote captured data. */
export function readFeatures(
  line: string,
  { headers, features }: FeaturePlaces,
  window: TimeWindow | undefined,
): CapturedFeatures {
  const request = readCapturedRequest(line, window);
  if (!('captureData' in request)) return request;
  const { endpointInput } = request.captureData;
  if (endpointInput == null) return malformed('empty-data', '"endpointInput" was not captured');
  const side = readSide('endpointInput', endpointInput, { path: features, keepsLists: true });
  if ('problem' in side) return side;
  const rows: FeatureRow[] = [];
  for (const row of 'csv' in side ? side.csv : side.json) {
    const values = featureValues(row, headers);
    if ('problem' in values) return values;
    rows.push(values);
  }
  return { eventId: request.eventId, rows };
}

/** The values of a row in the order of the features: by their names where it has some. */
export function featureValues(
  row: readonly string[] | NamedRow,
  headers: readonly string[],
): FeatureRow | { readonly problem: RecordProblem } {
  if (row instanceof Map) return namedValues(row, headers);
  if (!isRow(row)) return { problem: row as RecordProblem };
  if (row.length !== headers.length) {
    return malformed('wrong-width', `${row.length} values for ${headers.length} names of features`);
  }
  return bounded(row);
}

const isRow = (row: readonly string[] | NamedRow): row is readonly string[] => Array.isArray(row);

/** A list is no value of a feature. */
function namedValues(row: RowFields, headers: readonly string[]): FeatureRow | { readonly problem: RecordProblem } {
  const values = headers.map((name) => row.get(name));
  const missing = values.findIndex((value) => value === undefined || isList(value));
  if (missing >= 0) return malformed('no-such-column', `its request has no value "${headers[missing]}"`);
  return bounded(values as FeatureRow);
}

function bounded(values: FeatureRow): FeatureRow | { readonly problem: RecordProblem } {
  const length = values.reduce<number>((sum, value) => sum + String(value ?? '').length, 0);
  return length <= MAX_ROW ? values : malformed('record-too-long', `the row has more than ${MAX_ROW} characters`);
}
