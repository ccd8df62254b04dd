const ZERO = 48;
const POINT = 46;
const PLUS = 43;
const MINUS = 45;

/** With so many digits, and as large a power of ten, numerator and denominator are exact, and so one division rounds as `Number(text)` does. */
const MAX_DIGITS = 15;
const POWERS = Array.from({ length: MAX_DIGITS + 1 }, (_, power) => 10 ** power);

/** The number that the bytes of a range are; NaN where they are anything but a sign, up to fifteen digits, and a point among them. */
export function plainNumber(memory: Uint8Array, from: number, to: number): number {
  const isSigned = memory[from] === MINUS || memory[from] === PLUS;
  let numerator = 0;
  let digits = 0;
  let point = to;
  for (let at = isSigned ? from + 1 : from; at < to; at++) {
    const digit = memory[at] - ZERO;
    if (digit >>> 0 < 10) {
      numerator = 10 * numerator + digit;
      digits += 1;
    } else if (memory[at] === POINT && point === to) point = at;
    else return Number.NaN;
  }
  if (digits === 0 || digits > MAX_DIGITS) return Number.NaN;
  const number = point === to ? numerator : numerator / POWERS[to - point - 1];
  return memory[from] === MINUS ? -number : number;
}
