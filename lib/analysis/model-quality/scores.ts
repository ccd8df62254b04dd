import type { CurvePoints } from './curves';
import { isIn, SAMPLE_COUNT } from './subsamples';

/** Curves over more different probabilities are not computed; one takes some 250 bytes. */
export const MAX_DISTINCT_SCORES = 1_000_000;

/** Counts negative and positive rows by probability, in memory bounded by {@link MAX_DISTINCT_SCORES}. */
export class ScoreTable {
  /** by probability: the negative rows of each sample, then the positive ones */
  private readonly counts = new Map<number, number[]>();
  isOverfull = false;

  get isEmpty(): boolean {
    return this.counts.size === 0 && !this.isOverfull;
  }

  /** Beyond {@link MAX_DISTINCT_SCORES} the table is given up: empty, and `isOverfull`. */
  add(score: number, isPositive: boolean, samples: number): void {
    const counts = this.at(score);
    if (!counts) return;
    const offset = isPositive ? SAMPLE_COUNT : 0;
    for (let sample = 0; sample < SAMPLE_COUNT; sample++) if (isIn(samples, sample)) counts[offset + sample] += 1;
  }

  merge(that: ScoreTable): void {
    if (that.isOverfull) this.giveUp();
    for (const [score, counts] of that.counts) {
      const mine = this.at(score);
      for (let index = 0; mine && index < counts.length; index++) mine[index] += counts[index];
    }
  }

  /** The cumulated counts of one sample; without points where it has no rows. */
  points(sample: number): CurvePoints {
    const points = { truePositives: [] as number[], falsePositives: [] as number[] };
    let [negatives, positives] = [0, 0];
    for (const score of Float64Array.from(this.counts.keys()).sort().reverse()) {
      const counts = this.counts.get(score) ?? [];
      const [negative, positive] = [counts[sample], counts[SAMPLE_COUNT + sample]];
      if (negative + positive === 0) continue;
      negatives += negative;
      positives += positive;
      points.falsePositives.push(negatives);
      points.truePositives.push(positives);
    }
    return points;
  }

  private at(score: number): number[] | undefined {
    const known = this.counts.get(score);
    if (known || this.isOverfull) return known;
    if (this.counts.size === MAX_DISTINCT_SCORES) {
      this.giveUp();
      return undefined;
    }
    const counts = new Array<number>(2 * SAMPLE_COUNT).fill(0);
    this.counts.set(score, counts);
    return counts;
  }

  private giveUp(): void {
    this.isOverfull = true;
    this.counts.clear();
  }
}
