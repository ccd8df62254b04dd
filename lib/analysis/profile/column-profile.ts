import { type FieldBatch, textOf } from '../batch/field-batch';
import type { FieldNumbers } from '../batch/field-numbers';
import { DistinctCount } from './distinct-count';
import { isText, type KindCode, type KindCounts, kindOf, meantKind, newerKind, olderKind } from './inferred-type';
import { keptValue } from './kept-value';
import { KllSketch, type LevelState } from './kll-sketch';
import { Moments } from './moments';
import { DECIMAL, NumberText, WHOLE_NUMBER } from './number-text';
import { measured, type TextMeasure, TextProfile, type TextState, textFromState, textState } from './text-profile';
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
/** The kind of a number with a part behind the point that is not 0. */
const FRACTION: KindCode = kindOf('1.5');

/** How many numbers there are, and how many of them have a whole value. */
interface PlainNumbers {
  count: number;
  whole: number;
}

function wholeCount(values: Float64Array, count: number): number {
  let whole = 0;
  for (let index = 0; index < count; index++) if (Number.isInteger(values[index])) whole += 1;
  return whole;
}

/**
 * Everything that is known of one column: merging two halves in order gives the whole, up to the sketch's error and the last bits of the
 * moments. Missing values are not seen here: they are the rows of the table less `present`.
 */
export class ColumnProfile {
  present = 0;
  /** by the type patterns of the newer and of the older generation */
  readonly newerKinds: KindCounts = [0, 0, 0, 0];
  readonly olderKinds: KindCounts = [0, 0, 0, 0];
  /** by what the values mean, whoever wrote them */
  readonly meantKinds: KindCounts = [0, 0, 0, 0];
  readonly values = new ValueCounts((value, { number, count, long }) => {
    if (Number.isNaN(number)) this.ownText().add(long ?? measured(value), count);
  });
  readonly distinct = new DistinctCount();
  /** of the values that are numbers, also among text */
  numbers = new NumberProfile();
  /** of the values that are neither numbers nor tracked; absent while there is none */
  text?: TextProfile;

  /** Adds one present value, as text. */
  add(value: string): void {
    const kept = keptValue(value);
    const seen = this.values.tracked.get(kept);
    const known = seen ?? this.meet(value, kept);
    if (seen) seen.count += 1;
    this.present += 1;
    this.addKind(known.kind);
    if (!Number.isNaN(known.number)) this.numbers.add(known.number);
  }

  /** Adds a column of a batch, as {@link add} would its values one after the other. An empty field is missing. */
  addBatch(batch: FieldBatch, column: number): void {
    this.distinct.addBatch(batch, column);
    let row = 0;
    while (row < batch.rowCount) {
      row = this.values.isForgotten() ? this.addNumbers(batch, column, row) : this.addValues(batch, column, row);
    }
  }

  /** Adds rows while they are numbers. Returns the row to go on with. */
  private addNumbers(batch: FieldBatch, column: number, from: number): number {
    const { memory, starts, ends, hashes, numbers, rowCount, width } = batch;
    numbers.clear();
    const others: PlainNumbers = { count: 0, whole: 0 };
    let row = numbers.read(column, from);
    while (row < rowCount) {
      const field = row * width + column;
      const number = hashes[row] & 1 ? Number.NaN : numberText.read(memory, starts[field], ends[field]);
      if (Number.isNaN(number)) break;
      this.addKind(numberText.kind);
      numbers.push(number);
      others.count += 1;
      if (Number.isInteger(number)) others.whole += 1;
      row = numbers.read(column, row + 1);
    }
    this.addPlainNumbers(numbers, others);
    this.present += numbers.count;
    this.values.untracked += numbers.count;
    this.numbers.addAll(numbers.values, numbers.count);
    if (row === rowCount) return row;
    const field = row * width + column;
    this.add(textOf(memory, starts[field], ends[field]));
    return row + 1;
  }

  /** Counts the kinds of numbers that are digits, with a point or without; those of the others among them are counted already. */
  private addPlainNumbers({ count, decimals, values }: FieldNumbers, others: PlainNumbers): void {
    const plain = count - others.count;
    this.addContainerKinds(DECIMAL, decimals);
    this.addContainerKinds(WHOLE_NUMBER, plain - decimals);
    const whole = decimals === 0 ? plain : wholeCount(values, count) - others.whole;
    this.meantKinds[meantKind(WHOLE_NUMBER)] += whole;
    this.meantKinds[meantKind(FRACTION)] += plain - whole;
  }

  /** Adds rows while values are tracked, or are text. Returns the row to go on with. */
  private addValues(batch: FieldBatch, column: number, from: number): number {
    const { memory, starts, ends, hashes, numbers, rowCount, width } = batch;
    const index = this.values.byBytes();
    // of text among too many different texts only the kind is of interest
    const isFull = this.isText() && !this.values.hasRoom();
    let count = 0;
    let row = from;
    for (let field = from * width + column; row < rowCount; row++, field += width) {
      const start = starts[field];
      const end = ends[field];
      if (start === end) continue;
      const known = index.find(hashes[row], memory, start, end);
      if (!known && (!isFull || hashes[row] & 1 || index.hasLong(hashes[row]))) break;
      const number = known ? this.addKnown(known) : this.addUntracked(batch, field, row);
      if (!Number.isNaN(number)) numbers.values[count++] = number;
    }
    this.numbers.addAll(numbers.values, count);
    if (row === rowCount) return row;
    const field = row * width + column;
    this.meetField(memory, hashes[row], starts[field], ends[field]);
    return row + 1;
  }

  private addKnown(known: KnownValue): number {
    known.count += 1;
    this.present += 1;
    this.addKind(known.kind);
    return known.number;
  }

  private addUntracked(batch: FieldBatch, field: number, row: number): number {
    const number = numberText.read(batch.memory, batch.starts[field], batch.ends[field]);
    this.addKind(numberText.kind);
    this.present += 1;
    this.values.untracked += 1;
    if (Number.isNaN(number)) this.ownText().addField(batch, field, row);
    return number;
  }

  private ownText(): TextProfile {
    this.text ??= new TextProfile();
    return this.text;
  }

  /** Of all values that are no numbers, tracked or not: the same in whatever order and parts they came. */
  texts(): TextProfile {
    const all = new TextProfile();
    if (this.text) all.merge(this.text);
    for (const [value, { number, count, long }] of this.values.tracked) {
      if (Number.isNaN(number)) all.add(long ?? measured(value), count);
    }
    return all;
  }

  /** Adds a value that may be new. */
  private meetField(memory: Uint8Array, hash: number, start: number, end: number): void {
    const text = textOf(memory, start, end);
    const index = this.values.byBytes();
    this.add(text);
    const known = this.values.tracked.get(text);
    if (known && this.values.tracked.size === index.size + 1) index.add(memory.subarray(start, end), hash, known);
  }

  private addKind(kind: KindCode): void {
    this.addContainerKinds(kind, 1);
    this.meantKinds[meantKind(kind)] += 1;
  }

  private addContainerKinds(kind: KindCode, times: number): void {
    this.newerKinds[newerKind(kind)] += times;
    this.olderKinds[olderKind(kind)] += times;
  }

  /** Adds the rows that come after this column's. */
  merge(that: ColumnProfile): void {
    this.present += that.present;
    for (const kind of [0, 1, 2, 3] as const) {
      this.newerKinds[kind] += that.newerKinds[kind];
      this.olderKinds[kind] += that.olderKinds[kind];
      this.meantKinds[kind] += that.meantKinds[kind];
    }
    this.values.merge(that.values);
    this.distinct.merge(that.distinct);
    this.numbers.merge(that.numbers);
    if (that.text) this.ownText().merge(that.text);
  }

  private meet(value: string, kept: string): KnownValue {
    const known = { ...knownValue(value, 1), ...(kept !== value && { long: measured(value) }) };
    this.distinct.add(value);
    this.values.add(kept, known);
    // too many different numbers: their counts serve nothing, a column of text keeps its first ones
    if (!this.values.isComplete() && this.values.tracked.size > 0 && !this.isText()) this.values.forget();
    return known;
  }

  /** Whether it is text for both generations. */
  private isText(): boolean {
    return isText(this.newerKinds) && isText(this.olderKinds);
  }
}

/** What the text of a value said that is kept by its hash. */
type LongState = [kind: KindCode, number: number | string, measure: TextMeasure];

/** A column's state in a JSON document. Numbers that JSON lacks are written as text. */
export interface ColumnState {
  readonly present: number;
  readonly newerKinds: KindCounts;
  readonly olderKinds: KindCounts;
  readonly meantKinds: KindCounts;
  /** the third of those that are kept by their hash */
  readonly values: [value: string, count: number, long?: LongState][];
  readonly untracked: number;
  readonly distinct: string;
  /** absent without numbers, as the sketch */
  readonly moments?: (number | string)[];
  readonly sketch?: [items: (number | string)[], compactions: number, offset: 0 | 1][];
  readonly text?: TextState;
}

const toJson = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** The same array where it can be: one of numbers and text takes three times the memory of one of numbers. */
const allToJson = (values: number[]): (number | string)[] =>
  values.every(Number.isFinite) ? values : values.map(toJson);

/** The state of a profile, for a JSON document; {@link columnFromState} gives an equal profile back. */
export function columnState(column: ColumnProfile): ColumnState {
  const { present, newerKinds, olderKinds, meantKinds, values, distinct } = column;
  const numbers = column.numbers.moments.count > 0 ? column.numbers : undefined;
  return {
    present,
    newerKinds,
    olderKinds,
    meantKinds,
    values: Array.from(values.tracked, ([value, { count, kind, number, long }]) =>
      long ? [value, count, [kind, toJson(number), long]] : [value, count],
    ),
    untracked: values.untracked,
    distinct: distinct.toString(),
    moments: numbers && allToJson(numbers.moments.toArray()),
    sketch: numbers?.sketch.toLevels().map(([items, ...rest]) => [allToJson(items), ...rest]),
    text: column.text && textState(column.text),
  };
}

/** The profile that has a state. Both may be merged further. */
export function columnFromState(state: ColumnState): ColumnProfile {
  const column = new ColumnProfile();
  column.present = state.present;
  for (const kind of [0, 1, 2, 3] as const) {
    column.newerKinds[kind] = state.newerKinds[kind];
    column.olderKinds[kind] = state.olderKinds[kind];
    column.meantKinds[kind] = state.meantKinds[kind];
  }
  for (const [value, count, long] of state.values) {
    column.values.tracked.set(value, long ? longValue(count, long) : knownValue(value, count));
  }
  column.values.untracked = state.untracked;
  column.distinct.merge(DistinctCount.fromString(state.distinct));
  if (state.moments) column.numbers = numbersFromState(state.moments, state.sketch ?? []);
  if (state.text) column.text = textFromState(state.text);
  return column;
}

const longValue = (count: number, [kind, number, long]: LongState): KnownValue => ({
  count,
  kind,
  number: Number(number),
  long,
});

function numbersFromState(moments: (number | string)[], sketch: NonNullable<ColumnState['sketch']>): NumberProfile {
  const levels = sketch.map(([items, ...rest]): LevelState => [items.map(Number), ...rest]);
  return new NumberProfile(Moments.fromArray(moments.map(Number)), KllSketch.fromLevels(levels));
}
