import type { InferredType } from '../schemas';
import { type Meaning, meaningOf } from './meaning';

/** The generation of the container whose files are meant: `deequ-2.0` from about 2023 on, `deequ-1.0` before. */
export type Generation = 'deequ-2.0' | 'deequ-1.0';

/** The kinds a present value can have, in the order of the counts of {@link KindCounts}. */
export const KINDS = ['Fractional', 'Integral', 'Boolean', 'String'] as const;

/** Number of values of each of {@link KINDS}. */
export type KindCounts = [fractional: number, integral: number, boolean: number, string: number];

const FRACTIONAL = 0;
const INTEGRAL = 1;
const BOOLEAN = 2;
const STRING = 3;

/** The index into {@link KINDS} that either generation gives to a value, and the one by its meaning, packed into one small integer. */
export type KindCode = number;

const pack = (meant: number, newer: number, older: number): KindCode => (meant * 4 + newer) * 4 + older;
/** The index into {@link KINDS} by what a value means, whoever wrote it. */
export const meantKind = (code: KindCode): number => code >> 4;
/** The index into {@link KINDS} by the newer generation's patterns. */
export const newerKind = (code: KindCode): number => (code >> 2) & 3;
/** The index into {@link KINDS} by the older generation's patterns. */
export const olderKind = (code: KindCode): number => code & 3;

/**
 * A number is Integral if its value is whole, however it is written: `3.0` counts three of something, too. One beyond a double's range has no value: it is
 * in no distribution, and counts as text.
 */
function meaningKind(meaning: Meaning): number {
  if (typeof meaning === 'boolean') return BOOLEAN;
  if (typeof meaning === 'string' || !Number.isFinite(meaning)) return STRING;
  return Number.isInteger(meaning) ? INTEGRAL : FRACTIONAL;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

function digitsEnd(value: string, from: number): number {
  let at = from;
  while (isDigit(value.charCodeAt(at))) at++;
  return at;
}

function prefixEnd(value: string): number {
  const first = value.charCodeAt(0);
  const signed = first === 43 || first === 45 ? 1 : 0;
  return value.charCodeAt(signed) === 32 ? signed + 1 : signed;
}

function exponentEnd(value: string, from: number): number {
  if ((value.charCodeAt(from) | 32) !== 101) return -1;
  const sign = value.charCodeAt(from + 1);
  const start = sign === 43 || sign === 45 ? from + 2 : from + 1;
  const end = digitsEnd(value, start);
  return end > start ? end : -1;
}

/**
 * Gives the kind of one present value: for both generations of the container, which trim nothing, and by its meaning.
 *
 * Newer: Fractional `^(-|\+)? ?\d+((\.\d+)|((?:\.\d+)?[Ee][-+]?\d+))$`, Integral `^(-|\+)? ?\d+$`. Older: Fractional `^(-|\+)? ?\d*\.\d*$`,
 * Integral `^(-|\+)? ?\d*$` (no exponents). Both: Boolean `^(true|false)$`, everything else String. By meaning: {@link meaningOf}.
 *
 * @see https://github.com/awslabs/deequ/blob/master/src/main/scala/com/amazon/deequ/analyzers/catalyst/StatefulDataType.scala
 */
export function kindOf(value: string, meaning = meaningOf(value)): KindCode {
  const [newer, older] = containerKinds(value);
  return pack(meaningKind(meaning), newer, older);
}

function containerKinds(value: string): [newer: number, older: number] {
  const start = prefixEnd(value);
  const wholeEnd = digitsEnd(value, start);
  const hasWhole = wholeEnd > start;
  if (wholeEnd === value.length) return [hasWhole ? INTEGRAL : STRING, INTEGRAL];
  const point = value.charCodeAt(wholeEnd) === 46;
  const end = point ? digitsEnd(value, wholeEnd + 1) : wholeEnd;
  const hasFraction = end > wholeEnd + 1;
  if (point && end === value.length) return [hasWhole && hasFraction ? FRACTIONAL : STRING, FRACTIONAL];
  if (hasWhole && point === hasFraction && exponentEnd(value, end) === value.length) return [FRACTIONAL, STRING];
  return value === 'true' || value === 'false' ? [BOOLEAN, BOOLEAN] : [STRING, STRING];
}

/** Whether a column with these values is text: any String, or Booleans mixed with numbers. */
export function isText([fractional, integral, boolean, string]: KindCounts): boolean {
  return string > 0 || (boolean > 0 && fractional + integral > 0);
}

/** The type of a column with these values; `Unknown` when there is none. */
export function inferredType(counts: KindCounts): InferredType {
  const [fractional, integral, boolean] = counts;
  if (isText(counts)) return 'String';
  if (boolean > 0) return 'Boolean';
  if (fractional > 0) return 'Fractional';
  return integral > 0 ? 'Integral' : 'Unknown';
}
