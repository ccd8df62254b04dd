import type { IntervalFigure } from '../comparison';
import { bestScale, exponentialBoundary } from './boundaries';
import { around, type Certainty, weightOf } from './weighed-difference';

/** Requests, and how many of them were found to be something. */
export interface Counted {
  readonly count: number;
  readonly found: number;
}

/** What is kept of windows of counts. */
export interface CountedSums {
  readonly weight: number;
  readonly sum: number;
  readonly squares: number;
}

/** Of no window. */
export const NO_COUNTS: CountedSums = { weight: 0, sum: 0, squares: 0 };

/** Adds a window, of which a side without requests tells nothing. */
export function withCounts(sums: CountedSums, reference: Counted, candidate: Counted): CountedSums {
  const count = reference.count + candidate.count;
  if (reference.count === 0 || candidate.count === 0) return sums;
  const [one, other] = [candidate.count / count, reference.count / count];
  return {
    weight: sums.weight + weightOf(reference.count, candidate.count),
    sum: sums.sum + candidate.found * other - reference.found * one,
    squares: sums.squares + candidate.found * other ** 2 + reference.found * one ** 2,
  };
}

/** Found requests, each by its weight, of which a difference is usually told. */
const EXPECTED = 50;

/**
 * How much greater the candidate's share is, with a confidence sequence that holds of however few requests, as long as one does not depend on another. Undefined
 * without requests of both.
 */
export function countedInterval(
  { weight, sum, squares }: CountedSums,
  { level }: Pick<Certainty, 'level'>,
): IntervalFigure | undefined {
  if (weight === 0) return undefined;
  const boundary = { level: level / 2, scale: bestScale(EXPECTED, level) };
  return around(sum / weight, exponentialBoundary(squares, boundary) / weight);
}
