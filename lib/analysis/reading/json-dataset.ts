import { jsonProblems } from './capture-side';
import type { RecordProblem } from './defects';
import type { FileLog } from './file-log';
import type { FlatFields } from './flat-json';
import { flattenWithLists } from './json-tree';
import { JsonValues, type ValueSink } from './json-values';
import { lacking, type RecordTransformation, rowTransformer } from './record-transformation';
import type { TextEncodingName } from './text-encoding';
import { TextLines } from './text-lines';

/** How a file of JSON is written. */
export interface JsonDatasetFormat {
  /** whether each line is an object; else a document is an array of objects, or objects one after the other */
  readonly lines: boolean;
  /** by the flattened keys of lists in records, how many columns each becomes. A record with another list, or one of another length, cannot be read */
  readonly listLengths?: ListLengths;
  /** UTF-8 where absent */
  readonly encoding?: TextEncodingName;
}

/** Lengths of lists by their columns. */
export interface ListLengths {
  readonly [column: string]: number;
}

/** Takes the text of a file, cut anywhere. */
interface TextReader {
  push(text: string): void;
  end(): void;
}

/** Reads a file of JSON into the table of rows with names. */
export function jsonDatasetReader(log: FileLog, { lines, listLengths = {} }: JsonDatasetFormat): TextReader {
  const read = jsonRecordReader(listLengths, log.profile.found);
  const sink: ValueSink = {
    line: (text, line) => {
      if (text.trim() === '') return;
      const fields = read(text);
      if (fields instanceof Map) log.fields(fields, line);
      else log.defect(line, fields.reason, fields.detail);
    },
    tooLong: (line, bytes) => log.tooLong(line, bytes),
    malformed: (line, detail) => log.defect(line, 'malformed-data', detail),
  };
  return lines ? new TextLines(sink, log.maximumRecordBytes) : new JsonValues(sink, log.maximumRecordBytes);
}

const problems = () => ({ ...jsonProblems(), 'nested-data': 'no object, or has too many levels' }) as const;
const REMEDY = 'if it has a fixed length, name that in `listLengths` of the dataset';

/** Reads the text of a record of JSON, in `found` is kept which of the lists there were. */
export function jsonRecordReader(
  lengths: ListLengths,
  found: Set<string>,
): (text: string) => FlatFields | RecordProblem {
  const transform = rowTransformer(spreads(lengths), found, REMEDY);
  return (text) => {
    const fields = flattenWithLists(text);
    if (typeof fields === 'string') return { reason: fields, detail: `the record is ${problems()[fields]}` };
    return transform(fields);
  };
}

const spreads = (lengths: ListLengths): RecordTransformation[] =>
  Object.entries(lengths).map(([column, length]) => ({ spread: column, length }));

/** The columns that were said to be lists, and that no record has. */
export const listsNotFound = (lengths: ListLengths, found: ReadonlySet<string>): string[] =>
  lacking(spreads(lengths), found).map(({ column }) => column);
