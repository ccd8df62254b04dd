import { type FieldBatch, textOf } from '../batch/field-batch';
import { DistinctCount } from './distinct-count';
import { isText, type KindCode, type KindCounts, newerKind, olderKind } from './inferred-type';
import { KllSketch, type LevelState } from './kll-sketch';
import { Moments } from './moments';
import { DECIMAL, NumberText, WHOLE_NUMBER } from './number-text';
import { type KnownValue, knownValue, ValueCounts } from './value-counts';

/** Moments and sketch of the values that are numbers. */
export class NumberProfile {
  constructor(
    readonly moments = new Moments(),
    readonly sketch = new KllSketch(),
  ) {}

  add(value: number): void {
    this.moments.add(value);
    this.sketch.add(value);
  }

  /** Adds the first `count` values, in order. */
  addAll(values: Float64Array, count: number): void {
    this.moments.addAll(values, count);
    this.sketch.addAll(values, count);
  }

  merge(that: NumberProfile): void {
    this.moments.merge(that.moments);
    this.sketch.merge(that.sketch);
  }
}

const numberText = new NumberText();

/**
 * Everything that is known of one column: merging two halves in order gives the whole, up to the sketch's error and the last bits of the
 * moments. Missing values are not seen here: they are the rows of the table less `present`.
 */
export class ColumnProfile {
  present = 0;
  /** by the type patterns of the newer and of the older generation */
  readonly newerKinds: KindCounts = [0, 0, 0, 0];
  readonly olderKinds: KindCounts = [0, 0, 0, 0];
  readonly values = new ValueCounts();
  readonly distinct = new DistinctCount();
  /** absent once the column is text for both generations */
  numbers?: NumberProfile = new NumberProfile();

  /** Adds one present value, as text. */
  add(value: string): void {
    const seen = this.values.tracked.get(value);
    const known = seen ?? this.meet(value);
    if (seen) seen.count += 1;
    this.present += 1;
    this.newerKinds[newerKind(known.kind)] += 1;
    this.olderKinds[olderKind(known.kind)] += 1;
    if (!Number.isNaN(known.number)) this.numbers?.add(known.number);
    else this.dropNumbersOfText();
  }

  /** Adds a column of a batch, as {@link add} would its values one after the other. An empty field is missing. */
  addBatch(batch: FieldBatch, column: number): void {
    this.distinct.addBatch(batch, column);
    let row = 0;
    while (row < batch.rowCount) {
      row =
        this.numbers && this.values.isForgotten()
          ? this.addNumbers(batch, column, row)
          : this.addValues(batch, column, row);
    }
  }

  /** Adds rows while they are numbers. Returns the row to go on with. */
  private addNumbers(batch: FieldBatch, column: number, from: number): number {
    const { memory, starts, ends, hashes, numbers, rowCount, width } = batch;
    numbers.clear();
    let others = 0;
    let row = numbers.read(column, from);
    while (row < rowCount) {
      const field = row * width + column;
      const number = hashes[row] & 1 ? Number.NaN : numberText.read(memory, starts[field], ends[field]);
      if (Number.isNaN(number)) break;
      this.addKind(numberText.kind);
      numbers.push(number);
      others += 1;
      row = numbers.read(column, row + 1);
    }
    this.addKind(DECIMAL, numbers.decimals);
    this.addKind(WHOLE_NUMBER, numbers.count - others - numbers.decimals);
    this.present += numbers.count;
    this.values.untracked += numbers.count;
    this.numbers?.addAll(numbers.values, numbers.count);
    if (row === rowCount) return row;
    const field = row * width + column;
    this.add(textOf(memory, starts[field], ends[field]));
    return row + 1;
  }

  /** Adds rows while values are tracked, or are text. Returns the row to go on with. */
  private addValues(batch: FieldBatch, column: number, from: number): number {
    const { memory, starts, ends, hashes, numbers, rowCount, width } = batch;
    const index = this.values.byBytes();
    // of text among too many different texts only the kind is of interest
    const isFull = !this.numbers && !this.values.hasRoom();
    let count = 0;
    let row = from;
    for (let field = from * width + column; row < rowCount; row++, field += width) {
      const start = starts[field];
      const end = ends[field];
      if (start === end) continue;
      const known = index.find(hashes[row], memory, start, end);
      if (!known && isFull && (hashes[row] & 1) === 0) {
        this.addUntracked(memory, start, end);
        continue;
      }
      if (!known) break;
      if (Number.isNaN(known.number) && this.numbers) break;
      known.count += 1;
      this.present += 1;
      this.addKind(known.kind);
      if (this.numbers) numbers.values[count++] = known.number;
    }
    this.numbers?.addAll(numbers.values, count);
    if (row === rowCount) return row;
    const field = row * width + column;
    this.meetField(memory, hashes[row], starts[field], ends[field]);
    return row + 1;
  }

  private addUntracked(memory: Uint8Array, start: number, end: number): void {
    numberText.read(memory, start, end);
    this.addKind(numberText.kind);
    this.present += 1;
    this.values.untracked += 1;
  }

  /** Adds a value that may be new. */
  private meetField(memory: Uint8Array, hash: number, start: number, end: number): void {
    const text = textOf(memory, start, end);
    const index = this.values.byBytes();
    this.add(text);
    const known = this.values.tracked.get(text);
    if (known && this.values.tracked.size === index.size + 1) index.add(memory.subarray(start, end), hash, known);
  }

  private addKind(kind: KindCode, times = 1): void {
    this.newerKinds[newerKind(kind)] += times;
    this.olderKinds[olderKind(kind)] += times;
  }

  /** Adds the rows that come after this column's. */
  merge(that: ColumnProfile): void {
    this.present += that.present;
    for (const kind of [0, 1, 2, 3] as const) {
      this.newerKinds[kind] += that.newerKinds[kind];
      this.olderKinds[kind] += that.olderKinds[kind];
    }
    this.values.merge(that.values);
    this.distinct.merge(that.distinct);
    if (that.numbers) this.numbers?.merge(that.numbers);
    else this.numbers = undefined;
    this.dropNumbersOfText();
  }

  private meet(value: string): KnownValue {
    const known = knownValue(value, 1);
    this.distinct.add(value);
    this.values.add(value, known);
    // too many different numbers: their counts serve nothing, a column of text keeps its first ones
    if (!this.values.isComplete() && this.values.tracked.size > 0 && this.numbers) this.values.forget();
    return known;
  }

  private dropNumbersOfText(): void {
    if (isText(this.newerKinds) && isText(this.olderKinds)) this.numbers = undefined;
  }
}

/** A column's state in a JSON document. Numbers that JSON lacks are written as text. */
export interface ColumnState {
  readonly present: number;
  readonly newerKinds: KindCounts;
  readonly olderKinds: KindCounts;
  readonly values: [value: string, count: number][];
  readonly untracked: number;
  readonly distinct: string;
  readonly moments?: (number | string)[];
  readonly sketch?: [items: (number | string)[], compactions: number, offset: 0 | 1][];
}

const toJson = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** The same array where it can be: one of numbers and text takes three times the memory of one of numbers. */
const allToJson = (values: number[]): (number | string)[] =>
  values.every(Number.isFinite) ? values : values.map(toJson);

/** The state of a profile, for a JSON document; {@link columnFromState} gives an equal profile back. */
export function columnState(column: ColumnProfile): ColumnState {
  const { present, newerKinds, olderKinds, values, distinct, numbers } = column;
  return {
    present,
    newerKinds,
    olderKinds,
    values: Array.from(values.tracked, ([value, { count }]) => [value, count]),
    untracked: values.untracked,
    distinct: distinct.toString(),
    moments: numbers && allToJson(numbers.moments.toArray()),
    sketch: numbers?.sketch.toLevels().map(([items, ...rest]) => [allToJson(items), ...rest]),
  };
}

/** The profile that has a state. Both may be merged further. */
export function columnFromState(state: ColumnState): ColumnProfile {
  const column = new ColumnProfile();
  column.present = state.present;
  for (const kind of [0, 1, 2, 3] as const) {
    column.newerKinds[kind] = state.newerKinds[kind];
    column.olderKinds[kind] = state.olderKinds[kind];
  }
  for (const [value, count] of state.values) column.values.tracked.set(value, knownValue(value, count));
  column.values.untracked = state.untracked;
  column.distinct.merge(DistinctCount.fromString(state.distinct));
  column.numbers = state.moments && numbersFromState(state.moments, state.sketch ?? []);
  return column;
}

function numbersFromState(moments: (number | string)[], sketch: NonNullable<ColumnState['sketch']>): NumberProfile {
  const levels = sketch.map(([items, ...rest]): LevelState => [items.map(Number), ...rest]);
  return new NumberProfile(Moments.fromArray(moments.map(Number)), KllSketch.fromLevels(levels));
}
