import { labelWords, mergedLabelProblems } from '../validation/ground-truth';
import {
  documentOf,
  joinedSides,
  type Payload,
  type RecordCell,
  type RecordDocument,
  type RecordRow,
  rowsOfSides,
  SIDES,
  type Side,
  type Sides,
} from './record-sides';
import { linesOf } from './text-lines';
import type { Unreadable } from './unreadable';

export type { RecordCell } from './record-sides';

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

interface CapturedLine {
  readonly captureData: {
    readonly endpointInput?: Payload;
    readonly endpointOutput?: Payload;
    readonly batchTransformOutput?: Payload;
  };
  readonly groundTruthData?: Payload;
}

/**
 * Reads JSON Lines of captured records, merged with their labels or not, as columns: of an endpoint, or of a batch transform, whose output holds
 * its input, too, where the job joined them. Lines that are no captured records, and sides with different numbers of rows, are a problem.
 * No lines give no columns.
 *
 * `{"groundTruthData":{"data":"1","encoding":"CSV"},"captureData":{"endpointInput":{...},"endpointOutput":{...}},"eventMetadata":{...}}`
 * `{"groundTruthData":{"data":"1","encoding":"CSV"},"captureData":{"batchTransformOutput":{...}},"eventMetadata":{...}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function readRecordColumns(text: string): RecordColumnsResult {
  const records: Sides<readonly RecordRow[]>[] = [];
  const textSides = new Set<Side>();
  for (const [index, line] of linesOf(text).entries()) {
    if (line.trim() === '') continue;
    const record = capturedLine(line);
    if (!record) return { problem: `line ${index + 1} is no captured record` };
    const documents = documentsOf(record);
    if (typeof documents === 'string') return { problem: `line ${index + 1}: ${documents}` };
    if (records.length === 0) for (const side of SIDES) if (documents[side]?.isText) textSides.add(side);
    records.push(rowsOfSides(documents));
  }
  return columnsOf(records, textSides);
}

function capturedLine(line: string): CapturedLine | undefined {
  try {
    const record: CapturedLine = JSON.parse(line);
    const { endpointInput, endpointOutput, batchTransformOutput } = record.captureData;
    const captured = [endpointInput, endpointOutput, batchTransformOutput].filter((side) => side !== undefined);
    return captured.length > 0 && captured.every(({ data }) => typeof data === 'string') ? record : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** What a record has on each of its sides, or what is wrong with it. */
function documentsOf({ captureData, groundTruthData }: CapturedLine): Sides<RecordDocument> | string {
  const problems = groundTruthData === undefined ? [] : mergedLabelProblems(groundTruthData);
  if (problems.length > 0) return labelWords(problems);
  const { endpointInput, endpointOutput, batchTransformOutput } = captureData;
  const batch = endpointOutput ? undefined : batchTransformOutput;
  const payloads = { input: endpointInput, output: endpointOutput ?? batch, truth: groundTruthData };
  const documents: { -readonly [side in Side]?: RecordDocument } = {};
  for (const side of SIDES) {
    const payload = payloads[side];
    const read = payload && documentOf(payload);
    if (typeof read === 'string') return `the ${side} of a record cannot be read: ${read}`;
    if (read) documents[side] = read;
  }
  return batch ? { ...documents, ...joinedSides(documents) } : documents;
}

function columnsOf(records: readonly Sides<readonly RecordRow[]>[], textSides: ReadonlySet<Side>): RecordColumnsResult {
  const side = (name: Side) => sideColumns(name, textSides.has(name), records);
  const columns: RecordColumns = { input: side('input'), output: side('output'), truth: side('truth') };
  const counts = new Set(SIDES.flatMap((name) => columns[name].map(({ cells }) => cells.length)));
  if (counts.size <= 1) return { columns };
  return { problem: `the records have ${[...counts].join(', ')} rows on their sides` };
}

function sideColumns(side: Side, isText: boolean, records: readonly Sides<readonly RecordRow[]>[]): RecordColumn[] {
  const rows = records.flatMap((record) => record[side] ?? []);
  const keys = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return keys.map((key) => ({
    name: `${side} ${key}`,
    isText,
    cells: rows.map((row) => row.get(key) ?? (isText ? '' : null)),
  }));
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
