import { slopeAt } from '../numbers/delta-method';
import { type BinaryTally, binaryRates } from './binary';
import { negativeLabel, positiveLabel, type QualityProblem, type QualityRow } from './problem';

/** Added to each count, as where one variant alone is judged. */
const HALF_A_ROW = 0.5;

/** Rows that two classifiers of two labels have both answered, by the cells of their confusion matrices: true and false negatives, false and true positives. */
export class JointCells {
  private readonly counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);

  constructor(private readonly problem: QualityProblem) {}

  /** Counts a row of both. */
  add(reference: QualityRow, candidate: QualityRow): void {
    this.counts[this.cellOf(reference)][this.cellOf(candidate)] += 1;
  }

  /**
   * The covariance of a rate of both, by the delta method: a row moves it by the cells that it is in; all rows of each are in its tally. NaN of what is no
   * rate.
   */
  covariance(rate: string, reference: BinaryTally, candidate: BinaryTally): number {
    const [one, other] = [this.slopes(rate, reference), this.slopes(rate, candidate)];
    let sum = 0;
    for (const [a, row] of this.counts.entries())
      for (const [b, count] of row.entries()) sum += count * one[a] * other[b];
    return sum;
  }

  private slopes(rate: string, { confusion }: BinaryTally): number[] {
    const [negative, positive] = [negativeLabel(this.problem), positiveLabel(this.problem)];
    const cells = [negative, positive].flatMap((predicted) =>
      [negative, positive].map((actual) => confusion.count({ actual, predicted, sample: 0 }) + HALF_A_ROW),
    );
    return cells.map((count, cell) =>
      slopeAt(count, (to) =>
        rateOf(
          rate,
          cells.map((each, other) => (other === cell ? to : each)),
        ),
      ),
    );
  }

  private cellOf({ predicted, actual }: QualityRow): number {
    const positive = positiveLabel(this.problem);
    return (predicted === positive ? 2 : 0) + (actual === positive ? 1 : 0);
  }
}

function rateOf(rate: string, cells: readonly number[]): number {
  const [trueNegatives, falseNegatives, falsePositives, truePositives] = cells;
  return binaryRates({ truePositives, falsePositives, trueNegatives, falseNegatives }).get(rate) ?? Number.NaN;
}
