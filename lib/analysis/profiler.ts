import { JSON_PROBLEMS, parseTime, readCapturedRecord, type TimeWindow } from './capture-record';
import { CsvParser, type CsvSink } from './csv';
import { type ByteRowSink, CsvBytes } from './csv-bytes';
import type { DefectReason } from './defects';
import { MAX_COLUMNS, sharedBatch } from './field-batch';
import { flattenJson } from './flat-json';
import { JsonValues, type ValueSink } from './json-values';
import { Profile } from './profile';
import { DEFAULT_MAXIMUM_RECORD_BYTES, tooLongDetail } from './record-size';
import type { TableProfile } from './table-profile';
import { type LineSink, TextLines } from './text-lines';

/** How a dataset is written, as Model Monitor's `dataset_format`; one of the keys. */
export interface DatasetFormat {
  readonly csv?: { readonly header: boolean };
  /** with `lines` one object a line; else a document that is an array of objects, or objects one after the other */
  readonly json?: { readonly lines: boolean };
  /** `Profiler.rows` takes what a reader of Parquet gives */
  readonly parquet?: object;
}

/** What the files of a profile are. */
export interface ProfileInput {
  /** `capture`: JSON Lines as an endpoint's data capture writes them. `dataset`: rows as `format` says */
  readonly kind: 'capture' | 'dataset';
  /** dataset only; CSV with a header where absent */
  readonly format?: DatasetFormat;
  /** capture only: records whose `eventMetadata.inferenceTime` is in [start, end); ISO 8601. All records where absent */
  readonly window?: { readonly start: string; readonly end: string };
  /** longer records are discarded while they are read, and reported; a whole number of at least 1, 8 MiB where absent */
  readonly maximumRecordBytes?: number;
}

/** Takes one file in chunks, cut anywhere. */
export interface FileReader {
  push(chunk: Uint8Array): void;
  end(): void;
}

/** Takes the rows of one file. */
export interface RowReader {
  /** One row: as many texts as the file has columns. An empty one is missing. */
  row(fields: readonly string[]): void;
  end(): void;
}

/** Takes files one after the other; their order is the order of the rows. */
export interface Profiler {
  /** Begins a file. The name appears in what is reported as unreadable. Throws for Parquet, which is no text. */
  file(name: string): FileReader;
  /** Begins a file that another reader takes apart: Parquet. Row 1 is reported as line 1. */
  rows(name: string, columnNames: readonly string[]): RowReader;
  /** The profile of all files, which must have ended. */
  finish(): Profile;
}

/** Starts a profile. Throws when the window is no pair of ISO 8601 times, or the limit of records no whole number of at least 1. */
export function createProfiler(input: ProfileInput): Profiler {
  const profile = new Profile();
  const window = input.window && timeWindow(input.window);
  const maximumBytes = maximumRecordBytes(input);
  let open = 0;
  const begin = (name: string) => {
    open += 1;
    return new FileLog(profile, name, maximumBytes);
  };
  const onEnd = () => {
    open -= 1;
  };
  return {
    file(name) {
      if (input.format?.parquet) throw new Error(`ProfileFormat: "${name}" is Parquet, which is no text; use rows()`);
      const log = begin(name);
      const reader = input.kind === 'capture' ? captureReader(log, window) : datasetReader(log, input.format);
      return decoded(reader, log, onEnd);
    },
    rows: (name, columnNames) => rowReader(begin(name), columnNames, onEnd),
    finish() {
      if (open > 0) throw new Error(`ProfileOpen: ${open} files have not ended; end every file before finish()`);
      return profile;
    },
  };
}

function maximumRecordBytes({ maximumRecordBytes: bytes = DEFAULT_MAXIMUM_RECORD_BYTES }: ProfileInput): number {
  if (Number.isSafeInteger(bytes) && bytes >= 1) return bytes;
  throw new Error(`ProfileRecordBytes: "maximumRecordBytes" is ${bytes}; a whole number of at least 1 is needed`);
}

function timeWindow({ start, end }: { readonly start: string; readonly end: string }): TimeWindow {
  const window = { start: parseTime(start), end: parseTime(end) };
  if (window.start <= window.end) return window;
  throw new Error(`ProfileWindow: "window" must be two ISO 8601 times in order, got ${start} and ${end}`);
}

/** Reads text; tells whether it met any record, broken ones included. */
interface TextReader {
  push(text: string): void;
  end(): void;
}

function decoded(reader: TextReader, log: FileLog, onEnd: () => void): FileReader {
  const decoder = new TextDecoder('utf-8');
  return {
    push: (chunk) => reader.push(decoder.decode(chunk, { stream: true })),
    end() {
      reader.push(decoder.decode());
      reader.end();
      if (log.isEmpty) log.defect(1, 'empty-file', 'the file has no records');
      onEnd();
    },
  };
}

/** What is found in one file, with its place. */
class FileLog {
  isEmpty = true;
  private readonly fileIndex: number;

  constructor(
    readonly profile: Profile,
    private readonly file: string,
    readonly maximumRecordBytes: number,
  ) {
    this.fileIndex = profile.fileCount;
    profile.fileCount += 1;
  }

  place(line: number) {
    return { fileIndex: this.fileIndex, file: this.file, line };
  }

  defect(line: number, reason: DefectReason, detail: string): void {
    this.isEmpty = false;
    this.profile.defects.add({ ...this.place(line), reason, detail });
  }

  /** Adds a row to the table of rows with as many columns. */
  row(fields: readonly string[], line: number): void {
    this.isEmpty = false;
    if (fields.length > MAX_COLUMNS) {
      this.tooManyColumns(line);
      return;
    }
    const table = this.profile.table('width', [], fields.length);
    table.addRow(fields);
    table.addPlace(this.place(line));
  }

  tooLong(line: number, bytes: number): void {
    this.defect(line, 'record-too-long', tooLongDetail(bytes, this.maximumRecordBytes));
  }

  tooManyColumns(line: number): void {
    this.defect(line, 'too-many-columns', `more than ${MAX_COLUMNS} columns`);
  }
}

function datasetReader(log: FileLog, format: DatasetFormat = {}): TextReader {
  return format.json ? jsonReader(log, format.json.lines) : csvReader(log, format.csv?.header ?? true);
}

function jsonReader(log: FileLog, lines: boolean): TextReader {
  const sink: ValueSink = {
    line: (text, line) => {
      if (text.trim() !== '') jsonRecord(log, flattenJson(text), line);
    },
    tooLong: (line, bytes) => log.tooLong(line, bytes),
    malformed: (line, detail) => log.defect(line, 'malformed-data', detail),
  };
  return lines ? new TextLines(sink, log.maximumRecordBytes) : new JsonValues(sink, log.maximumRecordBytes);
}

function jsonRecord(log: FileLog, fields: ReturnType<typeof flattenJson>, line: number): void {
  log.isEmpty = false;
  if (typeof fields === 'string') log.defect(line, fields, `the record is ${JSON_PROBLEMS[fields]}`);
  else named(log, fields, line);
}

function rowReader(log: FileLog, names: readonly string[], onEnd: () => void): RowReader {
  const isTooWide = names.length > MAX_COLUMNS;
  const table = isTooWide ? undefined : log.profile.table('header', names, names.length);
  table?.addPlace(log.place(1));
  return {
    row(fields) {
      log.isEmpty = false;
      table?.addRow(fields);
    },
    end() {
      if (isTooWide) log.tooManyColumns(1);
      else if (log.isEmpty) log.defect(1, 'empty-file', 'the file has no records');
      onEnd();
    },
  };
}

function csvReader(log: FileLog, hasHeader: boolean): TextReader {
  let names: string[] | undefined;
  let table: TableProfile | undefined;
  const header = (fields: readonly string[], line: number) => {
    log.isEmpty = false;
    names = safeNames(fields);
    if (names.length > MAX_COLUMNS) return log.tooManyColumns(line);
    table = log.profile.table('header', names, names.length);
    table.addPlace(log.place(line));
  };
  const row = (fields: readonly string[], line: number) => {
    if (!hasHeader) return log.row(fields, line);
    if (!names) return header(fields, line);
    if (table && fields.length === names.length) return table.addRow(fields);
    const detail = `${fields.length} columns instead of ${names.length}`;
    return log.defect(line, table ? 'wrong-width' : 'too-many-columns', detail);
  };
  const problem: CsvSink['problem'] = (_, line, bytes) => {
    if (bytes === undefined) log.defect(line, 'malformed-data', 'a quote is not closed before the end of the file');
    else log.tooLong(line, bytes);
  };
  return new CsvParser({ row, problem }, log.maximumRecordBytes);
}

/**
 * A header's names as Spark reads them: an empty one becomes `_c` with its index, one that appears several times gets its index appended.
 *
 * @see https://github.com/apache/spark/blob/master/sql/catalyst/src/main/scala/org/apache/spark/sql/catalyst/csv/CSVUtils.scala
 */
function safeNames(fields: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const field of fields) counts.set(field.toLowerCase(), (counts.get(field.toLowerCase()) ?? 0) + 1);
  return fields.map((field, index) => {
    if (field === '') return `_c${index}`;
    return (counts.get(field.toLowerCase()) ?? 0) > 1 ? `${field}${index}` : field;
  });
}

function captureReader(log: FileLog, window?: TimeWindow): TextReader {
  const sink: LineSink = {
    line: (text, line) => {
      if (text.trim() !== '') captured(log, readCapturedRecord(text, window), line);
    },
    tooLong: (line, bytes) => log.tooLong(line, bytes),
  };
  return new TextLines(sink, log.maximumRecordBytes);
}

function captured(log: FileLog, record: ReturnType<typeof readCapturedRecord>, line: number): void {
  log.isEmpty = false;
  if ('problem' in record) log.defect(line, record.problem.reason, record.problem.detail);
  else if ('outsideWindow' in record) log.profile.outsideWindow += 1;
  else if ('csv' in record) for (const fields of record.csv) log.row(fields, line);
  else for (const fields of record.json) named(log, fields, line);
}

function named(log: FileLog, fields: ReadonlyMap<string, string | null>, line: number): void {
  const table = log.profile.table('named', [], 0);
  if (table.columns.length + table.newColumns(fields) > MAX_COLUMNS) {
    log.tooManyColumns(line);
    return;
  }
  table.addFields(fields);
  table.addPlace(log.place(line));
}
