/**
 * Prints a double as Python does, which is how Clarify's files have it: at least one decimal (`2.0`), and E-notation below 1e-4 and from
 * 1e16 on (`1e-05`). Infinities are `Infinity`, as the files have them.
 *
 * @see https://docs.python.org/3/library/functions.html#repr
 */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (size < 1e-4 || size >= 1e16) return exponential(value);
  if (Number.isInteger(value)) return `${value}.0`;
  return String(value);
}

function exponential(value: number): string {
  const [digits, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
