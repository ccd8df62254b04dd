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
import { type RecordFilter, rowMatcher } from '../reading/record-filter';
import type { RecordFormat } from '../reading/record-format';
import { DEFAULT_MAXIMUM_RECORD_BYTES } from '../reading/record-size';
import { type RecordTransformation, rowTransformer } from '../reading/record-transformation';
import { encodedReader } from '../reading/text-encoding';
import { TextLines } from '../reading/text-lines';
import type { TimeWindow } from '../reading/time-window';
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
export interface ProfileInput {
  /** `capture`: JSON Lines as an endpoint's data capture writes them. `dataset`: rows as `format` says */
  readonly kind: 'capture' | 'dataset';
  /** dataset only; CSV with a header where absent */
  readonly format?: DatasetFormat;
  /**
   * dataset only: whether each row ends with the identifier and the time that the capture of a transform job generates, in JSON under keys of their own: they
   * are no columns. False where absent
   */
  readonly hasGeneratedIds?: boolean;
  /** capture only: records whose `eventMetadata.inferenceTime` is in [start, end); ISO 8601. All records where absent */
  readonly window?: { readonly start: string; readonly end: string };
  /** capture only: the rows that are read; all where absent */
  readonly filter?: RecordFilter;
  /** capture only: how bodies become rows; JSON is flattened where absent */
  readonly recordFormat?: RecordFormat;
  /** capture only: what is done to the rows that the filter leaves, in this order */
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
  const rules = captureRules(input, profile);
  const { columns } = input;
  const settings = {
    profile,
    known: columns && new Set(columns.names),
    width: columns?.mustFit ? columns.names.length : undefined,
    headers: columns?.headers && new HeaderRows(columns.headers),
    hasGeneratedIds: input.hasGeneratedIds,
    workspace: new Workspace(),
    maximumRecordBytes: maximumRecordBytes(input),
  };
  let open = 0;
  const begin = (name: string) => {
    open += 1;
    return new FileLog(settings, name);
  };
  const onEnd = () => {
    open -= 1;
  };
  return {
    file(name) {
      if (input.format?.parquet) throw new Error(`ProfileFormat: "${name}" is Parquet, which is no text; use rows()`);
      const log = begin(name);
      return input.kind === 'capture' ? captureReader(log, rules, onEnd) : ended(datasetReader(input, log), log, onEnd);
    },
    rows: (name, columnNames) => rowReader(begin(name), columnNames, onEnd),
    finish() {
      if (open > 0) throw new Error(`ProfileOpen: ${open} files have not ended; end every file before finish()`);
      settings.workspace.close();
      return profile;
    },
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
  const window = { start: parseTime(start), end: parseTime(end) };
  if (window.start <= window.end) return window;
  throw new Error(`ProfileWindow: "window" must be two ISO 8601 times in order, got ${start} and ${end}`);
}

function datasetReader({ format = {} }: ProfileInput, log: FileLog): ChunkReader {
  const { json, csv = { header: true } } = format;
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

function rowReader(log: FileLog, names: readonly string[], onEnd: () => void): RowReader {
  const isTooWide = names.length > MAX_COLUMNS;
  let table: TableProfile | undefined;
  const begin = () => {
    if (table || isTooWide) return;
    table = log.profile.table('header', names, names.length);
    table?.addPlace(log.place(1));
  };
  return {
    row(fields) {
      begin();
      log.isEmpty = false;
      table?.addRow(fields);
    },
    end() {
      begin();
      if (isTooWide) log.tooManyColumns(1);
      else if (log.isEmpty) log.defect(1, 'empty-file', 'the file has no records');
      onEnd();
    },
    giveUp(detail, reason) {
      log.defect(1, reason, detail);
      onEnd();
    },
  };
}
