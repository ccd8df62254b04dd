import { sum } from '../../numbers/sum';

/** Probabilities are kept as whole steps of this many in 1: sums of them are exact, whatever their order. */
const STEPS = 2 ** 24;

/** More bins than these are joined to half as many, each twice as wide. */
const MAX_BINS = 16_384;

/** The rows whose probabilities lie in one bin. */
export interface ScoreBin {
  /** the mean of their probabilities */
  readonly score: number;
  /** how many there are, by group */
  readonly rows: readonly number[];
}

/**
 * Counts rows by their probability and by a group, in memory bounded by {@link MAX_BINS}. Up to so many different probabilities, each has a bin of its own, to 2^-24;
 * beyond, bins grow. The bins are those of all rows together, in whatever order they were added or merged.
 */
export class ScoreCounts {
  /** the rows whose probability is none: below 0 or above 1, which are counted as 0 and 1, and those of no number, which are in no bin */
  outside = 0;
  private added = 0;
  /** by the number of the bin: the rows of each group, then the sum of their steps */
  private readonly counted = new Map<number, Float64Array>();
  /** how many halvings of the number of bins there were */
  private halvings = 0;

  /** @param groupCount groups are numbered from 0 */
  constructor(private readonly groupCount: number) {}

  /** How many rows there are, whatever their probability. */
  get rowCount(): number {
    return this.added;
  }

  /** Adds a row. */
  add(score: number, group: number): void {
    this.added += 1;
    if (!(score >= 0 && score <= 1)) this.outside += 1;
    if (Number.isNaN(score)) return;
    const steps = Math.round(Math.min(1, Math.max(0, score)) * STEPS);
    const bin = this.bin(Math.floor(steps / 2 ** this.halvings));
    bin[group] += 1;
    bin[this.groupCount] += steps;
    this.bound();
  }

  /** Adds what belongs to a probability, in steps of its own, to the amounts of each group. */
  addAmounts(steps: number, amounts: readonly number[]): void {
    const bin = this.bin(Math.floor(steps / 2 ** this.halvings));
    for (const [group, amount] of amounts.entries()) bin[group] += amount;
    this.bound();
  }

  /** The amounts of each group, from the least probability up. */
  amounts(): Float64Array[] {
    return this.ascending().map(([, bin]) => bin.subarray(0, this.groupCount));
  }

  /** Where bins begin, from the least probability up. */
  places(): number[] {
    return this.ascending().map(([number]) => (number * 2 ** this.halvings) / STEPS);
  }

  /** Adds the rows of another, of the same groups. */
  merge(that: ScoreCounts): void {
    this.outside += that.outside;
    this.added += that.added;
    while (this.halvings < that.halvings) this.halve();
    const width = 2 ** (this.halvings - that.halvings);
    for (const [number, added] of that.counted) addTo(this.bin(Math.floor(number / width)), added);
    this.bound();
  }

  /** From the least probability up. */
  bins(): ScoreBin[] {
    return this.ascending().map(([, bin]) => {
      const rows = [...bin.subarray(0, this.groupCount)];
      return { rows, score: bin[this.groupCount] / sum(rows) / STEPS };
    });
  }

  private ascending(): (readonly [number: number, bin: Float64Array])[] {
    return [...this.counted].sort(([one], [other]) => one - other);
  }

  private bin(number: number): Float64Array {
    const known = this.counted.get(number);
    if (known) return known;
    const bin = new Float64Array(this.groupCount + 1);
    this.counted.set(number, bin);
    return bin;
  }

  private bound(): void {
    while (this.counted.size > MAX_BINS) this.halve();
  }

  private halve(): void {
    const before = [...this.counted];
    this.counted.clear();
    this.halvings += 1;
    for (const [number, bin] of before) addTo(this.bin(Math.floor(number / 2)), bin);
  }
}

function addTo(bin: Float64Array, added: Float64Array): void {
  for (const [index, count] of added.entries()) bin[index] += count;
}
