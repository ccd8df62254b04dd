import { BinaryTally } from './binary';
import { MulticlassTally } from './multiclass';
import { checkProblem, type QualityProblem, type QualityRow } from './problem';
import { RegressionTally } from './regression';
import { samplesOf } from './subsamples';
import type { Tally } from './tally';

/**
 * What was counted of rows that have both a prediction and a label. Memory does not grow with the rows, but with the different probabilities of
 * a binary classification (up to a million) and the labels of a multiclass one (up to a thousand).
 */
export class QualityProfile {
  /** rows */
  itemCount = 0;
  readonly tally: Tally;
  private refused?: string;

  /** Throws when the problem makes no sense, see {@link checkProblem}. */
  constructor(readonly problem: QualityProblem) {
    checkProblem(problem);
    this.tally = newTally(problem);
  }

  /** Adds a row. Its identifier decides which samples for standard deviations have it. */
  add(row: QualityRow, rowId: string): void {
    this.addSampled(row, samplesOf(rowId));
  }

  /** Adds a row, or so many that are the same, to the samples that the bits name. */
  addSampled(row: QualityRow, samples: number, count = 1): void {
    this.itemCount += count;
    this.tally.add(row, samples, count);
  }

  /** Adds other rows of the same problem. */
  merge(that: QualityProfile): void {
    if (that.problem.type !== this.problem.type) {
      throw new Error(`QualityMerge: a profile of ${that.problem.type} cannot be added to one of ${this.problem.type}`);
    }
    this.itemCount += that.itemCount;
    this.tally.merge(that.tally);
    this.refused ??= that.refused;
  }

  /** Says that the rows are not all there, so that no metrics come of them. */
  refuse(reason: string): void {
    this.refused ??= reason;
  }

  /** Why there are no metrics, in words; undefined when there are. */
  refusal(): string | undefined {
    if (this.refused !== undefined) return this.refused;
    return this.itemCount === 0 ? 'no row has both a prediction and a label' : this.tally.refusal();
  }
}

function newTally(problem: QualityProblem): Tally {
  if (problem.type === 'Regression') return new RegressionTally();
  return problem.type === 'BinaryClassification' ? new BinaryTally(problem) : new MulticlassTally();
}
