/** Size of the sketch: `k` and `c` of `statistics.json`. */
export const SKETCH_PARAMETERS = { c: 0.64, k: 2048 } as const;

const capacityOf = (level: number) => 2 * (Math.ceil((SKETCH_PARAMETERS.k * SKETCH_PARAMETERS.c ** level) / 2) + 1);

interface Level {
  items: number[];
  compactions: number;
  offset: 0 | 1;
}

/** State of one level: its items, the compactions so far, and where the last one started. */
export type LevelState = [items: number[], compactions: number, offset: 0 | 1];

/**
 * The quantile sketch that Model Monitor stores: levels of buffers, an item of level i standing for 2^i values. Deterministic: the same
 * values in the same order give the same sketch. Up to 2,050 values it is the column itself, in row order.
 *
 * Karnin, Lang, Liberty: Optimal Quantile Approximation in Streams (2016), in the variant of Deequ without sampling.
 *
 * @see https://github.com/awslabs/deequ/blob/master/src/main/scala/com/amazon/deequ/analyzers/QuantileNonSample.scala
 */
export class KllSketch {
  private levels: Level[] = [{ items: [], compactions: 0, offset: 0 }];
  private itemCount = 0;
  private capacity = capacityOf(0);

  add(value: number): void {
    this.levels[0].items.push(value);
    this.itemCount += 1;
    if (this.itemCount > this.capacity) this.condense();
  }

  /** Adds what another sketch saw after this one. Either may be empty, and then the result is the other. */
  merge(that: KllSketch): void {
    if (that.itemCount === 0) return;
    if (this.itemCount === 0) {
      this.restore(that.toLevels());
      return;
    }
    while (this.levels.length < that.levels.length) this.addLevel();
    for (const [height, { items }] of that.levels.entries()) append(this.levels[height].items, items);
    this.itemCount += that.itemCount;
    while (this.itemCount >= this.capacity) this.condense();
  }

  /** The buffers, lowest level first: `data` of `statistics.json`. A copy. */
  data(): number[][] {
    return this.levels.map(({ items }) => items.slice());
  }

  /** The whole state, as a copy. */
  toLevels(): LevelState[] {
    return this.levels.map(({ items, compactions, offset }) => [items.slice(), compactions, offset]);
  }

  static fromLevels(state: LevelState[]): KllSketch {
    const sketch = new KllSketch();
    sketch.restore(state);
    return sketch;
  }

  private restore(state: LevelState[]): void {
    this.levels = state.map(([items, compactions, offset]) => ({ items, compactions, offset }));
    this.itemCount = state.reduce((count, [items]) => count + items.length, 0);
    this.capacity = state.reduce((capacity, _, height) => capacity + capacityOf(height), 0);
  }

  private addLevel(): void {
    this.capacity += capacityOf(this.levels.length);
    this.levels.push({ items: [], compactions: 0, offset: 0 });
  }

  /** Halves the lowest level that is full. */
  private condense(): void {
    const height = this.levels.findIndex(({ items }, level) => items.length >= capacityOf(level));
    if (height === this.levels.length - 1) this.addLevel();
    const promoted = compact(this.levels[height]);
    append(this.levels[height + 1].items, promoted);
    this.itemCount -= promoted.length;
  }
}

/** Takes every second item of a level in order of size; an odd last one stays. */
function compact(level: Level): number[] {
  if (level.compactions % 2 === 1) level.offset = level.offset === 0 ? 1 : 0;
  level.compactions += 1;
  const length = level.items.length - (level.items.length % 2);
  const sorted = Float64Array.from(level.items.slice(0, length)).sort();
  level.items = level.items.slice(length);
  const promoted: number[] = [];
  for (let at: number = level.offset; at < length; at += 2) promoted.push(sorted[at]);
  return promoted;
}

function append(target: number[], items: number[]): void {
  for (const item of items) target.push(item);
}
