import { CsvParser } from './csv';

/** One value of a record; null is missing. */
export type RecordCell = string | number | boolean | null;

/** The values of one row by their keys: the index in CSV, the path in JSON. */
export type RecordRow = ReadonlyMap<string, RecordCell>;

/** The sides of a record: what the model was sent, what it answered, and the labels. */
export const SIDES = ['input', 'output', 'truth'] as const;
/** One of {@link SIDES}. */
export type Side = (typeof SIDES)[number];
/** Something of each side that a record has. */
export type Sides<T> = { readonly [side in Side]?: T };

/** What was captured of one side. */
export interface Payload {
  readonly data: string;
  readonly encoding: string;
}

/** A payload that was read: rows of CSV, or a JSON value, whose rows other sides help to find. */
export type RecordDocument =
  | { readonly isText: true; readonly rows: readonly RecordRow[] }
  | { readonly isText: false; readonly json: unknown };

/** Reads a payload: CSV as its encoding says, all else as JSON. A text says what is wrong with it, without its data. */
export function documentOf({ data, encoding }: Payload): RecordDocument | string {
  if (encoding !== 'CSV') {
    const json = parsed(data);
    return json === undefined ? 'it is no JSON' : { isText: false, json };
  }
  const rows: RecordRow[] = [];
  let problem: string | undefined;
  const parser = new CsvParser({
    row: (fields) => rows.push(new Map(fields.map((field, index) => [String(index), field]))),
    problem: (reason) => {
      problem ??= reason;
    },
  });
  parser.push(data);
  parser.end();
  return problem ?? { isText: true, rows };
}

const OUTPUT = 'SageMakerOutput';
/** What the capture of a batch transform adds to each row. */
const ADDED = ['SageMakerInferenceId', 'SageMakerInferenceTime'];

/**
 * The sides of a batch transform's output in JSON: the answer is below `SageMakerOutput`, and beside it is the input that the job joined to it. One that was
 * not joined, and CSV, where nothing tells the two apart, is all output.
 *
 * `{"SageMakerOutput":{"predicted_label":1},"features":[28,2,133937]}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 */
export function joinedSides({ output }: Sides<RecordDocument>): Sides<RecordDocument> {
  if (!output || output.isText || !isObject(output.json) || !Object.hasOwn(output.json, OUTPUT)) return {};
  const { [OUTPUT]: answer, ...rest } = output.json;
  const input = Object.fromEntries(Object.entries(rest).filter(([key]) => !ADDED.includes(key)));
  return { output: { isText: false, json: answer }, input: { isText: false, json: input } };
}

/**
 * The rows of each side. Of a JSON value they are the items of the only list that it has, else it is one row. Items that are plain values may as
 * well be the fields of one row: they are, when another side of the record is known to have another number of rows.
 */
export function rowsOfSides(documents: Sides<RecordDocument>): Sides<readonly RecordRow[]> {
  const [count] = SIDES.flatMap((side) => certainCount(documents[side]) ?? []);
  const rows = (document: RecordDocument): readonly RecordRow[] => {
    if (document.isText) return document.rows;
    const list = listOf(document.json);
    const isFields = list?.every(isPlain) && count !== undefined && list.length !== count;
    return (list && !isFields ? list : [document.json]).map((row) => new Map(leaves(row, '')));
  };
  return Object.fromEntries(Object.entries(documents).map(([side, document]) => [side, rows(document)]));
}

/** How many rows a side has, whatever the others are; undefined for a list of plain values. */
function certainCount(document: RecordDocument | undefined): number | undefined {
  if (!document) return undefined;
  if (document.isText) return document.rows.length;
  const list = listOf(document.json);
  if (!list) return 1;
  return list.every(isPlain) ? undefined : list.length;
}

function listOf(value: unknown): readonly unknown[] | undefined {
  const lists = Array.isArray(value) ? [value] : Object.values(value ?? {}).filter(Array.isArray);
  return lists.length === 1 ? lists[0] : undefined;
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  !isPlain(value) && !Array.isArray(value);

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
