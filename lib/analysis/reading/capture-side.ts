import { MAX_COLUMNS } from '../batch/field-memory';
import { oneAnswerPerRow, plainList } from './answer-rows';
import { csvBodyRows, MAX_BODY_LINES, tooManyRowsDetail } from './body-rows';
import { MAX_NAME_BYTES } from './column-name';
import type { DefectReason, RecordProblem } from './defects';
import { flattenJson } from './flat-json';
import { flattenWithLists, ListCount, MAX_BODY_LISTS, type RowFields } from './json-tree';
import { hasLostCharacters } from './lost-characters';
import { rowsAtPath, type SideFormat } from './record-format';
import { linesOf } from './text-lines';

/** Fields by name, or why a row does not fit the others. */
export type NamedRow = RowFields | RecordProblem;

/** The rows of one side of a record, or why it has none that can be read. */
export type SideRows =
  | { readonly csv: string[][] }
  | { readonly json: NamedRow[] }
  | { readonly problem: RecordProblem };

/** One side of a record: what the endpoint was sent, or what it answered. */
export type Side = SideRows & {
  /** the plain values of a body that is a JSON list */
  readonly list?: readonly string[];
  /** whether the rows were found at a path, which says how many there are */
  readonly isAtPath?: boolean;
};

/** What was captured, as it was parsed. */
export type Captured = { readonly [key: string]: unknown };

/** A problem of a whole record. */
export const problem = (reason: DefectReason, detail: string) => ({ problem: { reason, detail } });

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Captured =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How one side is read. */
export interface SideReading extends SideFormat {
  /** whether a list in a row of JSON is the value of its column, for a transformation to take; else it makes the body unreadable */
  readonly keepsLists?: boolean;
}

/** Reads what was captured of one side; JSON at a path, where the format has one. */
export function readSide(name: string, captured: unknown, { path, keepsLists = false }: SideReading = {}): Side {
  if (!isObject(captured) || typeof captured.data !== 'string')
    return problem('malformed-record', `no data in "${name}"`);
  const { data, encoding } = captured;
  if (hasLostCharacters(data)) return problem('malformed-data', `"${name}" has characters that are no UTF-8`);
  if (encoding === 'CSV') return { ...readCsv(name, data), list: plainList(data) };
  if (encoding === 'JSON') {
    if (!path) return { ...readJson(name, data, keepsLists ? flattenWithLists : flattenJson), list: plainList(data) };
    return readPath(name, rowsAtPath(data, path, keepsLists));
  }
  if (encoding === 'BASE64') {
    return problem('base64-data', `"${name}" is base64: its content type is not among the capture's CSV or JSON types`);
  }
  return problem('unknown-encoding', `"${name}" has none of the encodings CSV, JSON, BASE64`);
}

function readPath(name: string, rows: ReturnType<typeof rowsAtPath>): Side {
  if (typeof rows === 'string') return problem(rows, `the JSON of "${name}" ${rowsProblems()[rows]}`);
  return { ...rows, isAtPath: true };
}

function readCsv(name: string, data: string): SideRows {
  const rows = csvBodyRows(data);
  if (!rows) return problem('malformed-data', `the CSV of "${name}" has a quote that is not closed`);
  if (rows.length > MAX_BODY_LINES) return tooManyRows(name);
  return rows.length > 0 ? { csv: rows } : problem('empty-data', `"${name}" has no data`);
}

const tooManyRows = (name: string) => problem('too-many-rows', tooManyRowsDetail(name));

/** One JSON object, or JSON Lines. */
function readJson(name: string, data: string, flatten: typeof flattenWithLists): SideRows {
  const whole = flatten(data);
  const lines = whole === 'malformed-data' ? linesOf(data).filter((line) => line.trim() !== '') : [];
  if (lines.length > MAX_BODY_LINES) return tooManyRows(name);
  const lists = new ListCount();
  const json: NamedRow[] = [];
  for (const row of lines.length > 1 ? lines.map((line) => flatten(line, lists)) : [whole]) {
    if (typeof row === 'string') return problem(row, `the JSON of "${name}" is ${jsonProblems()[row]}`);
    json.push(row);
  }
  return { json };
}

/** What is wrong with a JSON record, in words that follow "is"; made when it is asked for, so that bundles of functions that read nothing do not have it. */
export const jsonProblems = () =>
  ({
    'malformed-data': 'not valid',
    'nested-data':
      'not a flat object: RecordFormat.rowsAt reads rows in lists, RecordTransformation.spread makes columns of lists in rows',
    'duplicate-key': 'ambiguous: it has a key twice',
    'name-too-long': `not a row: the name of a key has more than ${MAX_NAME_BYTES} bytes`,
    'too-many-columns': `not a row: it has more than ${MAX_COLUMNS} columns`,
    'too-many-lists': `not read: it has more than ${MAX_BODY_LISTS} lists and objects`,
  }) as const;

/** What is wrong with a body of rows, in words that follow its name. */
const rowsProblems = () =>
  ({
    'malformed-data': 'is not valid',
    'nested-data': 'has rows with lists in them: RecordTransformation.spread makes columns of those that have a name',
    'duplicate-key': 'is ambiguous: it has a key twice',
    'name-too-long': `has the name of a key with more than ${MAX_NAME_BYTES} bytes`,
    'too-many-columns': `has a row of more than ${MAX_COLUMNS} columns`,
    'no-rows-at-path': 'has nothing at the path of its rows',
    'too-many-rows': 'has more rows than are read of one record',
    'too-many-lists': `has more than ${MAX_BODY_LISTS} lists and objects`,
    'unnamed-values': 'has rows with names and rows without',
    'empty-data': 'has no rows',
  }) as const;

/**
 * Gives names to the fields of rows that have none, and others to those that the format calls otherwise. A row with another number of fields, or that has such a name already,
 * does not fit.
 */
export function withNames(side: Side, { names, columns }: SideFormat = {}): Side {
  if (names && 'csv' in side) return { json: side.csv.map((row) => namedRow(row, names)) };
  if (columns && 'json' in side) return { json: side.json.map((row) => calledRow(row, columns)) };
  return side;
}

function calledRow(row: NamedRow, columns: Required<SideFormat>['columns']): NamedRow {
  if (!(row instanceof Map)) return row;
  const called: RowFields = new Map();
  for (const [key, value] of row) {
    const name = Object.hasOwn(columns, key) ? columns[key] : key;
    if (name === null) continue;
    if (called.has(name)) return { reason: 'name-taken', detail: `it has another column "${name}"` };
    called.set(name, value);
  }
  return called;
}

function namedRow(row: readonly string[], names: readonly string[]): NamedRow {
  if (row.length !== names.length) {
    return { reason: 'wrong-width', detail: `${row.length} values for ${names.length} names` };
  }
  return new Map(row.map((value, index) => [names[index], value === '' ? null : value]));
}

/** Answers that stand on one line, as a row for each of `count` rows of the request. */
export function withRowsOf(answer: Side, count: number): Side {
  if (answer.isAtPath) return answer;
  const rows = oneAnswerPerRow({ csv: 'csv' in answer ? answer.csv : undefined, list: answer.list }, count);
  return rows ? { csv: rows } : answer;
}
