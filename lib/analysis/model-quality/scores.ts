import type { CurvePoints } from './curves';
import { NumberIndex } from './number-index';
import { SAMPLE_COUNT } from './subsamples';

/** Curves over more different probabilities are not computed; one takes some 120 bytes. */
export const MAX_DISTINCT_SCORES = 1_000_000;

const WIDTH = 2 * SAMPLE_COUNT;

/** Counts negative and positive rows by probability, in memory bounded by {@link MAX_DISTINCT_SCORES}. */
export class ScoreTable {
  private readonly rows = new NumberIndex();
  /** by row: the negative rows of each sample, then the positive ones */
  private counts = new Uint32Array(WIDTH * 64);
  /** rows from the greatest probability down; undefined until it is asked for */
  private order?: Uint32Array;
  isOverfull = false;

  get isEmpty(): boolean {
    return this.rows.size === 0 && !this.isOverfull;
  }

  /** Beyond {@link MAX_DISTINCT_SCORES} the table is given up: empty, and `isOverfull`. */
  add(score: number, isPositive: boolean, samples: number): void {
    const offset = this.offset(score);
    if (offset === undefined) return;
    const from = offset + (isPositive ? SAMPLE_COUNT : 0);
    for (let sample = 0; sample < SAMPLE_COUNT; sample++) this.counts[from + sample] += (samples >> sample) & 1;
  }

  merge(that: ScoreTable): void {
    if (that.isOverfull) this.giveUp();
    for (const [row, score] of that.rows.all.entries()) {
      const offset = this.offset(score);
      if (offset === undefined) return;
      for (let index = 0; index < WIDTH; index++) this.counts[offset + index] += that.counts[row * WIDTH + index];
    }
  }

  /** The cumulated counts of one sample; without points where it has no rows. */
  points(sample: number): CurvePoints {
    this.order ??= this.descending();
    const points = { truePositives: [] as number[], falsePositives: [] as number[] };
    let [negatives, positives] = [0, 0];
    for (const row of this.order) {
      const negative = this.counts[row * WIDTH + sample];
      const positive = this.counts[row * WIDTH + SAMPLE_COUNT + sample];
      if (negative + positive === 0) continue;
      negatives += negative;
      positives += positive;
      points.falsePositives.push(negatives);
      points.truePositives.push(positives);
    }
    return points;
  }

  private descending(): Uint32Array {
    const scores = this.rows.all.slice().sort().reverse();
    return Uint32Array.from(scores, (score) => this.rows.find(score));
  }

  /** Where the counts of a probability begin; undefined when the table is given up. */
  private offset(score: number): number | undefined {
    const row = this.rows.find(score);
    if (row < this.rows.size) return row * WIDTH;
    if (this.rows.size === MAX_DISTINCT_SCORES) this.giveUp();
    if (this.isOverfull) return undefined;
    this.rows.add(score);
    this.order = undefined;
    if ((row + 1) * WIDTH > this.counts.length) this.grow();
    return row * WIDTH;
  }

  private grow(): void {
    const counts = new Uint32Array(2 * this.counts.length);
    counts.set(this.counts);
    this.counts = counts;
  }

  private giveUp(): void {
    this.isOverfull = true;
    this.rows.clear();
    this.counts = new Uint32Array();
    this.order = undefined;
  }
}
