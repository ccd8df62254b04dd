import { textOf } from '../batch/field-batch';
import { type KindCode, kindOf, newerKind, olderKind } from './inferred-type';

const NINE = 57;
const LOWER_F = 102;
const LOWER_T = 116;

/** The kind of digits. */
export const WHOLE_NUMBER: KindCode = kindOf('1');
/** The kind of digits with a point between them. */
export const DECIMAL: KindCode = kindOf('1.0');
const TEXT: KindCode = kindOf('x');

/** The number that a text of this kind is; NaN when it is none, infinite when it is beyond a double's range. */
export function numberOf(text: string, kind: KindCode): number {
  const isNumber = newerKind(kind) < 2 || olderKind(kind) < 2;
  // '- 5' and '.' have a number's pattern but no value, in Spark's cast as here; adding 0 makes -0 a 0
  return isNumber ? Number(text) + 0 : Number.NaN;
}

/** Reads numbers of any form from bytes, with the kind of what was read in `kind`. */
export class NumberText {
  kind: KindCode = TEXT;

  /** The number in [from, to), which must not be empty; NaN when it is none. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const first = bytes[from];
    this.kind = TEXT;
    if (first > NINE && first !== LOWER_T && first !== LOWER_F) return Number.NaN; // no pattern begins like this
    const text = textOf(bytes, from, to);
    this.kind = kindOf(text);
    return numberOf(text, this.kind);
  }
}
