import { meaningOf } from '../profile/meaning';

/** What values can be cast to, in the words of a baseline's types. */
export type CastTypeName = 'Integral' | 'Fractional' | 'Boolean';

/** Digits alone, or with a fraction of zeros. */
const WHOLE = /^([+-]?)0*([1-9]\d*|0)(\.0*)?$/;
/** As a baseline's type Fractional is written. */
const FRACTIONAL = /^[+-]?\d+(\.\d+([eE][+-]?\d+)?|[eE][+-]?\d+)$/;

/**
 * A value as one of a type: `3.0`, `3e0` and `true` are the Integral `3`, `3` and `.5` are the Fractional `3.0` and `0.5`, `1` and `True` are the Boolean `true`.
 * Undefined for what is none, as `3.5` for Integral, an infinity, a text, the empty one included. No digit of a number in decimals is lost.
 */
export function castText(value: string, to: CastTypeName): string | undefined {
  const meaning = meaningOf(value);
  if (typeof meaning === 'string') return undefined;
  if (to === 'Boolean') return booleanText(Number(meaning));
  const text = typeof meaning === 'boolean' ? String(Number(meaning)) : value.trim();
  return to === 'Integral' ? integralText(text) : fractionalText(text);
}

function booleanText(number: number): string | undefined {
  if (number === 1) return 'true';
  return number === 0 ? 'false' : undefined;
}

function integralText(text: string): string | undefined {
  const [, sign, digits] = WHOLE.exec(text) ?? [];
  if (digits !== undefined) return sign === '-' && digits !== '0' ? `-${digits}` : digits;
  const number = Number(text);
  return Number.isSafeInteger(number) ? String(number + 0) : undefined;
}

function fractionalText(text: string): string | undefined {
  if (!Number.isFinite(Number(text))) return undefined;
  const plain = text.replace(/^(?<sign>[+-]?)\./, '$<sign>0.').replace(/\.(?=[eE]|$)/, '');
  return FRACTIONAL.test(plain) ? plain : `${integralText(plain)}.0`;
}
