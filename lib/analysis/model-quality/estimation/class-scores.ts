import { PROBABILITY_STEPS } from '../problem';
import { blockOf, type Calibration, calibrated } from './calibration';
import { ScoreCounts } from './score-counts';

/** Products of probabilities are of fewer steps: the sum of four million is a whole number that a double holds. */
const PRODUCT_STEPS = 2 ** 15;

/** Of what {@link ClassScores.areas} counts by probability: the rows, the sum of how likely they have the label, and those that have it. */
export const AREA = { rows: 0, expected: 1, actual: 2 } as const;
const AREA_COUNTS = Object.keys(AREA).length;

/** A row: the probabilities of the labels in steps, and the places of the predicted label and of the one that turned out, -1 for another. */
export interface ClassRow {
  readonly classSteps: readonly number[];
  readonly predicted: number;
  readonly actual?: number;
}

/**
 * What is kept of rows for an estimate by the probabilities of several labels: sums over rows, each of whole numbers, so that they are the same in whatever order rows
 * come. How likely each label is in a row follows from all its probabilities: each is read by the calibration of its label, and together they are 1.
 */
export class ClassScores {
  rowCount = 0;
  /** rows with a probability below 0 or above 1, which counts as 0 or 1, and those of a predicted label without one, which are left out */
  outside = 0;
  /** rows that are not left out */
  counted = 0;
  /** by predicted label, then by label: how many rows are expected to have it */
  readonly expected: Float64Array;
  /** the same of rows whose label is known */
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  /** by two labels: the sum of the products of how likely they are */
  readonly products: Float64Array;
  /** the same, where the first is predicted */
  readonly predictedProducts: Float64Array;
  /** by label: rows by its probability */
  readonly areas: readonly ScoreCounts[];
  /** by label, block of its calibration, and predicted label: rows */
  readonly blocks: readonly Float64Array[];
  private readonly likely: Float64Array;

  /** @param calibrations one for each label, in their order; without any, rows are only counted */
  constructor(readonly calibrations: readonly Calibration[]) {
    const size = calibrations.length;
    [this.expected, this.actual, this.products, this.predictedProducts] = Array.from(
      { length: 4 },
      () => new Float64Array(size ** 2),
    );
    this.predicted = new Float64Array(size);
    this.likely = new Float64Array(size);
    this.areas = calibrations.map(() => new ScoreCounts(AREA_COUNTS));
    this.blocks = calibrations.map(({ blocks }) => new Float64Array(blocks.length * size));
  }

  /** Adds a row. */
  add({ classSteps, predicted, actual = NONE }: ClassRow): void {
    this.rowCount += 1;
    if (predicted < 0 || classSteps.some((steps) => steps < 0 || steps > PROBABILITY_STEPS)) this.outside += 1;
    const size = this.calibrations.length;
    if (predicted < 0 || size === 0) return;
    this.counted += 1;
    this.predicted[predicted] += 1;
    if (actual >= 0) this.actual[predicted * size + actual] += 1;
    this.setLikely(classSteps);
    for (let label = 0; label < size; label += 1) {
      const steps = withinSteps(classSteps[label]);
      const expected = Math.round(this.likely[label] * PROBABILITY_STEPS);
      this.expected[predicted * size + label] += expected;
      this.areas[label].addAmounts(steps, [1, expected, Number(label === actual)]);
      const block = blockOf(this.calibrations[label].blocks, steps / PROBABILITY_STEPS);
      this.blocks[label][block * size + predicted] += 1;
    }
    this.addProducts(predicted);
  }

  /** How likely each label is: all are equally where none is. */
  private setLikely(classSteps: readonly number[]): void {
    const { calibrations, likely } = this;
    let total = 0;
    for (const [label, calibration] of calibrations.entries()) {
      likely[label] = calibrated(calibration, withinSteps(classSteps[label]) / PROBABILITY_STEPS);
      total += likely[label];
    }
    for (let label = 0; label < likely.length; label += 1)
      likely[label] = total > 0 ? likely[label] / total : 1 / likely.length;
  }

  private addProducts(predicted: number): void {
    const { likely, products, predictedProducts } = this;
    const size = likely.length;
    for (let label = 0; label < size; label += 1) likely[label] = Math.round(likely[label] * PRODUCT_STEPS);
    for (let one = 0; one < size; one += 1) {
      for (let other = 0; other < size; other += 1) products[one * size + other] += likely[one] * likely[other];
      predictedProducts[predicted * size + one] += likely[predicted] * likely[one];
    }
  }
}

/** No label that has a probability. */
const NONE = -1;

/** In 1, of sums of products. */
export const PRODUCT_SCALE = PRODUCT_STEPS ** 2;

const withinSteps = (steps: number): number => Math.min(PROBABILITY_STEPS, Math.max(0, steps));
