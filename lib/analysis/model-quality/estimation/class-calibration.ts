import { PROBABILITY_STEPS } from '../problem';
import { type Calibration, LabelledScores } from './calibration';

/** How the probabilities of several labels are read. */
export interface ClassCalibration {
  /** by label; all that have a probability */
  readonly classes: { readonly [label: string]: Calibration };
}

/** Counts labelled rows for the calibration of the probabilities of several labels: each against the rest. */
export class LabelledClasses {
  private readonly counted: readonly LabelledScores[];

  constructor(private readonly labels: readonly string[]) {
    this.counted = labels.map(() => new LabelledScores());
  }

  /** Adds a row with its probabilities in steps. */
  add(classSteps: readonly number[], actual: string): void {
    for (const [index, steps] of classSteps.entries())
      this.counted[index].add(steps / PROBABILITY_STEPS, actual === this.labels[index]);
  }

  /** Each as {@link LabelledScores.calibration} says; none, but a reason, where one of them has none. */
  calibration(): ClassCalibration | { readonly refusal: string } {
    const classes: [string, Calibration][] = [];
    for (const [index, label] of this.labels.entries()) {
      const found = this.counted[index].calibration();
      if ('refusal' in found) return { refusal: `of the label ${JSON.stringify(label)}: ${found.refusal}` };
      classes.push([label, found]);
    }
    return { classes: Object.fromEntries(classes) };
  }
}
