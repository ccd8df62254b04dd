/**
 * Prints a double as Java does, which is how Model Monitor's texts have it: at least one decimal (`100.0`), and E-notation below 1e-3 and
 * from 1e7 on (`1.0E-4`). What is not finite are the words `NaN`, `Infinity`, `-Infinity`, in both languages.
 *
 * @see https://docs.oracle.com/javase/8/docs/api/java/lang/Double.html#toString-double-
 */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits, exponent] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
