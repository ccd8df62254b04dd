import type { BaselineCalibration } from '../schemas';
import type { ScoredRecords } from '../scored-records';
import { ClassScores } from './class-scores';

/** The probabilities of several labels of a window's predictions: of all of them, and of those whose labels have come. */
export class WindowClasses {
  readonly all: ClassScores;
  readonly labelled: ClassScores;
  /** places of labels, by their numbers */
  private readonly known: number[] = [];

  /** @param calibration of the baseline; without one for each label rows are only counted */
  constructor(
    private readonly labels: readonly string[],
    calibration?: BaselineCalibration,
  ) {
    const classes = calibration && 'classes' in calibration ? calibration.classes : {};
    const isWhole = labels.every((label) => Object.hasOwn(classes, label));
    const calibrations = isWhole ? labels.map((label) => classes[label]) : [];
    this.all = new ClassScores(calibrations);
    this.labelled = new ClassScores(calibrations);
  }

  /** Adds all predictions of records. */
  addAll(records: ScoredRecords): void {
    const { predicted } = records.predictions;
    const place = this.placesOf(records);
    for (const [row, code] of predicted.all.entries())
      this.all.add({ classSteps: classStepsOf(records, row), predicted: place(code) });
  }

  /** Adds a row of predictions that has met its label. */
  addLabelled(records: ScoredRecords, prediction: number, label: number): void {
    const place = this.placesOf(records);
    this.labelled.add({
      classSteps: classStepsOf(records, prediction),
      predicted: place(records.predictions.predicted.values[prediction]),
      actual: place(records.labels.actual.values[label]),
    });
  }

  /** The place of a label among those with a probability, by its number; -1 for others. Numbers only get more. */
  private placesOf({ outcomes }: ScoredRecords): (code: number) => number {
    const { known, labels } = this;
    while (known.length < outcomes.texts.length) known.push(labels.indexOf(outcomes.texts[known.length]));
    return (code) => known[code];
  }
}

/** The probabilities of the labels in a row. */
export const classStepsOf = ({ predictions }: ScoredRecords, row: number): number[] =>
  predictions.classes.map((steps) => steps.values[row]);
