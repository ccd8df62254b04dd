/** How many different values are counted one by one. */
export const MAX_SAMPLED = 1024;
/** Bits of a hash. */
const HASH_BITS = 31;

/** How many zeros a hash of 31 bits begins with, 0 to 31: a level at which the value is in the sample. */
export const levelOf = (hash: number): number => Math.clz32(hash) - (32 - HASH_BITS);

/**
 * Exact counts of a sample of a column's values, by their hashes. At level `n` those are in the sample whose hash begins with `n` zeros: one value in
 * 2^n. The level is the lowest one at which no more than {@link MAX_SAMPLED} different values are in it, so that the sample is a function of the
 * values alone, in whatever order and in however many parts they came. At level 0, it has all values.
 */
export class ValueSample {
  level = 0;
  readonly counts = new Map<number, number>();

  /** Counts a value so many times; the hash is a whole number of 0 to 2^31 - 1. */
  add(hash: number, times: number): void {
    if (levelOf(hash) < this.level) return;
    const count = this.counts.get(hash);
    this.counts.set(hash, (count ?? 0) + times);
    if (count === undefined) this.shrink();
  }

  merge(that: ValueSample): void {
    this.raise(that.level);
    for (const [hash, count] of that.counts) this.add(hash, count);
  }

  /** Goes up to a level. Of hashes that begin with fewer zeros nothing is known from there on. */
  raise(level: number): void {
    if (level <= this.level) return;
    this.level = level;
    for (const hash of this.counts.keys()) if (levelOf(hash) < level) this.counts.delete(hash);
  }

  private shrink(): void {
    while (this.counts.size > MAX_SAMPLED) this.raise(this.level + 1);
  }
}
