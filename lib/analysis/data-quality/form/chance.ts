import { hypergeometricSurvival } from '../../numbers/tail-probabilities';

/** How many values of a sample break a rule. */
export interface Breaches {
  readonly count: number;
  /** all values that could; 0 for an empty sample */
  readonly of: number;
}

/**
 * How likely chance alone makes a window break a rule as often as it does, if windows are drawn as the baseline was: Fisher's exact test, upper
 * side. 1 for a window that does not break it. A rule that was made after the baseline, as the list of its values, lets the baseline break it
 * never; the test is then on the safe side as long as what is new is spread over few values.
 *
 * @see https://en.wikipedia.org/wiki/Fisher%27s_exact_test
 */
export function chanceOf(window: Breaches, baseline: Breaches): number {
  if (window.count === 0) return 1;
  return hypergeometricSurvival(window.count, {
    population: window.of + baseline.of,
    marked: window.count + baseline.count,
    drawn: window.of,
  });
}

/** How many values of a sample occur once, and how many twice. */
export interface RareValues {
  readonly once: number;
  readonly twice: number;
  /** all values */
  readonly of: number;
}

/**
 * The values that another sample of the same source is expected to have and this one has not: as many as it met once (Good 1953). That estimate is less sure
 * than a share of as many values, by the values that were met twice (its variance is (N1 + 2 N2) / n²): it counts for a smaller sample accordingly.
 *
 * @see https://doi.org/10.2307/2333344
 */
export function newValues({ once, twice, of }: RareValues): Breaches {
  if (once === 0) return { count: 0, of };
  const scaled = Math.max(1, Math.round((once * once) / (once + 2 * twice)));
  return { count: scaled, of: Math.max(scaled, Math.round((of * scaled) / once)) };
}
