import type { Words128 } from '../batch/identifier-hash';
import { DefectLog, type WrittenDefects } from '../reading/defects';
import { Identifiers } from './identifiers';
import { NumberColumn } from './number-column';
import type { LinePlace } from './record-files';

/** Predictions and labels that are held, by their identifiers; some 150 bytes each. With more nothing is compared. */
export const MAX_MERGED_RECORDS = 2_000_000;

/** Numbers that are held, of the rows of predictions and of labels: requests may have many. With more nothing is compared. */
export const MAX_MERGED_ROWS = 8_000_000;

/** Of those that are written as they are read, of which a few are held: some 30 bytes each. One function reads so many in 256 MiB of lines. */
export const MAX_WRITTEN_RECORDS = 2 * MAX_MERGED_RECORDS;
/** The same of numbers: 4 or 8 bytes each. */
export const MAX_WRITTEN_ROWS = 4 * MAX_MERGED_ROWS;

/** How much is held, or written. */
export interface Room {
  readonly records: number;
  readonly numbers: number;
}

const MERGED_ROOM: Room = { records: MAX_MERGED_RECORDS, numbers: MAX_MERGED_ROWS };
const WRITTEN_ROOM: Room = { records: MAX_WRITTEN_RECORDS, numbers: MAX_WRITTEN_ROWS };

/** What numbers of other records are here. */
export type Recoding = (codes: Float64Array) => Float64Array;

/** Requests one after the other: who each is, and how many rows it has. */
export interface Requests {
  readonly ids: Identifiers;
  readonly rowCounts: NumberColumn;
}

/** The labels of requests, row by row, as numbers. */
export interface RequestLabels extends Requests {
  readonly actual: NumberColumn;
  /** by request: where it stands, as an index of `fileNames` and a line */
  readonly fileIndexes: NumberColumn;
  readonly lines: NumberColumn;
}

/** What of records is written. */
export interface RequestState<Predictions extends Requests> {
  readonly fileNames: string[];
  readonly defects: WrittenDefects;
  readonly outsideWindow: number;
  /** absent where no filter leaves any out */
  readonly filtered?: number;
  readonly predictions: Predictions;
  readonly labels: RequestLabels;
  readonly refusal?: string;
}

/**
 * What is kept of captured records and of their labels for a comparison of the two: numbers, and the identifiers by which they meet. All stand in the
 * order in which they were read, so that what is read in parts is what is read at once.
 */
export abstract class RequestRecords<Predictions extends Requests> {
  readonly fileNames: string[] = [];
  readonly defects = new DefectLog();
  /** captured records with a time outside the window */
  outsideWindow = 0;
  /** captured records that a filter left out */
  filtered = 0;
  readonly labels: RequestLabels = {
    ids: new Identifiers(),
    rowCounts: new NumberColumn(),
    actual: new NumberColumn(),
    fileIndexes: new NumberColumn(),
    lines: new NumberColumn(),
  };
  /** why not all is held, in words; undefined while it is */
  refusal?: string;

  /** requests, and numbers of their rows, that were written and are held no more */
  private readonly written = { requests: 0, numbers: 0 };

  abstract readonly predictions: Predictions;
  /** numbers that are kept of the rows of predictions */
  protected abstract readonly predictedCount: number;

  /** numbers that are kept of each row of predictions, as they count */
  protected get numbersPerRow(): number {
    return 1;
  }

  /** Begins a request of so many rows of predictions; false where there is no room for it. */
  protected beginPredictions(id: Words128, rows: number): boolean {
    if (!this.hasRoom(rows * this.numbersPerRow)) return false;
    this.predictions.ids.push(id);
    this.predictions.rowCounts.push(rows);
    return true;
  }

  /** Adds the one label of a request, as the number of its value. */
  addLabel(id: Words128, code: number, { fileIndex, line }: LinePlace): void {
    if (!this.hasRoom(1)) return;
    const { ids, rowCounts, actual, fileIndexes, lines } = this.labels;
    ids.push(id);
    rowCounts.push(1);
    actual.push(code);
    fileIndexes.push(fileIndex);
    lines.push(line);
  }

  /** Adds the labels of a request, unless there is no room. */
  protected pushLabels(id: Words128, codes: readonly number[], { fileIndex, line }: LinePlace): void {
    const { ids, rowCounts, actual, fileIndexes, lines } = this.labels;
    ids.push(id);
    rowCounts.push(codes.length);
    actual.append(codes);
    fileIndexes.push(fileIndex);
    lines.push(line);
  }

  /** Adds what was read after this, but for the numbers of the rows of its predictions; false where there is no room for them. */
  protected mergeRequests(that: RequestRecords<Predictions>, recodedLabels: Recoding): boolean {
    const fileCount = this.fileNames.length;
    this.outsideWindow += that.outsideWindow;
    this.filtered += that.filtered;
    this.defects.merge(that.defects, fileCount);
    append(this.fileNames, that.fileNames);
    this.refusal ??= that.refusal;
    const { predictions, labels } = that;
    if (!this.hasRoom(that.numberCount, predictions.ids.length + labels.ids.length)) return false;
    this.predictions.ids.append(predictions.ids);
    this.labels.ids.append(labels.ids);
    this.predictions.rowCounts.append(predictions.rowCounts.all);
    this.labels.rowCounts.append(labels.rowCounts.all);
    this.labels.lines.append(labels.lines.all);
    this.labels.fileIndexes.append(labels.fileIndexes.all.map((index) => index + fileCount));
    this.labels.actual.append(recodedLabels(labels.actual.all));
    return true;
  }

  /** Whether there is room for so many numbers more, of so many records; where there is none, nothing is compared. */
  protected hasRoom(numbers: number, records = 1): boolean {
    if (this.refusal !== undefined) return false;
    const { room } = this;
    const recordCount = this.written.requests + this.requestCount + records;
    if (recordCount > room.records) this.refusal = tooMany(room.records, 'predictions and labels');
    else if (!this.hasRoomForNumbers(numbers)) this.refusal = tooMany(room.numbers, 'rows of them');
    return this.refusal === undefined;
  }

  protected hasRoomForNumbers(numbers: number): boolean {
    return this.written.numbers + this.numberCount + numbers <= this.room.numbers;
  }

  /** How many records, and numbers of their rows, there may be. */
  get room(): Room {
    return this.written.requests > 0 ? WRITTEN_ROOM : MERGED_ROOM;
  }

  /** For how much more there is room. */
  protected get roomLeft(): Room {
    const { room, written } = this;
    return {
      records: room.records - written.requests - this.requestCount,
      numbers: room.numbers - written.numbers - this.numberCount,
    };
  }

  /** Identifiers and numbers of rows. */
  protected get heldCount(): number {
    return this.requestCount + this.numberCount;
  }

  /** Lets what is held count as written. */
  protected countHeld(): void {
    this.countWritten(this.requestCount, this.numberCount);
  }

  /** Lets so many requests, and numbers of their rows, count as written. */
  protected countWritten(requests: number, numbers: number): void {
    this.written.requests += requests;
    this.written.numbers += numbers;
  }

  private get requestCount(): number {
    return this.predictions.ids.length + this.labels.ids.length;
  }

  private get numberCount(): number {
    return this.predictedCount + this.labels.actual.length;
  }

  /** What is written of records, beside what their kind adds. */
  get state(): RequestState<Predictions> {
    const { fileNames, defects, outsideWindow, filtered, predictions, labels, refusal } = this;
    const counts = { outsideWindow, ...(filtered > 0 && { filtered }) };
    return { fileNames, defects: defects.written, ...counts, predictions, labels, refusal };
  }

  /** Makes empty records those that were written. */
  restore(state: RequestState<Predictions>): this {
    restoreRequests(this.predictions, state.predictions);
    restoreRequests(this.labels, state.labels);
    this.fileNames.push(...state.fileNames);
    this.defects.restore(state.defects);
    this.outsideWindow = state.outsideWindow;
    this.filtered = state.filtered ?? 0;
    this.refusal = state.refusal;
    return this;
  }
}

const tooMany = (count: number, what: string) =>
  `there are more than ${count} ${what}, which is all that is compared at once: shorten the window, or the dataset`;

/** Takes the columns of requests that were written as JSON, whose identifiers are a text. */
function restoreRequests(own: Requests, { ids, ...columns }: Requests): void {
  for (const [name, numbers] of Object.entries(columns)) restoreColumns(own[name as 'rowCounts'], numbers as never);
  own.ids.restore(ids as unknown as string);
}

/** Takes the numbers of a column, or of each of several. */
function restoreColumns(own: NumberColumn | readonly NumberColumn[], numbers: never): void {
  if (own instanceof NumberColumn) own.append(numbers);
  else for (const [index, column] of own.entries()) column.append(numbers[index]);
}

/** Adds one by one: there may be millions, which no call takes as its arguments. */
export function append<T>(to: T[], from: readonly T[]): void {
  for (const each of from) to.push(each);
}
