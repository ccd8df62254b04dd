import { paired } from './capture-pairs';
import { type CapturedRows, keptRows } from './capture-record';
import { readSide } from './capture-side';
import type { RecordProblem } from './defects';
import { GENERATED_COLUMNS } from './file-log';
import type { FlatFields } from './flat-json';
import { flattenWithLists, isList, type RowFields } from './json-tree';
import { type RecordFilter, rowMatcher } from './record-filter';
import type { RecordFormat } from './record-format';
import { type RecordTransformation, rowTransformer } from './record-transformation';

/** What is said of the rows that transform jobs have read or written. */
export interface TableRules {
  /** whether the jobs wrote them; what they read, where absent */
  readonly hasAnswers?: boolean;
  /** whether they end with an identifier and a time that capture has generated, in JSON under keys of their own; false where absent */
  readonly hasGeneratedIds?: boolean;
  /** the rows that are read; all where absent. Rows have columns, and neither attributes nor identifiers of clients */
  readonly filter?: RecordFilter;
  /** how records of JSON become rows: by the request's side what jobs read, by the answer's what they wrote. Flattened where absent */
  readonly recordFormat?: RecordFormat;
  /** what is done to the rows that the filter leaves, in this order */
  readonly transformations?: readonly RecordTransformation[];
}

/** A record as its file has it: fields, fields with names, or a text of JSON. */
export type TableRecord = readonly string[] | FlatFields | string;

/** What a record comes to: its rows, without what capture has generated, or why they cannot be read; and its identifier, where one was generated. */
export interface ReadTableRecord {
  readonly read: CapturedRows | { readonly problem: RecordProblem };
  readonly id?: string;
}

/** Whether rows are other than they are written: then they are read record by record. */
export const isChanged = ({ filter, transformations = [] }: TableRules): boolean =>
  filter !== undefined || transformations.length > 0;

/** Reads records of transform jobs; in `found` is kept which columns of transformations they had. */
export function tableRecordReader(rules: TableRules, found: Set<string>): (record: TableRecord) => ReadTableRecord {
  const { filter, transformations = [] } = rules;
  const kept = { filter: filter && rowMatcher(filter), transform: rowTransformer(transformations, found) };
  return (record) => {
    const { read, id } = rowsOf(record, rules);
    return { read: keptRows(read, kept), id };
  };
}

/** What was written, before anything is done to it. */
interface WrittenRows {
  readonly read: Parameters<typeof keptRows>[0];
  readonly id?: string;
}

function rowsOf(record: TableRecord, rules: TableRules): WrittenRows {
  if (typeof record === 'string') return jsonRows(record, rules);
  const { hasGeneratedIds = false } = rules;
  if (record instanceof Map) return namedRows({ json: [record] }, hasGeneratedIds);
  if (!hasGeneratedIds) return { read: { csv: [[...record]] } };
  return { read: { csv: [record.slice(0, -GENERATED_COLUMNS.length)] }, id: record.at(-GENERATED_COLUMNS.length) };
}

/** Of rows at a path the identifier stands beside that. */
function jsonRows(text: string, { recordFormat = {}, hasAnswers, hasGeneratedIds = false }: TableRules): WrittenRows {
  const [name, format] = hasAnswers ? ['output', recordFormat.response] : ['input', recordFormat.request];
  const side = readSide(name, { data: text, encoding: 'JSON' }, { ...format, keepsLists: true });
  const { id, read } = namedRows(paired({ input: side }, { request: format }), hasGeneratedIds);
  return { read, id: format?.path && hasGeneratedIds ? generatedId(flattenWithLists(text)) : id };
}

/** Rows without the columns of generated names, and the identifier of the first one. */
function namedRows(read: WrittenRows['read'], hasGeneratedIds: boolean): WrittenRows {
  if (!hasGeneratedIds || !('json' in read)) return { read };
  const json = read.json.map((row) => new Map([...row].filter(([name]) => !GENERATED_COLUMNS.includes(name))));
  return { read: { ...read, json }, id: generatedId(read.json[0]) };
}

/** The generated identifier of fields with names; undefined where they have none. */
function generatedId(fields: RowFields | string | undefined): string | undefined {
  const id = fields instanceof Map ? fields.get(GENERATED_COLUMNS[0]) : undefined;
  return isList(id) ? undefined : (id ?? undefined);
}

/** Fields by the names of their columns, an empty one missing, or why they are not those of so many columns. */
export function namedFields(fields: readonly string[], names: readonly string[]): FlatFields | RecordProblem {
  if (fields.length !== names.length)
    return { reason: 'wrong-width', detail: `${fields.length} columns instead of ${names.length}` };
  return new Map(names.map((name, index) => [name, fields[index] === '' ? null : fields[index]]));
}
