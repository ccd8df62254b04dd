import { textOf } from '../batch/field-batch';
import { type KindCode, kindOf } from './inferred-type';
import { type Meaning, meaningOf } from './meaning';

const NINE = 57;
const LOWER_F = 102;
const LOWER_T = 116;
/** What sets a lower letter apart from its upper one. */
const LOWER = 32;

/** The kind of digits. */
export const WHOLE_NUMBER: KindCode = kindOf('1');
/** The kind of digits with a point between them. */
export const DECIMAL: KindCode = kindOf('1.0');
const TEXT: KindCode = kindOf('x');

/** The number that a value means; NaN when it is none, infinite when it is beyond a double's range. */
export const numberOf = (meaning: Meaning): number => (typeof meaning === 'number' ? meaning : Number.NaN);

/** Of `true` and `false`, in any case. */
const isBooleanInitial = (byte: number) => (byte | LOWER) === LOWER_T || (byte | LOWER) === LOWER_F;

/** Reads numbers of any form from bytes, with the kind of what was read in `kind`. */
export class NumberText {
  kind: KindCode = TEXT;

  /** The number in [from, to), which must not be empty; NaN when it is none. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const first = bytes[from];
    this.kind = TEXT;
    if (first > NINE && !isBooleanInitial(first)) return Number.NaN; // no pattern begins like this
    const text = textOf(bytes, from, to);
    const meaning = meaningOf(text);
    this.kind = kindOf(text, meaning);
    return numberOf(meaning);
  }
}
