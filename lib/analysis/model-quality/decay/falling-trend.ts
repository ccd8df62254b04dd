import type { Estimate } from '../../numbers/delta-method';
import { oneSided } from '../../numbers/one-sided';
import { sum } from '../../numbers/sum';

/** How the last values of a series fall. */
export interface FallingTrend {
  /** by which each of the last values is below the one before it; negative where they rise */
  readonly step: number;
  /** of the values before they fall */
  readonly level: number;
  /** how likely chance, and values that follow each other, make such a fall, 0 to 1 */
  readonly pValue: number;
}

/** Standard errors of a correlation by which more is taken than was seen: few values say little about how they follow each other. */
const CAUTION = 1.645;

/** So much of a value may come from the one before it. */
const MOST_CORRELATION = 0.95;

/**
 * Whether the last values fall: a line that is level until then, and falls from there on, by weighted least squares. Its slope is held to the errors of the values,
 * and to how far they are from the line, whichever is less sure: values that wander, or follow a day, are farther from a line than their errors say. How much they
 * follow each other counts by the upper limit of the correlation of neighbours, so that they are worth as many fewer values.
 *
 * @param values the oldest first, with standard errors above 0; three at least
 * @param last how many of them fall, all of them at most
 */
export function fallingTrend(values: readonly Estimate[], last: number): FallingTrend {
  const steps = values.map((_, index) => Math.max(0, index - (values.length - last) + 1));
  const weights = values.map(([, error]) => error ** -2);
  const mean = (of: readonly number[]) => sum(of.map((one, index) => one * weights[index])) / sum(weights);
  const [middle, value] = [mean(steps), mean(values.map(([one]) => one))];
  const spread = sum(steps.map((one, index) => weights[index] * (one - middle) ** 2));
  const slope = sum(steps.map((one, index) => weights[index] * (one - middle) * (values[index][0] - value))) / spread;
  const rest = values.map(([one, error], index) => (one - value - slope * (steps[index] - middle)) / error);
  const fallen = -slope * Math.sqrt(spread);
  return { step: -slope, level: value - slope * middle, pValue: Math.max(oneSided(fallen), byTheirRest(fallen, rest)) };
}

/** How likely chance puts a slope as many standard errors below 0, if the errors are what values are off the line. */
function byTheirRest(fallen: number, rest: readonly number[]): number {
  const squares = sum(rest.map((one) => one * one));
  if (squares === 0) return 0;
  const degrees = rest.length - 2;
  const followed = correlation(rest, squares);
  const variance = (squares / degrees) * ((1 + followed) / (1 - followed));
  const worth = Math.max(2, (degrees * (1 - followed ** 2)) / (1 + followed ** 2));
  return oneSided(asNormal(fallen / Math.sqrt(variance), worth));
}

/** The upper limit of how much what is left of a value comes from the one before it; 0 where they do not follow each other. */
function correlation(rest: readonly number[], squares: number): number {
  const { length } = rest;
  const seen = sum(rest.slice(1).map((one, index) => one * rest[index])) / squares;
  const unbiased = seen + (1 + 4 * Math.max(0, seen)) / length;
  const limit = unbiased + CAUTION * Math.sqrt((1 - Math.min(1, unbiased ** 2)) / length);
  return Math.min(MOST_CORRELATION, Math.max(0, limit));
}

/** As many standard errors as are as unlikely as a value of Student's t, by Wallace's approximation, which a test holds to the distribution. */
const asNormal = (t: number, degrees: number): number =>
  (Math.sign(t) * Math.sqrt(degrees * Math.log1p((t * t) / degrees)) * (8 * degrees + 1)) / (8 * degrees + 3);
