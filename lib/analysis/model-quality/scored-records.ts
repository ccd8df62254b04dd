import { Identifiers } from '../labels/identifiers';
import { type Dictionary, RangedRecords, type RowColumn } from '../labels/ranged-records';
import { append, type Requests } from '../labels/request-records';
import { OutcomeCodes } from './outcome-codes';

/** The predictions of requests, row by row. */
export interface ScoredPredictions extends Requests {
  readonly predicted: number[];
  /** probabilities of the positive label; empty where the problem has none */
  readonly scores: number[];
  /** which samples for standard deviations have the row, as bits, and the group of its unit, see `row-groups.ts` */
  readonly samples: number[];
}

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

  protected get rowColumns(): RowColumn[] {
    const { predicted, scores, samples } = this.predictions;
    return [{ numbers: predicted, dictionary: 0 }, { numbers: scores }, { numbers: samples, isWhole: true }];
  }

  protected get dictionaries(): Dictionary[] {
    return [this.outcomes];
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
}
