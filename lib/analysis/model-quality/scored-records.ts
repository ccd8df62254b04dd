import type { Words128 } from '../batch/identifier-hash';
import { Identifiers } from '../labels/identifiers';
import { type Dictionary, RangedRecords, type RowColumn } from '../labels/ranged-records';
import type { LinePlace } from '../labels/record-files';
import { append, type Requests } from '../labels/request-records';
import { OutcomeCodes } from './outcome-codes';
import type { Outcome, Prediction } from './problem';
import { sampledName, samplesOf } from './subsamples';

/** The predictions of requests, row by row. */
export interface ScoredPredictions extends Requests {
  readonly predicted: number[];
  /** probabilities of the positive label; empty where the problem has none */
  readonly scores: number[];
  /** which samples for standard deviations have the row, as bits */
  readonly samples: number[];
}

/** The columns of rows, with probabilities and without. */
const WITH_SCORES = [0, 1, 2];
const WITHOUT_SCORES = [0, 2];

/** What is kept of captured records and of their labels for the quality of a model. */
export class ScoredRecords extends RangedRecords<ScoredPredictions> {
  readonly predictions: ScoredPredictions = {
    ids: new Identifiers(),
    rowCounts: [],
    predicted: [],
    scores: [],
    samples: [],
  };

  constructor(readonly outcomes = new OutcomeCodes()) {
    super();
  }

  /** the one that is being added */
  private readonly row = [0, 0, 0];

  protected get rowColumns(): RowColumn[] {
    const { predicted, scores, samples } = this.predictions;
    return [{ numbers: predicted, dictionary: 0 }, { numbers: scores }, { numbers: samples, isWhole: true }];
  }

  protected get dictionaries(): Dictionary[] {
    return [this.outcomes];
  }

  /** Adds the predictions of a request. `id` is what its labels are found by; the samples go by `name`, which is the same however identifiers are kept. */
  addPredictions(id: Words128, name: string, rows: readonly Prediction[]): void {
    if (!this.beginPredictions(id, rows.length)) return;
    const sampled = sampledName(name);
    for (const [index, row] of rows.entries()) this.addRow(row, index === 0 ? sampled : `${sampled}#${index}`);
  }

  /** Adds the one row of a request, with what is known of it in numbers: its samples, and its predicted label. */
  addPrediction(id: Words128, samples: number, predicted: number, score?: number): void {
    const { row } = this;
    row[0] = predicted;
    row[1] = score ?? samples;
    row[2] = samples;
    if (this.writesRow(id, score === undefined ? WITHOUT_SCORES : WITH_SCORES, row)) return;
    if (!this.beginPredictions(id, 1)) return;
    this.predictions.predicted.push(predicted);
    if (score !== undefined) this.predictions.scores.push(score);
    this.predictions.samples.push(samples);
  }

  /** Adds the labels of a request. */
  addLabels(id: Words128, rows: readonly Outcome[], place: LinePlace): void {
    if (!this.hasRoom(rows.length)) return;
    this.pushLabels(
      id,
      rows.map((row) => this.outcomes.code(row)),
      place,
    );
  }

  /** Adds a row that has its label beside it, as those of a dataset have: it needs no identifier. */
  addPair(name: string, prediction: Prediction, actual: Outcome): void {
    if (!this.hasRoom(2, 0)) return;
    this.addRow(prediction, name);
    this.labels.actual.push(this.outcomes.code(actual));
  }

  /** Adds what was read after this. */
  merge(that: ScoredRecords): void {
    const codes = that.outcomes.texts.map((text) => this.outcomes.code(text));
    const recoded = (values: number[]) => (codes.length === 0 ? values : values.map((code) => codes[code]));
    if (!this.mergeRequests(that, recoded)) return;
    append(this.predictions.predicted, recoded(that.predictions.predicted));
    append(this.predictions.scores, that.predictions.scores);
    append(this.predictions.samples, that.predictions.samples);
  }

  protected get predictedCount(): number {
    return this.predictions.predicted.length;
  }

  private addRow({ predicted, score }: Prediction, sampled: string): void {
    this.predictions.predicted.push(this.outcomes.code(predicted));
    if (score !== undefined) this.predictions.scores.push(score);
    this.predictions.samples.push(samplesOf(sampled));
  }
}
