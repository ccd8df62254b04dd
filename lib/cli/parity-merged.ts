import { type BiasCell, type BiasColumn, textColumn, valueColumn } from '../analysis';
import { CsvParser } from '../analysis/reading/csv';
import { IncomparableCase } from './parity-case';

/** The columns of records that were merged with their ground truth; one value per row everywhere. */
export interface MergedColumns {
  /** what the endpoint was sent */
  readonly input: BiasColumn[];
  /** what it answered */
  readonly output: BiasColumn[];
  readonly truth: BiasColumn[];
}

interface Payload {
  readonly data: string;
  readonly encoding: string;
}

interface MergedRecord {
  readonly captureData: { readonly endpointInput: Payload; readonly endpointOutput: Payload };
  readonly groundTruthData: Payload;
}

/**
 * Reads JSON Lines of merged records. Columns are named by their side and, in CSV, their index (`input 0`), in JSON the path of their key
 * (`output label`), with the rows taken from the only list that the document has. Lines that are no merged records, and sides with different
 * numbers of rows, cannot be compared.
 *
 * `{"groundTruthData":{"data":"1","encoding":"CSV"},"captureData":{"endpointInput":{...},"endpointOutput":{...}},"eventMetadata":{...}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function readMerged(text: string): MergedColumns {
  const lines = text.split(/\r?\n/);
  const records = lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseRecord(line, index + 1)]));
  const captured = records.map(({ captureData }) => captureData);
  const truths = records.map(({ groundTruthData }) => groundTruthData);
  const columns = {
    input: columnsOf('input', pick(captured, 'endpointInput')),
    output: columnsOf('output', pick(captured, 'endpointOutput')),
    truth: columnsOf('truth', truths),
  };
  const counts = new Set(Object.values(columns).flatMap((side) => side.map(({ values }) => values.length)));
  if (counts.size !== 1)
    throw new IncomparableCase(`merged records have ${[...counts].join(', ')} rows on their sides`);
  return columns;
}

const pick = <K extends string, T>(items: readonly Readonly<Record<K, T>>[], key: K): T[] =>
  items.map((item) => item[key]);

function parseRecord(line: string, number: number): MergedRecord {
  try {
    const record: MergedRecord = JSON.parse(line);
    const sides = [record.groundTruthData, record.captureData.endpointInput, record.captureData.endpointOutput];
    if (sides.every((side) => typeof side.data === 'string')) return record;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new IncomparableCase(`line ${number} is no captured record that was merged with its ground truth`);
}

function columnsOf(side: string, payloads: readonly Payload[]): BiasColumn[] {
  const isCsv = payloads[0]?.encoding === 'CSV';
  const rows = payloads.flatMap(({ data }) => (isCsv ? csvRows(data) : jsonRows(data)));
  const keys = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return keys.map((key) => {
    const cells = rows.map((row) => row.get(key) ?? null);
    if (!isCsv) return valueColumn(`${side} ${key}`, cells);
    const texts = cells.map((cell) => String(cell ?? ''));
    return textColumn(`${side} ${key}`, texts);
  });
}

type Row = ReadonlyMap<string, BiasCell>;

function csvRows(data: string): Row[] {
  const rows: Row[] = [];
  const parser = new CsvParser({
    row: (fields) => rows.push(new Map(fields.map((field, index) => [String(index), field]))),
    problem: (reason) => {
      throw new IncomparableCase(`the CSV of a merged record cannot be read: ${reason}`);
    },
  });
  parser.push(data);
  parser.end();
  return rows;
}

function jsonRows(data: string): Row[] {
  const document: unknown = JSON.parse(data);
  const lists = Array.isArray(document) ? [document] : Object.values(document ?? {}).filter(Array.isArray);
  const rows: unknown[] = lists.length === 1 ? lists[0] : [document];
  return rows.map((row) => new Map(leaves(row, '')));
}

function leaves(value: unknown, path: string): [string, BiasCell][] {
  if (typeof value !== 'object' || value === null) return [[path, value as BiasCell]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`));
}
