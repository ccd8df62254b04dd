import { addRows } from './capture-sink';
import { type ByteRowSink, CsvBytes } from './csv-bytes';
import { repeatedName, safeNames } from './csv-dataset';
import type { FileLog } from './file-log';
import { JsonValues, type ValueSink } from './json-values';
import { namedFields, type TableRecord, type TableRules, tableRecordReader } from './table-record';
import { TextLines } from './text-lines';

/** Takes a record of a file of rows. */
type TakeRecord = (record: TableRecord, line: number) => void;

/** Reads files of rows into the tables of a profile record by record, where more is looked at than their bytes. */
export function tableRecords(log: FileLog, rules: TableRules): TakeRecord {
  const read = tableRecordReader(rules, log.profile.found);
  return (record, line) => {
    log.workspace.batch.release();
    addRows(log, read(record).read, line);
  };
}

/** Reads a file of JSON record by record: one a line, or a document of them. */
export function jsonTableReader(log: FileLog, isLines: boolean, take: TakeRecord): TextLines | JsonValues {
  const sink: ValueSink = {
    line: (text, line) => {
      if (text.trim() !== '') take(text, line);
    },
    tooLong: (line, bytes) => log.tooLong(line, bytes),
    malformed: (line, detail) => log.defect(line, 'malformed-data', detail),
  };
  return isLines ? new TextLines(sink, log.maximumRecordBytes) : new JsonValues(sink, log.maximumRecordBytes);
}

/** Reads a CSV file record by record. */
export function csvTableReader(log: FileLog, hasHeader: boolean, take: TakeRecord): CsvBytes {
  const row = hasHeader ? rowsBelowHeader(log, take) : take;
  const sink: ByteRowSink = {
    accept: () => false, // more is looked at than is found in the bytes
    row,
    problem(_, line, bytes) {
      if (bytes !== undefined) log.tooLong(line, bytes);
      else log.defect(line, 'malformed-data', 'a quote is not closed before the end of the file');
    },
  };
  return new CsvBytes(log.workspace.batch, sink, { maximumRecordBytes: log.maximumRecordBytes });
}

function rowsBelowHeader(log: FileLog, take: TakeRecord): ByteRowSink['row'] {
  let names: readonly string[] | undefined;
  return (fields, line) => {
    if (names) takeNamed(log, { fields, names, line }, take);
    else {
      log.isEmpty = false;
      const twice = repeatedName(fields);
      if (twice) log.defect(line, 'duplicate-name', twice);
      names = safeNames(fields);
    }
  };
}

/** Takes the rows of a file that another reader takes apart: Parquet. */
export function namedTableRows(log: FileLog, names: readonly string[], take: TakeRecord) {
  let line = 0;
  return (fields: readonly string[]) => {
    line += 1;
    takeNamed(log, { fields, names, line }, take);
  };
}

interface HeadedRow {
  readonly fields: readonly string[];
  readonly names: readonly string[];
  readonly line: number;
}

function takeNamed(log: FileLog, { fields, names, line }: HeadedRow, take: TakeRecord): void {
  const row = namedFields(fields, names);
  if (row instanceof Map) take(row, line);
  else log.defect(line, row.reason, row.detail);
}
