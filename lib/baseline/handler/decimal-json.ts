/** Texts, which stay, or numbers with an exponent. */
const TEXT_OR_EXPONENT = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?[eE][+-]?\d+/g;

/**
 * JSON of a value, indented by two, whose numbers are written without exponents: `0.0000001` for `1e-7`. The same double is read from it.
 *
 * Model Monitor wants constraints of model quality so.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
 */
export function decimalJson(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2);
  return json.replace(TEXT_OR_EXPONENT, (token) => (token.startsWith('"') ? token : withoutExponent(token)));
}

/** The same digits with the point moved to the right or, for a negative exponent, to the left. */
function withoutExponent(number: string): string {
  const [mantissa, exponent] = number.toLowerCase().split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole, fraction = ''] = mantissa.slice(sign.length).split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
