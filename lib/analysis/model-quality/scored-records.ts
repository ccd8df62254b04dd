import { Identifiers } from '../labels/identifiers';
import { NumberColumn } from '../labels/number-column';
import type { RangedPart } from '../labels/ranged-part';
import { type Dictionary, type OpenedPart, RangedRecords, type RowColumn } from '../labels/ranged-records';
import type { Recoding, Requests } from '../labels/request-records';
import { OutcomeCodes } from './outcome-codes';

/** The predictions of requests, row by row. */
export interface ScoredPredictions extends Requests {
  readonly predicted: NumberColumn;
  /** probabilities of the positive label; empty where the problem has none */
  readonly scores: NumberColumn;
  /** which samples for standard deviations have the row, as bits, and the group of its unit, see `row-groups.ts` */
  readonly samples: NumberColumn;
  /** by label: its probabilities in steps; empty where the problem has none */
  readonly classes: NumberColumn[];
}

/** Columns before those of the probabilities of labels. */
export const BEFORE_CLASSES = 3;

/** What is kept of captured records and of their labels for the quality of a model. */
export class ScoredRecords extends RangedRecords<ScoredPredictions> {
  readonly predictions: ScoredPredictions = {
    ids: new Identifiers(),
    rowCounts: new NumberColumn(),
    predicted: new NumberColumn(),
    scores: new NumberColumn(),
    samples: new NumberColumn(),
    classes: [],
  };

  constructor(readonly outcomes = new OutcomeCodes()) {
    super();
  }

  protected get rowColumns(): RowColumn[] {
    const { predicted, scores, samples, classes } = this.predictions;
    return [
      { numbers: predicted, dictionary: 0 },
      { numbers: scores },
      { numbers: samples, isWhole: true },
      ...classes.map((numbers) => ({ numbers, isWhole: true })),
    ];
  }

  protected get dictionaries(): Dictionary[] {
    return [this.outcomes];
  }

  /** Adds what was read after this. */
  merge(that: ScoredRecords): void {
    const codes = that.outcomes.texts.map((text) => this.outcomes.code(text));
    const recoded: Recoding = (values) => (codes.length === 0 ? values : values.map((code) => codes[code]));
    if (!this.mergeRequests(that, recoded)) return;
    const { predicted, scores, samples, classes } = that.predictions;
    this.predictions.predicted.append(recoded(predicted.all));
    this.predictions.scores.append(scores.all);
    this.predictions.samples.append(samples.all);
    this.keepClasses(classes.length);
    for (const [index, steps] of classes.entries()) this.predictions.classes[index].append(steps.all);
  }

  /** Rows of a part have the probabilities that its head names. */
  override open(part: RangedPart): OpenedPart {
    this.keepClasses(Math.max(0, ...part.head.columns.map(([column]) => column + 1 - BEFORE_CLASSES)));
    return super.open(part);
  }

  /** Lets rows have the probabilities of so many labels. */
  keepClasses(count: number): void {
    const { classes } = this.predictions;
    while (classes.length < count) classes.push(new NumberColumn());
  }

  protected get predictedCount(): number {
    return this.numbersPerRow * this.predictions.predicted.length;
  }

  protected override get numbersPerRow(): number {
    return 1 + this.predictions.classes.length;
  }
}

/** The probability of a row of predictions; undefined where there are none. */
export const scoreAt = ({ scores }: ScoredPredictions, row: number): number | undefined =>
  scores.length === 0 ? undefined : scores.values[row];
