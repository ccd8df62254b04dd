import { sortedValues } from './sorted-values';

/** Size of the sketch: `k` and `c` of `statistics.json`. */
export const SKETCH_PARAMETERS = { c: 0.64, k: 2048 } as const;

/** Size of a sketch: `k` is the capacity of its lowest level, which shrinks by `c` from level to level. */
export interface SketchParameters {
  readonly c: number;
  readonly k: number;
}

const capacityOf = ({ c, k }: SketchParameters, level: number) => 2 * (Math.ceil((k * c ** level) / 2) + 1);

/** Items of one level, in one growing array: no list of numbers that the garbage collector has to follow. */
class Level {
  items: Float64Array;
  size = 0;

  constructor(
    readonly capacity: number,
    public compactions = 0,
    public offset: 0 | 1 = 0,
  ) {
    this.items = new Float64Array(64);
  }

  append(values: ArrayLike<number>): void {
    const size = this.size + values.length;
    if (size > this.items.length) {
      const { items } = this;
      // most levels stay within their capacity; the lowest may take what the others leave free
      this.items = new Float64Array(size <= this.capacity ? Math.min(2 * size, this.capacity) : Math.ceil(1.25 * size));
      this.items.set(items);
    }
    this.items.set(values, this.size);
    this.size = size;
  }

  /** Takes every second item in order of size; an odd last one stays. The result is overwritten by the next compaction. */
  compact(): Float64Array {
    if (this.compactions % 2 === 1) this.offset = this.offset === 0 ? 1 : 0;
    this.compactions += 1;
    const length = this.size - (this.size % 2);
    const sorted = sortedValues(this.items, length);
    for (let at = 0; 2 * at < length; at++) sorted[at] = sorted[2 * at + this.offset];
    this.items[0] = this.items[length];
    this.size -= length;
    return sorted.subarray(0, length / 2);
  }

  toArray(): number[] {
    // Array.from would make an object for every item on the way
    const items: number[] = [];
    for (let at = 0; at < this.size; at++) items.push(this.items[at]);
    return items;
  }
}

const one = new Float64Array(1);

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
  private levels: Level[] = [];
  private itemCount = 0;
  private capacity = 0;

  /** Other parameters than the container's are for comparisons with Deequ. */
  constructor(private readonly parameters: SketchParameters = SKETCH_PARAMETERS) {
    this.addLevel();
  }

  add(value: number): void {
    one[0] = value;
    this.addAll(one, 1);
  }

  /** Adds the first `count` values, in order. */
  addAll(values: Float64Array, count: number): void {
    let at = 0;
    while (at < count) {
      const room = this.capacity - this.itemCount + 1; // with the one value too many
      const end = Math.min(at + room, count);
      this.levels[0].append(values.subarray(at, end));
      this.itemCount += end - at;
      at = end;
      if (this.itemCount > this.capacity) this.condense();
    }
  }

  /** Adds what another sketch saw after this one. Either may be empty, and then the result is the other. */
  merge(that: KllSketch): void {
    if (that.itemCount === 0) return;
    if (this.itemCount === 0) {
      this.restore(that.toLevels());
      return;
    }
    while (this.levels.length < that.levels.length) this.addLevel();
    for (const [height, level] of that.levels.entries()) {
      this.levels[height].append(level.items.subarray(0, level.size));
    }
    this.itemCount += that.itemCount;
    while (this.itemCount >= this.capacity) this.condense();
  }

  /** The buffers, lowest level first: `data` of `statistics.json`. A copy. */
  data(): number[][] {
    return this.levels.map((level) => level.toArray());
  }

  /** The whole state, as a copy. */
  toLevels(): LevelState[] {
    return this.levels.map((level) => [level.toArray(), level.compactions, level.offset]);
  }

  static fromLevels(state: LevelState[]): KllSketch {
    const sketch = new KllSketch();
    sketch.restore(state);
    return sketch;
  }

  private restore(state: LevelState[]): void {
    this.levels = state.map(([items, compactions, offset], height) => {
      const level = new Level(capacityOf(this.parameters, height), compactions, offset);
      level.append(items);
      return level;
    });
    this.itemCount = state.reduce((count, [items]) => count + items.length, 0);
    this.capacity = this.levels.reduce((sum, { capacity }) => sum + capacity, 0);
  }

  private addLevel(): void {
    const capacity = capacityOf(this.parameters, this.levels.length);
    this.capacity += capacity;
    this.levels.push(new Level(capacity));
  }

  /** Halves the lowest level that is full. */
  private condense(): void {
    const height = this.levels.findIndex((level) => level.size >= level.capacity);
    if (height === this.levels.length - 1) this.addLevel();
    const promoted = this.levels[height].compact();
    this.levels[height + 1].append(promoted);
    this.itemCount -= promoted.length;
  }
}
