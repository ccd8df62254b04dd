import { positiveLabel, type QualityProblem, type QualityRow } from './problem';
import type { QualityProfile } from './quality-profile';
import type { ScoredRecords } from './scored-records';
import { SAMPLE_COUNT } from './subsamples';

/** Of more labels rows are counted one by one: most of their pairs never meet. */
const MAX_LABELS = 16;

/** In how many ways a row may be in samples. */
const SAMPLE_SETS = 1 << SAMPLE_COUNT;

/** Rows of predictions of some records with the rows of labels that they meet: those that are alike are counted, and added to a profile at once. */
export class MetRows {
  /** the number of the positive label; -1 where no row has it */
  private readonly positive: number;
  /** by predicted label, label and samples, of few labels; none where outcomes are numbers, or there are many labels */
  private readonly counts: Uint32Array;
  private readonly labelCount: number;
  private readonly hasScores: boolean;

  constructor(
    private readonly records: ScoredRecords,
    private readonly profile: QualityProfile,
    problem: QualityProblem,
  ) {
    const { texts } = records.outcomes;
    this.positive = texts.indexOf(positiveLabel(problem));
    this.labelCount = texts.length <= MAX_LABELS ? texts.length : 0;
    this.counts = new Uint32Array(this.labelCount ** 2 * SAMPLE_SETS);
    this.hasScores = records.predictions.scores.length > 0;
  }

  /** Adds a row of predictions, and the row of labels that it meets. */
  add(prediction: number, label: number): void {
    const { predicted, samples, scores } = this.records.predictions;
    const outcome = this.records.labels.actual.values[label];
    const said = predicted.values[prediction];
    const sampled = samples.values[prediction] & (SAMPLE_SETS - 1); // without the group of its unit
    if (this.labelCount === 0) this.profile.addSampled(this.rowOf(said, outcome), sampled);
    else this.counts[(said * this.labelCount + outcome) * SAMPLE_SETS + sampled] += 1;
    if (this.hasScores) this.profile.tally.addScore?.(scores.values[prediction], outcome === this.positive, sampled);
  }

  /** Adds to the profile what was counted. */
  finish(): void {
    for (const [at, count] of this.counts.entries()) {
      if (count === 0) continue;
      const pair = Math.floor(at / SAMPLE_SETS);
      const said = Math.floor(pair / this.labelCount);
      this.profile.addSampled(this.rowOf(said, pair % this.labelCount), at % SAMPLE_SETS, count);
    }
  }

  private rowOf(said: number, outcome: number): QualityRow {
    const { outcomes } = this.records;
    return { predicted: outcomes.outcome(said), actual: outcomes.outcome(outcome) };
  }
}
