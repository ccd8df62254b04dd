import { oneAnswerPerRow, plainList } from './answer-rows';
import { CsvParser, type CsvSink } from './csv';
import type { DefectReason } from './defects';
import { type FlatFields, flattenJson } from './flat-json';
import { eventOf, type FilteredRow, type RowMatcher } from './record-filter';
import { linesOf } from './text-lines';

/** Milliseconds since 1970, UTC: times in [start, end). */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

/** Why a record could not be read, in words that quote no captured data but the time. */
export interface RecordProblem {
  readonly reason: DefectReason;
  readonly detail: string;
}

/** Which records are read: all where both are absent. */
export interface CaptureRules {
  readonly window?: TimeWindow;
  readonly filter?: RowMatcher;
}

/** Rows of CSV fields, or of JSON fields, and how many the filter left out. */
export type CapturedRows =
  | { readonly csv: string[][]; readonly filtered?: number }
  | { readonly json: FlatFields[]; readonly filtered?: number };

/** What one captured line holds: rows, nothing for this window, or a reason why it cannot be read. */
export type CapturedRecord = CapturedRows | { readonly outsideWindow: true } | { readonly problem: RecordProblem };

type JsonObject = { readonly [key: string]: unknown };

/** One side of a record: what the endpoint was sent, or what it answered. */
type Side = SideRows & { readonly list?: readonly string[] };
type SideRows = { readonly csv: string[][] } | { readonly json: FlatFields[] } | { readonly problem: RecordProblem };

const problem = (reason: DefectReason, detail: string) => ({ problem: { reason, detail } });

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads one line of a data capture file. Columns of `endpointOutput` (of a batch transform: `batchTransformOutput`) come before those of
 * `endpointInput`; a record with several lines of data on both sides is as many rows, and so is one whose answers to them stand on one line. Without a window every valid time is taken, and none
 * is needed of a batch transform, whose merged records have none. A record that cannot be read is left out by a filter that needs none of its
 * values to say so, and counts as one row. Details never quote captured data.
 *
 * `{"captureData":{"endpointInput":{"data":"1,2","encoding":"CSV"},"endpointOutput":{...}},"eventMetadata":{"inferenceTime":"2021-08-04T23:14:27Z"}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export function readCapturedRecord(line: string, { window, filter }: CaptureRules = {}): CapturedRecord {
  const record = parseObject(line);
  if (!record) return problem('malformed-record', 'not a JSON object');
  const captureData = isObject(record.captureData) ? record.captureData : undefined;
  const output = outputOf(captureData);
  const time = inferenceTime(record);
  if (typeof time !== 'number' && (window || output !== BATCH_OUTPUT)) return time;
  if (window && typeof time === 'number' && (time < window.start || time >= window.end)) return { outsideWindow: true };
  if (!captureData) return problem('malformed-record', 'no "captureData"');
  const sides: Side[] = [];
  for (const name of [output, 'endpointInput']) {
    const captured = captureData[name];
    if (captured !== undefined && captured !== null) sides.push(readSide(name, captured));
  }
  const whole = combine(sides);
  return filter ? filtered(whole, filter, eventOf(isObject(record.eventMetadata) ? record.eventMetadata : {})) : whole;
}

function filtered(record: CapturedRecord, matches: RowMatcher, event: FilteredRow): CapturedRecord {
  if ('csv' in record) {
    const verdicts = record.csv.map((row) => matches({ ...event, cell: (column) => row[indexOf(column)] }));
    if (verdicts.includes(undefined))
      return problem('no-filter-column', 'the filter names a column that it does not have');
    const csv = record.csv.filter((_, index) => verdicts[index]);
    return { csv, filtered: record.csv.length - csv.length };
  }
  if ('json' in record) {
    const json = record.json.filter((row) => matches({ ...event, cell: (column) => row.get(column) ?? null }));
    return { json, filtered: record.json.length - json.length };
  }
  return matches(event) === false ? { csv: [], filtered: 1 } : record;
}

/** The index that a column is called by; NaN for a name, which no row of CSV has. */
function indexOf(column: string): number {
  const index = Number(column);
  return String(index) === column ? index : Number.NaN;
}

const BATCH_OUTPUT = 'batchTransformOutput';

/** The name of what was answered: an endpoint's, where the record has both. */
const outputOf = (captureData: JsonObject | undefined) =>
  captureData?.[BATCH_OUTPUT] != null && captureData.endpointOutput == null ? BATCH_OUTPUT : 'endpointOutput';

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // the caller reports the line
  }
}

/** ISO 8601 with a time zone, to the second or finer. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970, UTC; NaN when the text is no ISO 8601 time. */
export function parseTime(text: string): number {
  return TIME.test(text) ? Date.parse(text) : Number.NaN;
}

function inferenceTime(record: JsonObject) {
  const value = isObject(record.eventMetadata) ? record.eventMetadata.inferenceTime : undefined;
  const time = typeof value === 'string' ? parseTime(value) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  const got = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeof value;
  return problem('invalid-time', `"inferenceTime" is ${got}, not an ISO 8601 time`);
}

function readSide(name: string, captured: unknown): Side {
  if (!isObject(captured) || typeof captured.data !== 'string')
    return problem('malformed-record', `no data in "${name}"`);
  const { data, encoding } = captured;
  if (encoding === 'CSV') return { ...readCsv(name, data), list: plainList(data) };
  if (encoding === 'JSON') return { ...readJson(name, data), list: plainList(data) };
  if (encoding === 'BASE64') {
    return problem('base64-data', `"${name}" is base64: its content type is not among the capture's CSV or JSON types`);
  }
  return problem('unknown-encoding', `"${name}" has none of the encodings CSV, JSON, BASE64`);
}

function readCsv(name: string, data: string): SideRows {
  const rows: string[][] = [];
  let failed = false;
  const sink: CsvSink = {
    row: (fields) => rows.push([...fields]),
    problem: () => {
      failed = true;
    },
  };
  const parser = new CsvParser(sink, { maximumRecordBytes: Number.POSITIVE_INFINITY }); // the line that holds it is within the limit
  parser.push(data);
  parser.end();
  if (failed) return problem('malformed-data', `the CSV of "${name}" has a quote that is not closed`);
  return rows.length > 0 ? { csv: rows } : problem('empty-data', `"${name}" has no data`);
}

/** One JSON object, or JSON Lines. */
function readJson(name: string, data: string): SideRows {
  const whole = flattenJson(data);
  const lines = whole === 'malformed-data' ? linesOf(data).filter((line) => line.trim() !== '') : [];
  const rows = lines.length > 1 ? lines.map(flattenJson) : [whole];
  const json: FlatFields[] = [];
  for (const row of rows) {
    if (typeof row === 'string') return problem(row, `the JSON of "${name}" is ${JSON_PROBLEMS[row]}`);
    json.push(row);
  }
  return { json };
}

/** What is wrong with a JSON record, in words that follow "is". */
export const JSON_PROBLEMS = {
  'malformed-data': 'not valid',
  'nested-data': 'not a flat object: arrays need a preprocessing step',
  'duplicate-key': 'ambiguous: it has a key twice',
} as const;

function combine([answer, second]: Side[]): CapturedRecord {
  if (!answer) return problem('empty-data', 'neither "endpointInput" nor "endpointOutput" was captured');
  const first = second && 'csv' in second ? withRowsOf(answer, second.csv.length) : answer;
  if (!second || 'problem' in first) return first;
  if ('problem' in second) return second;
  if ('csv' in first && 'csv' in second) {
    return unpaired(first.csv, second.csv) ?? { csv: first.csv.map((row, index) => [...row, ...second.csv[index]]) };
  }
  if ('json' in first && 'json' in second)
    return unpaired(first.json, second.json) ?? joinJson(first.json, second.json);
  return problem('mixed-encodings', 'input and output have different encodings');
}

function withRowsOf(answer: Side, count: number): Side {
  const rows = oneAnswerPerRow({ csv: 'csv' in answer ? answer.csv : undefined, list: answer.list }, count);
  return rows ? { csv: rows } : answer;
}

function joinJson(answers: FlatFields[], requests: FlatFields[]): CapturedRecord {
  const json: FlatFields[] = [];
  for (const [index, answer] of answers.entries()) {
    const row = joined(answer, requests[index]);
    if (!row) return problem('duplicate-key', 'a key of its input has the name of another column');
    json.push(row);
  }
  return { json };
}

/** A column of the request that is called as one of the answer is another one: `input.{key}`. Undefined where that name is taken, too. */
function joined(answer: FlatFields, request: FlatFields): FlatFields | undefined {
  const row: FlatFields = new Map(answer);
  for (const [key, value] of request) {
    const name = answer.has(key) ? `input.${key}` : key;
    if (row.has(name)) return undefined;
    row.set(name, value);
  }
  return row;
}

function unpaired(output: readonly unknown[], input: readonly unknown[]): CapturedRecord | undefined {
  if (output.length === input.length) return undefined;
  return problem('row-count-mismatch', `${output.length} rows of output for ${input.length} rows of input`);
}
