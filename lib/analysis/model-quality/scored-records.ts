import { DefectLog } from '../reading/defects';
import { OutcomeCodes } from './outcome-codes';
import type { Outcome, Prediction } from './problem';
import type { LinePlace } from './record-files';
import { sampledName, samplesOf } from './subsamples';

/** Predictions and labels that are held, by their identifiers; some 150 bytes each. With more there are no metrics. */
export const MAX_MERGED_RECORDS = 2_000_000;

/** Rows that are held, of predictions and of labels: requests may have many. With more there are no metrics. */
export const MAX_MERGED_ROWS = 8_000_000;

/** Requests one after the other: who each is, and how many rows it has. */
interface Requests {
  readonly ids: string[];
  readonly rowCounts: number[];
}

/** The predictions of requests, row by row. */
export interface ScoredPredictions extends Requests {
  readonly predicted: number[];
  /** probabilities of the positive label; empty where the problem has none */
  readonly scores: number[];
  /** which samples for standard deviations have the row, as bits */
  readonly samples: number[];
}

/** The labels of requests, row by row. */
export interface ScoredLabels extends Requests {
  readonly actual: number[];
  /** by request: where it stands, as an index of `fileNames` and a line */
  readonly fileIndexes: number[];
  readonly lines: number[];
}

/**
 * What is kept of captured records and of their labels for a comparison of the two: numbers, and the identifiers by which they meet. All stand in the
 * order in which they were read, so that what is read in parts is what is read at once.
 */
export class ScoredRecords {
  readonly fileNames: string[] = [];
  readonly defects = new DefectLog();
  /** captured records with a time outside the window */
  outsideWindow = 0;
  readonly predictions: ScoredPredictions = { ids: [], rowCounts: [], predicted: [], scores: [], samples: [] };
  readonly labels: ScoredLabels = { ids: [], rowCounts: [], actual: [], fileIndexes: [], lines: [] };
  /** why not all is held, in words; undefined while it is */
  refusal?: string;

  constructor(readonly outcomes = new OutcomeCodes()) {}

  /** Adds the predictions of a request. `id` is what its labels are found by; the samples go by `name`, which is the same however identifiers are kept. */
  addPredictions(id: string, name: string, rows: readonly Prediction[]): void {
    if (!this.hasRoom(rows.length)) return;
    const sampled = sampledName(name);
    const { ids, rowCounts, predicted, scores, samples } = this.predictions;
    ids.push(id);
    rowCounts.push(rows.length);
    for (const [index, row] of rows.entries()) {
      predicted.push(this.outcomes.code(row.predicted));
      if (row.score !== undefined) scores.push(row.score);
      samples.push(samplesOf(index === 0 ? sampled : `${sampled}#${index}`));
    }
  }

  /** Adds the labels of a request. */
  addLabels(id: string, rows: readonly Outcome[], { fileIndex, line }: LinePlace): void {
    if (!this.hasRoom(rows.length)) return;
    const { ids, rowCounts, actual, fileIndexes, lines } = this.labels;
    ids.push(id);
    rowCounts.push(rows.length);
    for (const row of rows) actual.push(this.outcomes.code(row));
    fileIndexes.push(fileIndex);
    lines.push(line);
  }

  /** Adds a row that has its label beside it, as those of a dataset have: it needs no identifier. */
  addPair(name: string, { predicted, score }: Prediction, actual: Outcome): void {
    if (!this.hasRoom(2, 0)) return;
    this.predictions.predicted.push(this.outcomes.code(predicted));
    if (score !== undefined) this.predictions.scores.push(score);
    this.predictions.samples.push(samplesOf(name));
    this.labels.actual.push(this.outcomes.code(actual));
  }

  /** Adds what was read after this. */
  merge(that: ScoredRecords): void {
    const fileCount = this.fileNames.length;
    this.outsideWindow += that.outsideWindow;
    this.defects.merge(that.defects, fileCount);
    append(this.fileNames, that.fileNames);
    this.refusal ??= that.refusal;
    const recordCount = that.predictions.ids.length + that.labels.ids.length;
    if (!this.hasRoom(that.rowCount, recordCount)) return;
    const codes = that.outcomes.texts.map((text) => this.outcomes.code(text));
    const recoded = (values: number[]) => (codes.length === 0 ? values : values.map((code) => codes[code]));
    const { predictions, labels } = that;
    appendColumns(this.predictions, { ...predictions, predicted: recoded(predictions.predicted) });
    const fileIndexes = labels.fileIndexes.map((index) => index + fileCount);
    appendColumns(this.labels, { ...labels, actual: recoded(labels.actual), fileIndexes });
  }

  private get rowCount(): number {
    return this.predictions.predicted.length + this.labels.actual.length;
  }

  private hasRoom(rows: number, records = 1): boolean {
    if (this.refusal !== undefined) return false;
    const recordCount = this.predictions.ids.length + this.labels.ids.length + records;
    if (recordCount > MAX_MERGED_RECORDS) this.refusal = tooMany(MAX_MERGED_RECORDS, 'predictions and labels');
    else if (this.rowCount + rows > MAX_MERGED_ROWS) this.refusal = tooMany(MAX_MERGED_ROWS, 'rows of them');
    return this.refusal === undefined;
  }
}

const tooMany = (count: number, what: string) =>
  `there are more than ${count} ${what}, which is all that is compared at once: shorten the window, or the dataset`;

function appendColumns<Columns extends { readonly [column in keyof Columns]: unknown[] }>(
  to: Columns,
  from: Columns,
): void {
  for (const column of Object.keys(to) as (keyof Columns)[]) append<unknown>(to[column], from[column]);
}

/** One by one: there may be millions, which no call takes as its arguments. */
function append<T>(to: T[], from: readonly T[]): void {
  for (const each of from) to.push(each);
}
