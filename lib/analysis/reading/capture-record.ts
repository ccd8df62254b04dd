import { type CapturedSides, type PairedRows, paired } from './capture-pairs';
import { type Captured, isObject, problem, readSide } from './capture-side';
import type { RecordProblem } from './defects';
import type { FlatFields } from './flat-json';
import { isList, type RowFields } from './json-tree';
import { eventOf, type FilteredRow, type RowMatcher } from './record-filter';
import type { RecordFormat } from './record-format';
import { indexOf, type RowTransformer, rowTransformer } from './record-transformation';
import { placeInTime, TIME_ELSEWHERE, type TimeWindow } from './time-window';

/** Which records are read, and how: all of them, as clients write them, where all are absent. */
export interface CaptureRules {
  readonly window?: TimeWindow;
  readonly filter?: RowMatcher;
  readonly format?: RecordFormat;
  readonly transform?: RowTransformer;
}

/** Rows of CSV fields, or of JSON fields, why others do not fit, and how many the filter left out. */
export type CapturedRows = (
  | { readonly csv: string[][]; readonly answers?: number }
  | { readonly json: FlatFields[]; readonly answers?: ReadonlySet<string> }
) &
  LeftOut;

interface LeftOut extends Pick<PairedRows, 'misfits'> {
  readonly filtered?: number;
}

/** What one captured line holds: rows, nothing for this window, or a reason why it cannot be read. */
export type CapturedRecord = CapturedRows | { readonly outsideWindow: true } | { readonly problem: RecordProblem };

/**
 * Reads one line of a data capture file. Columns of `endpointOutput` (of a batch transform: `batchTransformOutput`) come before those of
 * `endpointInput`; a record with several lines of data on both sides is as many rows, and so is one whose answers to them stand on one line.
 * Without a window every valid time is taken, and none is needed of a batch transform, whose merged records have none. A record that cannot be
 * read is left out by a filter that needs none of its values to say so, and counts as one row. The filter sees what the format reads, a
 * transformation what the filter leaves. Details never quote captured data.
 *
 * `{"captureData":{"endpointInput":{"data":"1,2","encoding":"CSV"},"endpointOutput":{...}},"eventMetadata":{"inferenceTime":"2021-08-04T23:14:27Z"}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export function readCapturedRecord(line: string, rules: CaptureRules = {}): CapturedRecord {
  const record = parseObject(line);
  return record ? readParsedRecord(record, rules) : problem('malformed-record', 'not a JSON object');
}

/** Reads a line that was parsed, as {@link readCapturedRecord} does. */
export function readParsedRecord(record: Captured, rules: CaptureRules): CapturedRecord {
  const { window, filter, format, transform } = rules;
  const captureData = isObject(record.captureData) ? record.captureData : undefined;
  const output = outputOf(captureData);
  const time = inferenceTime(record);
  if (typeof time !== 'number' && (window || output !== BATCH_OUTPUT)) return time;
  const place = typeof time === 'number' ? placeInTime(time, window) : 'inside';
  if (place !== 'inside') return place === 'beside' ? { outsideWindow: true } : { problem: TIME_ELSEWHERE };
  if (!captureData) return problem('malformed-record', 'no "captureData"');
  const sides = sidesOf(captureData, output, rules);
  const isJoined = output === BATCH_OUTPUT && !sides.input;
  const whole = isJoined ? withoutAnswers(paired(sides, format)) : paired(sides, format);
  const event = isObject(record.eventMetadata) ? record.eventMetadata : {};
  return keptRows(whole, { filter, transform }, eventOf(event));
}

/** The rows of what was read that a filter leaves, as a transformation makes them. A list that is left is a misfit. */
export function keptRows(
  read: Read,
  { filter, transform }: Pick<CaptureRules, 'filter' | 'transform'>,
  event: FilteredRow = NOBODY_SENT,
): CapturedRows | { readonly problem: RecordProblem } {
  const kept = filter ? filtered(read, filter, event) : read;
  if ('problem' in kept || (!transform && 'csv' in kept)) return kept;
  return transformed(kept, transform ?? AS_IT_IS);
}

/** Of rows that no client has sent. */
const NOBODY_SENT: FilteredRow = { attributes: new Set() };

/** Marked as pure, so that bundles of handlers that read nothing leave it out, with all that it needs. */
const AS_IT_IS = /* @__PURE__ */ rowTransformer([], new Set());

function sidesOf(captureData: Captured, output: string, { format = {}, transform }: CaptureRules): CapturedSides {
  const keepsLists = transform !== undefined;
  const side = (name: string, one: RecordFormat['request']) =>
    captureData[name] == null ? undefined : readSide(name, captureData[name], { ...one, keepsLists });
  return { output: side(output, format.response), input: side('endpointInput', format.request) };
}

type Kept = PairedRows & LeftOut;
type Read = Kept | { readonly problem: RecordProblem };

/** What a transform job writes may hold its input, too, which nobody answered. */
const withoutAnswers = (read: Read): Read => ('problem' in read ? read : { ...read, answers: undefined });

function filtered(record: Read, matches: RowMatcher, event: FilteredRow): Read {
  if ('problem' in record) return matches(event) === false ? { csv: [], filtered: 1 } : record;
  const { misfits = [] } = record;
  const unfit = matches(event) === false ? [] : misfits;
  if ('csv' in record) {
    const verdicts = record.csv.map((row) => matches({ ...event, cell: (column) => row[indexOf(column)] }));
    if (verdicts.includes(undefined))
      return problem('no-filter-column', 'the filter names a column that it does not have');
    const csv = record.csv.filter((_, index) => verdicts[index]);
    return { csv, answers: record.answers, filtered: record.csv.length - csv.length };
  }
  const json = record.json.filter((row) => matches({ ...event, cell: (column) => cellOf(row, column) }));
  const leftOut = record.json.length - json.length + misfits.length - unfit.length;
  return { json, answers: record.answers, misfits: unfit, filtered: leftOut };
}

/** A list is none of the values that a filter knows. */
function cellOf(row: RowFields, column: string): string | null {
  const value = row.get(column) ?? null;
  return isList(value) ? null : value;
}

function transformed(record: Kept, transform: RowTransformer): CapturedRows {
  const { filtered } = record;
  const misfits = [...(record.misfits ?? [])];
  const csv: string[][] = [];
  const json: FlatFields[] = [];
  for (const row of 'csv' in record ? record.csv : record.json) {
    const made = transform(row);
    if (made instanceof Map) json.push(made);
    else if (Array.isArray(made)) csv.push(made);
    else misfits.push(made);
  }
  const leftOut = { misfits, filtered };
  return 'csv' in record ? { csv, answers: record.answers, ...leftOut } : { json, answers: record.answers, ...leftOut };
}

const BATCH_OUTPUT = 'batchTransformOutput';

/** The name of what was answered: an endpoint's, where the record has both. */
const outputOf = (captureData: Captured | undefined) =>
  captureData?.[BATCH_OUTPUT] != null && captureData.endpointOutput == null ? BATCH_OUTPUT : 'endpointOutput';

function parseObject(text: string): Captured | undefined {
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

function inferenceTime(record: Captured) {
  const value = isObject(record.eventMetadata) ? record.eventMetadata.inferenceTime : undefined;
  const time = typeof value === 'string' ? parseTime(value) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  const found = value === undefined ? 'missing' : 'no ISO 8601 time with a time zone';
  return problem('invalid-time', `"inferenceTime" is ${found}`);
}
