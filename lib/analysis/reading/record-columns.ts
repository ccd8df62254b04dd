import { CsvParser } from './csv';
import { linesOf } from './text-lines';
import type { Unreadable } from './unreadable';

/** One value of a record; null is missing. */
export type RecordCell = string | number | boolean | null;

/** One column of one side of the records. */
export interface RecordColumn {
  /** side and, in CSV, the index (`input 0`), in JSON the path of the key (`output label`) */
  readonly name: string;
  /** whether the cells are texts of CSV, an empty one missing */
  readonly isText: boolean;
  /** one per row */
  readonly cells: readonly RecordCell[];
}

/** The columns of captured records; one value per row everywhere. */
export interface RecordColumns {
  /** what the endpoint was sent */
  readonly input: RecordColumn[];
  /** what it answered */
  readonly output: RecordColumn[];
  /** the labels that were merged with the records; empty where none were */
  readonly truth: RecordColumn[];
}

/** The columns, or why there are none, in words without data. */
export type RecordColumnsResult = { readonly columns: RecordColumns } | { readonly problem: string };

interface Payload {
  readonly data: string;
  readonly encoding: string;
}

interface CapturedLine {
  readonly captureData: { readonly endpointInput: Payload; readonly endpointOutput?: Payload };
  readonly groundTruthData?: Payload;
}

/**
 * Reads JSON Lines of captured records, merged with their labels or not, as columns. Of a JSON document the rows are those of the only list
 * that it has. Lines that are no captured records, and sides with different numbers of rows, are a problem. No lines give no columns.
 *
 * `{"groundTruthData":{"data":"1","encoding":"CSV"},"captureData":{"endpointInput":{...},"endpointOutput":{...}},"eventMetadata":{...}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function readRecordColumns(text: string): RecordColumnsResult {
  const records: CapturedLine[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    if (line.trim() === '') continue;
    const record = capturedLine(line);
    if (!record) return { problem: `line ${index + 1} is no captured record` };
    records.push(record);
  }
  return sidesOf(records);
}

function capturedLine(line: string): CapturedLine | undefined {
  try {
    const record: CapturedLine = JSON.parse(line);
    const { endpointInput, endpointOutput } = record.captureData;
    const sides = [endpointInput, endpointOutput, record.groundTruthData].filter((side) => side !== undefined);
    return sides.every((side) => typeof side.data === 'string') ? record : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function sidesOf(records: readonly CapturedLine[]): RecordColumnsResult {
  const present = (payload: Payload | undefined) => (payload ? [payload] : []);
  const sides = {
    input: sideColumns(
      'input',
      records.map(({ captureData }) => captureData.endpointInput),
    ),
    output: sideColumns(
      'output',
      records.flatMap(({ captureData }) => present(captureData.endpointOutput)),
    ),
    truth: sideColumns(
      'truth',
      records.flatMap(({ groundTruthData }) => present(groundTruthData)),
    ),
  };
  const { input, output, truth } = sides;
  for (const side of [input, output, truth]) if ('problem' in side) return side;
  const columns = sides as RecordColumns;
  const counts = new Set(
    Object.values(columns).flatMap((side: RecordColumn[]) => side.map(({ cells }) => cells.length)),
  );
  if (counts.size <= 1) return { columns };
  return { problem: `the records have ${[...counts].join(', ')} rows on their sides` };
}

type Row = ReadonlyMap<string, RecordCell>;

function sideColumns(side: string, payloads: readonly Payload[]): RecordColumn[] | { readonly problem: string } {
  const isText = payloads[0]?.encoding === 'CSV';
  const rows: Row[] = [];
  for (const { data } of payloads) {
    const read = isText ? csvRows(data) : jsonRows(data);
    if (typeof read === 'string') return { problem: `the ${side} of a record cannot be read: ${read}` };
    rows.push(...read);
  }
  const keys = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return keys.map((key) => ({
    name: `${side} ${key}`,
    isText,
    cells: rows.map((row) => row.get(key) ?? (isText ? '' : null)),
  }));
}

function csvRows(data: string): Row[] | string {
  const rows: Row[] = [];
  let problem: string | undefined;
  const parser = new CsvParser({
    row: (fields) => rows.push(new Map(fields.map((field, index) => [String(index), field]))),
    problem: (reason) => {
      problem ??= reason;
    },
  });
  parser.push(data);
  parser.end();
  return problem ?? rows;
}

function jsonRows(data: string): Row[] | string {
  const document = parsed(data);
  if (document === undefined) return 'it is no JSON';
  const lists = Array.isArray(document) ? [document] : Object.values(document ?? {}).filter(Array.isArray);
  const rows: unknown[] = lists.length === 1 ? lists[0] : [document];
  return rows.map((row) => new Map(leaves(row, '')));
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function leaves(value: unknown, path: string): [string, RecordCell][] {
  if (typeof value !== 'object' || value === null) return [[path, value as RecordCell]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`));
}

/** The rows of all sides; a problem is one record that could not be read, and then no other was. */
export function recordCounts(read: RecordColumnsResult): Unreadable {
  const nothing = { recordCount: 0, unreadableCount: 0, outsideWindow: 0, byReason: {}, samples: [] };
  if ('columns' in read) {
    const [first] = Object.values(read.columns).flat();
    return { ...nothing, recordCount: first?.cells.length ?? 0 };
  }
  return { ...nothing, unreadableCount: 1, byReason: { 'malformed-record': 1 } };
}
