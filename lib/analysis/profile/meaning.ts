import { isDecimal } from '../numbers/decimal-text';

/** A value as it was meant. */
export type Meaning = string | number | boolean;

const NINE = 57;
const BOOLEAN = /^(true|false)$/i;

/**
 * What a value means, whoever wrote it: spaces around it and the case of `true` and `false` say nothing, and a number is its value. Everything
 * else, as `nan` and the empty text, is text without the spaces around it.
 */
export function meaningOf(value: string): Meaning {
  const text = withoutOuterSpaces(value);
  const first = text.charCodeAt(0);
  if (first <= NINE && isDecimal(text)) return Number(text) + 0; // adding 0 makes -0 a 0
  if (first > NINE && BOOLEAN.test(text)) return text.length === 'true'.length;
  return text;
}

/**
 * The category that a value means: without outer spaces, `true` and `false` in small letters. Numbers stay as they are written, since `02134` is
 * another code than `2134`.
 */
export function categoryOf(value: string): string {
  const meaning = meaningOf(value);
  return typeof meaning === 'number' ? withoutOuterSpaces(value) : String(meaning);
}

/** ASCII's alone: the bytes of a field are judged before they are text. */
function withoutOuterSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 32) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
  return text.slice(start, end);
}
