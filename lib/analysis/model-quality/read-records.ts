import type { Words128 } from '../batch/identifier-hash';
import type { LinePlace } from '../labels/record-files';
import type { Outcome, Prediction } from './problem';
import { withGroup } from './row-groups';
import { BEFORE_CLASSES, ScoredRecords } from './scored-records';
import { sampledName, samplesOf } from './subsamples';

/** The columns of rows, with probabilities and without. */
const WITH_SCORES = [0, 1, 2];
const WITHOUT_SCORES = [0, 2];

/** The predictions of a request. */
export interface NamedPredictions {
  /** by which samples go: the same however identifiers are kept */
  readonly name: string;
  readonly rows: readonly Prediction[];
  /** that its unit is in; absent where it is one by itself */
  readonly group?: number;
}

/** A row in numbers: its predicted label, and the probability of each in steps. */
export interface ClassifiedRow {
  readonly predicted: number;
  readonly classSteps: readonly number[];
}

/** Records as they are read: predictions and labels are added one by one. */
export class ReadRecords extends ScoredRecords {
  /** the one that is being added */
  private readonly row = new Float64Array(BEFORE_CLASSES);
  /** the same with probabilities of labels, and its columns */
  private readonly classified: Float64Array;
  private readonly columnsWithClasses: readonly number[];

  /** @param classCount labels that have a probability in each row */
  constructor(classCount = 0) {
    super();
    const classes = Array.from({ length: classCount }, (_, index) => index);
    this.keepClasses(classCount);
    this.classified = new Float64Array(WITHOUT_SCORES.length + classCount);
    this.columnsWithClasses = [...WITHOUT_SCORES, ...classes.map((index) => BEFORE_CLASSES + index)];
  }

  /** Adds the predictions of a request. `id` is what its labels are found by. */
  addPredictions(id: Words128, { name, rows, group }: NamedPredictions): void {
    if (!this.beginPredictions(id, rows.length)) return;
    const sampled = sampledName(name);
    for (const [index, row] of rows.entries()) {
      const samples = samplesOf(index === 0 ? sampled : `${sampled}#${index}`);
      this.addRow(row, group === undefined ? samples : withGroup(samples, group));
    }
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

  /** The same of a row with the probabilities of labels. */
  addClassified(id: Words128, samples: number, { predicted, classSteps }: ClassifiedRow): void {
    const { classified } = this;
    classified[0] = predicted;
    classified[1] = samples;
    for (let index = 0; index < classSteps.length; index += 1) classified[2 + index] = classSteps[index];
    if (this.writesRow(id, this.columnsWithClasses, classified)) return;
    if (!this.beginPredictions(id, 1)) return;
    this.predictions.predicted.push(predicted);
    this.predictions.samples.push(samples);
    this.addClasses(classSteps);
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
    if (!this.hasRoom(1 + this.numbersPerRow, 0)) return;
    this.addRow(prediction, samplesOf(name));
    this.labels.actual.push(this.outcomes.code(actual));
  }

  private addClasses(classSteps: readonly number[]): void {
    for (const [index, steps] of classSteps.entries()) this.predictions.classes[index].push(steps);
  }

  private addRow({ predicted, score, classSteps = [] }: Prediction, samples: number): void {
    this.addClasses(classSteps);
    this.predictions.predicted.push(this.outcomes.code(predicted));
    if (score !== undefined) this.predictions.scores.push(score);
    this.predictions.samples.push(samples);
  }
}
