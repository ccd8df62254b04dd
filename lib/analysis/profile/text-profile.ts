import { type FieldBatch, textOf } from '../batch/field-batch';
import { categoryOf } from './meaning';
import { CLASS_BITS, FORM_COUNT, formBits } from './text-form';
import { hashOf } from './text-hash';
import { LENGTH_COUNT, lengthClass, lengthOf } from './text-length';
import { ValueSample } from './value-sample';

/** Values are in one of so many groups, by their hash: about as many as there are categories in a histogram. */
export const GROUP_COUNT = 128;

const SPACE = 32;

/** What is to be known of a text. */
export interface TextMeasure {
  /** code points */
  readonly length: number;
  /** see `formBits` */
  readonly form: number;
  /** a whole number of 0 to 2^31 - 1 */
  readonly hash: number;
}

/** Measures the category that a value means. */
export function measured(value: string): TextMeasure {
  const text = categoryOf(value);
  return { length: lengthOf(text), form: formBits(text), hash: hashOf(text).low & 0x7fffffff };
}

/**
 * What is kept of texts that are no longer told apart, in a memory that does not grow with them: how long they are, what they are made of, how often
 * each group of values occurs, and a sample of the values. All of it are sums, so that it is the same in whatever order and parts the texts came. Outer
 * spaces and the case of `true` say nothing, as for categories.
 */
export class TextProfile {
  /** by `lengthClass` */
  readonly lengths = new Float64Array(LENGTH_COUNT);
  /** by `formBits` */
  readonly forms = new Float64Array(FORM_COUNT);
  /** by the hash */
  readonly groups = new Float64Array(GROUP_COUNT);
  readonly sample = new ValueSample();

  /** Adds a text so many times. */
  add({ length, form, hash }: TextMeasure, times: number): void {
    this.count(length, form, times);
    this.addHash(hash, times);
  }

  /** Adds a field of the column of a batch that is hashed. It is not empty, and of ASCII. */
  addField({ memory, starts, ends, hashes }: FieldBatch, field: number, row: number): void {
    const start = starts[field];
    const end = ends[field];
    if (!isPlain(memory, start, end)) {
      this.add(measured(textOf(memory, start, end)), 1);
      return;
    }
    let form = 0;
    for (let at = start; at < end; at++) form |= CLASS_BITS[memory[at]];
    this.count(end - start, form, 1);
    this.addHash(hashes[row] >>> 1, 1);
  }

  merge(that: TextProfile): void {
    addAll(this.lengths, that.lengths);
    addAll(this.forms, that.forms);
    addAll(this.groups, that.groups);
    this.sample.merge(that.sample);
  }

  private count(length: number, form: number, times: number): void {
    this.lengths[lengthClass(length)] += times;
    this.forms[form] += times;
  }

  private addHash(value: number, times: number): void {
    this.groups[value % GROUP_COUNT] += times;
    this.sample.add(value, times);
  }
}

/** Whether a field is a category as it stands: no outer spaces, and none that might be `TRUE`. */
function isPlain(memory: Uint8Array, start: number, end: number): boolean {
  if (memory[start] <= SPACE || memory[end - 1] <= SPACE) return false;
  const isShort = end - start === 'true'.length || end - start === 'false'.length;
  const initial = memory[start];
  return !isShort || (initial !== 84 && initial !== 70 && initial !== 116 && initial !== 102);
}

function addAll(mine: Float64Array, others: Float64Array): void {
  for (let index = 0; index < mine.length; index++) mine[index] += others[index];
}

/** Counts that are not 0, by their index. */
type Sparse = [index: number, count: number][];

/** The state of a text profile in a JSON document. */
export interface TextState {
  readonly lengths: Sparse;
  readonly forms: Sparse;
  readonly groups: Sparse;
  readonly level: number;
  readonly values: Sparse;
}

const sparse = (counts: Float64Array): Sparse => [...counts.entries()].filter(([, count]) => count > 0);

/** The state of a profile; {@link textFromState} gives an equal profile back. */
export function textState({ lengths, forms, groups, sample }: TextProfile): TextState {
  return {
    lengths: sparse(lengths),
    forms: sparse(forms),
    groups: sparse(groups),
    level: sample.level,
    values: [...sample.counts],
  };
}

/** The profile that has a state. */
export function textFromState(state: TextState): TextProfile {
  const text = new TextProfile();
  for (const [index, count] of state.lengths) text.lengths[index] = count;
  for (const [index, count] of state.forms) text.forms[index] = count;
  for (const [index, count] of state.groups) text.groups[index] = count;
  text.sample.raise(state.level);
  for (const [value, count] of state.values) text.sample.counts.set(value, count);
  return text;
}
