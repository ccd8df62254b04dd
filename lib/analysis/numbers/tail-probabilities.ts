const PRECISION = 1e-17;
const MAX_TERMS = 100_000;

/**
 * The probability that Kolmogorov's limiting distribution exceeds x: 1 at 0 and below, towards 0 for large x, NaN for NaN.
 *
 * From x = 1 on 2 sum (-1)^(k-1) exp(-2 k^2 x^2), below it 1 - sqrt(2 pi)/x sum exp(-(2k-1)^2 pi^2 / (8 x^2)): the same function, each where it
 * converges at once.
 *
 * @see https://doi.org/10.18637/jss.v008.i18
 */
export function kolmogorovSurvival(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  const terms = [1, 2, 3, 4, 5, 6];
  if (x >= 1) return 2 * terms.reduce((sum, k) => sum - (-1) ** k * Math.exp(-2 * k * k * x * x), 0);
  const below = terms.reduce((sum, k) => sum + Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x)), 0);
  return 1 - (Math.sqrt(2 * Math.PI) / x) * below;
}

/**
 * The probability that a chi-squared distribution exceeds x: 1 at 0 and below, and for no degrees of freedom 0 above 0; NaN for NaN.
 *
 * The regularized upper incomplete gamma function of half of both: its series for small x, its continued fraction otherwise.
 *
 * @see https://dlmf.nist.gov/8.11
 * @see https://dlmf.nist.gov/8.9
 */
export function chiSquaredSurvival(x: number, degreesOfFreedom: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  if (degreesOfFreedom === 0 || x === Number.POSITIVE_INFINITY) return 0;
  const shape = degreesOfFreedom / 2;
  const half = x / 2;
  const factor = Math.exp(shape * Math.log(half) - half - logGamma(shape));
  return half < shape + 1 ? 1 - factor * lowerSeries(shape, half) : factor * upperFraction(shape, half);
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; k < MAX_TERMS && term > sum * PRECISION; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum;
}

/** Lentz's evaluation of the continued fraction. */
function upperFraction(shape: number, x: number): number {
  let denominator = x + 1 - shape;
  let numerator = Number.MAX_VALUE;
  let inverse = 1 / denominator;
  let value = inverse;
  for (let k = 1; k < MAX_TERMS; k++) {
    const a = -k * (k - shape);
    denominator += 2;
    inverse = 1 / (a * inverse + denominator);
    numerator = denominator + a / numerator;
    const change = inverse * numerator;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return value;
}

/** What a draw without replacement is taken of. */
export interface Draw {
  /** all items */
  readonly population: number;
  /** how many of them are marked */
  readonly marked: number;
  /** how many items are drawn */
  readonly drawn: number;
}

/**
 * The probability of at least `found` marked items in a draw: Fisher's exact test, upper side. 1 for `found` 0, 0 where so many are impossible.
 *
 * @see https://en.wikipedia.org/wiki/Hypergeometric_distribution
 */
export function hypergeometricSurvival(found: number, { population, marked, drawn }: Draw): number {
  const least = Math.max(0, drawn + marked - population);
  if (found <= least) return 1;
  const most = Math.min(marked, drawn);
  const all = logChoose(population, drawn);
  let sum = 0;
  for (let k = found, term = 1; k <= most; k++) {
    const next = Math.exp(logChoose(marked, k) + logChoose(population - marked, drawn - k) - all);
    sum += next;
    if (next < term && next < sum * PRECISION) break; // behind the mode terms only fall
    term = next;
  }
  return Math.min(1, sum);
}

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** B(2k) / (2k (2k - 1)) of Stirling's series. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/**
 * The logarithm of the gamma function, for x above 0: Stirling's series, after the recurrence has moved x beyond 12.
 *
 * @see https://dlmf.nist.gov/5.11
 */
export function logGamma(x: number): number {
  let product = 1;
  let z = x;
  for (; z < 12; z++) product *= z;
  const series = STIRLING.reduce((sum, coefficient, index) => sum + coefficient / z ** (2 * index + 1), 0);
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
