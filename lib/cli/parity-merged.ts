import { type BiasColumn, recordColumn } from '../analysis';
import { type RecordColumns, readRecordColumns } from '../analysis/reading/record-columns';
import { IncomparableCase } from './parity-case';

/** The columns of records that were merged with their ground truth; one value per row everywhere. */
export interface MergedColumns {
  /** what the endpoint was sent */
  readonly input: BiasColumn[];
  /** what it answered */
  readonly output: BiasColumn[];
  readonly truth: BiasColumn[];
}

/** Reads JSON Lines of merged records, see {@link readRecordColumns}; what cannot be read, or has no labels, cannot be compared. */
export function readMerged(text: string): MergedColumns {
  const { input, output, truth } = columnsOf(text);
  if (truth.length === 0) throw new IncomparableCase('the records were not merged with their ground truth');
  return { input: input.map(recordColumn), output: output.map(recordColumn), truth: truth.map(recordColumn) };
}

function columnsOf(text: string): RecordColumns {
  const read = readRecordColumns(text);
  if ('columns' in read) return read.columns;
  throw new IncomparableCase(read.problem);
}
