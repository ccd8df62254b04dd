import type { IntervalFigure } from '../comparison';
import { normalBoundary } from './boundaries';

/** How sure a sequence is to be. */
export interface Certainty {
  /** the probability that the truth is ever outside, above 0 */
  readonly level: number;
  /** the least difference that matters, above 0: where such a difference is found, the sequence is narrowest */
  readonly leastEffect: number;
}

/** A sum of differences, each by its weight, and how far chance puts it off. */
export interface WeighedDifference {
  readonly sum: number;
  readonly weight: number;
  readonly variance: number;
  /** of how many independent numbers the variance is, less one */
  readonly degreesOfFreedom: number;
}

/**
 * The mean difference, with an asymptotic confidence sequence: what is known, one by the square of the standard error, is the time that has passed. That the
 * variance is an estimate is made up for as Student's distribution does it.
 *
 * @see https://arxiv.org/abs/2103.06476 (the sequence)
 * @see https://doi.org/10.1214/aoms/1177706361 (from normal deviates to those of Student's distribution)
 */
export function asymptoticInterval(found: WeighedDifference, { level, leastEffect }: Certainty): IntervalFigure {
  const { sum, weight, variance, degreesOfFreedom } = found;
  const information = weight ** 2 / variance;
  const deviates = normalBoundary(information, { level, scale: 1 / leastEffect ** 2 }) / Math.sqrt(information);
  const student = Math.sqrt(degreesOfFreedom * Math.expm1(deviates ** 2 / degreesOfFreedom));
  return around(sum / weight, student / Math.sqrt(information));
}

/** A number with so much on either side. */
export function around(value: number, radius: number): IntervalFigure {
  return { value, low: value - radius, high: value + radius };
}

/**
 * The weight of the difference of two means of so many numbers: a window counts as it tells, and where the shares of the traffic change, like is still compared
 * with like.
 */
export function weightOf(reference: number, candidate: number): number {
  return (reference * candidate) / (reference + candidate);
}
