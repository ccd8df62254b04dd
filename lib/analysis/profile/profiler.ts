import { MAX_COLUMNS } from '../batch/field-memory';
import { CAPTURED } from '../reading/capture-layout';
import { type CaptureRules, parseTime } from '../reading/capture-record';
import { CaptureSink } from '../reading/capture-sink';
import { type CsvDatasetFormat, csvDatasetReader } from '../reading/csv-dataset';
import type { DefectReason } from '../reading/defects';
import { type ExpectedColumns, FileLog } from '../reading/file-log';
import { lineReader } from '../reading/files-together';
import { HeaderRows } from '../reading/header-rows';
import { type JsonDatasetFormat, jsonDatasetReader } from '../reading/json-dataset';
import type { OwnCalls } from '../reading/own-calls';
import { type RecordFilter, rowMatcher } from '../reading/record-filter';
import type { RecordFormat } from '../reading/record-format';
import { DEFAULT_MAXIMUM_RECORD_BYTES } from '../reading/record-size';
import { type RecordTransformation, rowTransformer } from '../reading/record-transformation';
import { csvTableReader, jsonTableReader, namedTableRows, tableRecords } from '../reading/table-dataset';
import { isChanged, type TableRules } from '../reading/table-record';
import { encodedReader } from '../reading/text-encoding';
import { TextLines } from '../reading/text-lines';
import { type FileTimes, TimeWindow } from '../reading/time-window';
import { Workspace } from '../reading/workspace';
import { Profile } from './profile';
import type { TableProfile } from './table-profile';

/** How a dataset is written, as Model Monitor's `dataset_format`; one of the keys. */
export interface DatasetFormat {
  readonly csv?: CsvDatasetFormat;
  readonly json?: JsonDatasetFormat;
  /** `Profiler.rows` takes what a reader of Parquet gives */
  readonly parquet?: object;
}

/** What the files of a profile are. */
export interface ProfileInput extends TableRules {
  /**
   * `capture`: JSON Lines as an endpoint's data capture writes them. `dataset`: rows as `format` says. `table`: rows that a transform job has read or written,
   * as `format` says
   */
  readonly kind: 'capture' | 'dataset' | 'table';
  /** dataset and table only; CSV with a header where absent */
  readonly format?: DatasetFormat;
  /** capture only: records whose `eventMetadata.inferenceTime` is in [start, end); ISO 8601. All records where absent */
  readonly window?: { readonly start: string; readonly end: string };
  /** capture and table only: the rows that are read; all where absent */
  readonly filter?: RecordFilter;
  /** capture and table only: how bodies, or records of JSON, become rows; JSON is flattened where absent */
  readonly recordFormat?: RecordFormat;
  /** capture and table only: what is done to the rows that the filter leaves, in this order */
  readonly transformations?: readonly RecordTransformation[];
  /** of a window: what the baseline has; without it, all columns are profiled that come */
  readonly columns?: ExpectedColumns;
  /** longer records are discarded while they are read, and reported; a whole number of at least 1, 8 MiB where absent */
  readonly maximumRecordBytes?: number;
}

/** Takes bytes in chunks, cut anywhere. */
interface ChunkReader {
  push(chunk: Uint8Array): void;
  end(): void;
}

/** Takes one file, which may be too large to be read whole in the time that there is. */
export interface FileReader extends ChunkReader {
  /** Ends the file before its end: records that were read count, and the file counts as one that cannot be read, with the reason in words. */
  giveUp(detail: string): void;
}

/** Takes the rows of one file. */
export interface RowReader {
  /** One row: as many texts as the file has columns. An empty one is missing. */
  row(fields: readonly string[]): void;
  end(): void;
  /** Ends the file before its end, or before it has begun: rows that were read count, and the file counts as one that cannot be read, with the reason in words. */
  giveUp(detail: string, reason: Extract<DefectReason, 'unreadable-file' | 'out-of-time'>): void;
}

/** Takes files one after the other; their order is the order of the rows. */
export interface Profiler {
  /** Begins a file, of records; of captured ones with when it was written, where that is known. The name appears in what is reported as unreadable. Throws for Parquet, which is no text. */
  file(name: string, content?: 'records', times?: FileTimes): FileReader;
  /** Begins a file that another reader takes apart: Parquet. Row 1 is reported as line 1. */
  rows(name: string, columnNames: readonly string[]): RowReader;
  /** The profile of all files, which must have ended. What became of own calls is counted, of which no file has any more. */
  finish(ownCalls?: OwnCalls): Profile;
}

/** Starts a profile. Throws when the window is no pair of ISO 8601 times, or the limit of records no whole number of at least 1. */
export function createProfiler(input: ProfileInput): Profiler {
  const profile = new Profile();
  const rules = captureRules(input, profile);
  const settings = fileSettings(input, profile);
  let open = 0;
  const begin = (name: string) => {
    open += 1;
    return new FileLog(settings, name);
  };
  const onEnd = () => {
    open -= 1;
  };
  return {
    file(name, _, times) {
      rules.window?.enter(times);
      if (input.format?.parquet) throw new Error(`ProfileFormat: "${name}" is Parquet, which is no text; use rows()`);
      const log = begin(name);
      return input.kind === 'capture' ? captureReader(log, rules, onEnd) : ended(datasetReader(input, log), log, onEnd);
    },
    rows(name, columnNames) {
      const log = begin(name);
      const isTooWide = columnNames.length > MAX_COLUMNS;
      return rowReader(log, { ...takenRows(log, columnNames, input), isTooWide }, onEnd);
    },
    finish(ownCalls) {
      profile.defects.ownCalls.add(ownCalls);
      if (open > 0) throw new Error(`ProfileOpen: ${open} files have not ended; end every file before finish()`);
      settings.workspace.close();
      return profile;
    },
  };
}

function fileSettings(input: ProfileInput, profile: Profile) {
  const { columns } = input;
  return {
    profile,
    known: columns && new Set(columns.names),
    width: columns?.mustFit ? columns.names.length : undefined,
    headers: columns?.headers && new HeaderRows(columns.headers),
    hasGeneratedIds: input.hasGeneratedIds && !isByRecord(input),
    workspace: new Workspace(),
    maximumRecordBytes: maximumRecordBytes(input),
  };
}

function maximumRecordBytes({ maximumRecordBytes: bytes = DEFAULT_MAXIMUM_RECORD_BYTES }: ProfileInput): number {
  if (Number.isSafeInteger(bytes) && bytes >= 1) return bytes;
  throw new Error(`ProfileRecordBytes: "maximumRecordBytes" is ${bytes}; a whole number of at least 1 is needed`);
}

function captureRules(input: ProfileInput, { found }: Profile): CaptureRules {
  const { window, filter, recordFormat: format, transformations = [] } = input;
  return {
    window: window && timeWindow(window),
    filter: filter && rowMatcher(filter),
    format,
    transform: transformations.length > 0 ? rowTransformer(transformations, found) : undefined,
  };
}

function timeWindow({ start, end }: { readonly start: string; readonly end: string }): TimeWindow {
  const window = new TimeWindow(parseTime(start), parseTime(end));
  if (window.start <= window.end) return window;
  throw new Error(`ProfileWindow: "window" must be two ISO 8601 times in order, got ${start} and ${end}`);
}

/** Whether the rows of transform jobs are read record by record: of JSON they always are. */
const isByRecord = (input: ProfileInput): boolean =>
  input.kind === 'table' && (input.format?.json !== undefined || isChanged(input));

function datasetReader(input: ProfileInput, log: FileLog): ChunkReader {
  const { json, csv = { header: true } } = input.format ?? {};
  if (isByRecord(input)) {
    const take = tableRecords(log, input);
    return json ? decoded(jsonTableReader(log, json.lines, take)) : csvTableReader(log, csv.header, take);
  }
  const reader = json ? decoded(jsonDatasetReader(log, json)) : csvDatasetReader(log, csv);
  return encodedReader(reader, (json ?? csv).encoding);
}

function captureReader(log: FileLog, rules: CaptureRules, onEnd: () => void): FileReader {
  const sink = new CaptureSink(log, rules);
  const { filter, format, transform } = rules;
  const isText = filter ?? format ?? transform; // they look at more than is found in the bytes
  if (isText) return ended(decoded(new TextLines(sink, sink.maximumRecordBytes)), log, onEnd);
  return lineReader({ sink, workspace: log.workspace, ...endOf(log, onEnd) }, CAPTURED);
}

function ended(reader: ChunkReader, log: FileLog, onEnd: () => void): FileReader {
  const { end, giveUp } = endOf(log, onEnd);
  return {
    push: (chunk) => reader.push(chunk),
    end() {
      reader.end();
      end();
    },
    giveUp,
  };
}

function endOf(log: FileLog, onEnd: () => void): Pick<FileReader, 'end' | 'giveUp'> {
  return {
    end() {
      if (log.isEmpty) log.defect(1, 'empty-file', 'the file has no records');
      onEnd();
    },
    giveUp(detail) {
      log.defect(1, 'out-of-time', detail);
      onEnd();
    },
  };
}

/** Reads text, in chunks. */
interface TextReader {
  push(text: string): void;
  end(): void;
}

function decoded(reader: TextReader): ChunkReader {
  const decoder = new TextDecoder('utf-8');
  return {
    push: (chunk) => reader.push(decoder.decode(chunk, { stream: true })),
    end() {
      reader.push(decoder.decode());
      reader.end();
    },
  };
}

/** Where the rows of a file of Parquet go. */
interface RowsTaken {
  begin(): void;
  row(fields: readonly string[]): void;
}

function takenRows(log: FileLog, names: readonly string[], input: ProfileInput): RowsTaken {
  if (isByRecord(input)) {
    return { begin: () => undefined, row: namedTableRows(log, names, tableRecords(log, input)) };
  }
  let table: TableProfile | undefined;
  const begin = () => {
    if (table) return;
    table = log.profile.table('header', names, names.length);
    table?.addPlace(log.place(1));
  };
  const row = (fields: readonly string[]) => {
    begin();
    table?.addRow(fields);
  };
  return { begin, row };
}

function rowReader(
  log: FileLog,
  { isTooWide, begin, row }: RowsTaken & { readonly isTooWide: boolean },
  onEnd: () => void,
): RowReader {
  return {
    row(fields) {
      log.isEmpty = false;
      if (!isTooWide) row(fields);
    },
    end() {
      if (isTooWide) log.tooManyColumns(1);
      else {
        begin();
        if (log.isEmpty) log.defect(1, 'empty-file', 'the file has no records');
      }
      onEnd();
    },
    giveUp(detail, reason) {
      log.defect(1, reason, detail);
      onEnd();
    },
  };
}
