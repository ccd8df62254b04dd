/** Lengths below this are told apart. */
const EXACT = 64;
/** Of longer ones, an eighth of a power of two is told apart: by 12.5 % at least. */
const STEPS = 8;
/** A length of up to 2^30: records are far shorter. */
const POWERS = 24;

/** How many classes of lengths there are. */
export const LENGTH_COUNT = EXACT + STEPS * POWERS;

/** The class of a length, from 0 on; those beyond the last class are in it. */
export function lengthClass(length: number): number {
  if (length < EXACT) return length;
  const power = 31 - Math.clz32(length);
  const step = (length >>> (power - 3)) & (STEPS - 1);
  return Math.min(EXACT + (power - 6) * STEPS + step, LENGTH_COUNT - 1);
}

/** The shortest length of a class. */
export function shortestOf(lengthClass: number): number {
  if (lengthClass < EXACT) return lengthClass;
  const power = Math.floor((lengthClass - EXACT) / STEPS) + 6;
  return (STEPS + ((lengthClass - EXACT) % STEPS)) * 2 ** (power - 3);
}

/** Code points of a text. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) length -= 1;
  return length;
}
