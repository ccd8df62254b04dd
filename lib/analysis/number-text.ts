import { textOf } from './field-batch';
import { type KindCode, kindOf, newerKind, olderKind } from './inferred-type';

const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const NINE = 57;
const LOWER_F = 102;
const LOWER_T = 116;

const WHOLE_NUMBER: KindCode = kindOf('1');
const DECIMAL: KindCode = kindOf('1.0');
const TEXT: KindCode = kindOf('x');

/** Exact as doubles. */
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** The number that a text of this kind is; NaN when it is none, infinite when it is beyond a double's range. */
export function numberOf(text: string, kind: KindCode): number {
  const isNumber = newerKind(kind) < 2 || olderKind(kind) < 2;
  // '- 5' and '.' have a number's pattern but no value, in Spark's cast as here; adding 0 makes -0 a 0
  return isNumber ? Number(text) + 0 : Number.NaN;
}

/** Reads numbers from bytes of ASCII, with the kind of what was read in `kind`. Gives the same doubles as `Number(text)`. */
export class NumberText {
  kind: KindCode = TEXT;

  /** The number in [from, to), which must not be empty; NaN when it is none. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const first = bytes[from];
    if (first > NINE && first !== LOWER_T && first !== LOWER_F) {
      this.kind = TEXT; // no pattern begins like this
      return Number.NaN;
    }
    const digits = first === MINUS || first === PLUS ? from + 1 : from;
    let at = digits;
    let whole = 0;
    let digit = bytes[at] - 48;
    while (at < to && digit >>> 0 < 10) {
      whole = (whole * 10 + digit) | 0;
      digit = bytes[++at] - 48;
    }
    const point = at;
    let fraction = 0;
    if (at < to && bytes[at] === POINT) {
      digit = bytes[++at] - 48;
      while (at < to && digit >>> 0 < 10) {
        fraction = (fraction * 10 + digit) | 0;
        digit = bytes[++at] - 48;
      }
    }
    const wholeDigits = point - digits;
    const fractionDigits = at - point - 1; // -1 without a point
    // nine digits fit into 32 bits; fifteen are an exact double, and so is their power of ten: one division, rounded once
    const isShort = wholeDigits <= 9 && fractionDigits <= 9 && wholeDigits + fractionDigits <= 15;
    if (at < to || !isShort || wholeDigits === 0 || fractionDigits === 0) return this.readText(bytes, from, to);
    let value = whole;
    this.kind = WHOLE_NUMBER;
    if (fractionDigits > 0) {
      const power = POWERS_OF_TEN[fractionDigits];
      value = (whole * power + fraction) / power;
      this.kind = DECIMAL;
    }
    return first === MINUS ? 0 - value : value;
  }

  private readText(bytes: Uint8Array, from: number, to: number): number {
    const text = textOf(bytes, from, to);
    this.kind = kindOf(text);
    return numberOf(text, this.kind);
  }
}
