import type { IntervalFigure } from '../comparison';

/** Standard errors on either side that have 95 of 100 draws of a normal distribution. */
const SPREAD = 1.959963984540054;

/** A number with the interval that its standard error gives it. NaN where one of the two is. */
export function intervalFigure([value, error]: readonly [number, number]): IntervalFigure {
  return { value, low: value - SPREAD * error, high: value + SPREAD * error };
}

/** The standard error that gave a number its interval; NaN where it has none. */
export const standardErrorOf = ({ low, high }: IntervalFigure): number => (high - low) / (2 * SPREAD);

/**
 * The share of so many of so many rows, with Wilson's interval; NaN without rows.
 *
 * @see https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
 */
export function shareFigure(found: number, rows: number): IntervalFigure {
  const value = found / rows;
  const square = SPREAD ** 2 / rows;
  const middle = (value + square / 2) / (1 + square);
  const half = (SPREAD / (1 + square)) * Math.sqrt((value * (1 - value)) / rows + square / (4 * rows));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
