import { chiSquaredSurvival, kolmogorovSurvival } from '../../numbers/tail-probabilities';
import { DEFAULT_FALSE_ALARM_RATE } from './detect-drift';

/** A feature's comparison, as far as it is known before there are values. */
export interface VisibleDistanceInput {
  /** of the comparison; of those that are not known here nothing is said */
  readonly method: string;
  /** above it a distance counts */
  readonly threshold: number;
  /** with a value, in the baseline and in the window; 0 and above */
  readonly rows: readonly [baseline: number, window: number];
  /** of a feature that is not numeric: how many different values it has; 1 and above */
  readonly categories?: number;
  /** how many features of the window are tested, 1 and above */
  readonly tests: number;
  /** of the whole window, above 0 to 1; 0.001 where absent */
  readonly falseAlarmRate?: number;
}

const STEPS = 50;
/** Beyond it, both tails are 0 in doubles. */
const FARTHEST = 1e4;

/**
 * The distance from which on a shift is seen, whatever its values are: a smaller one is below the threshold, or may not be told from chance with so many
 * rows. In the method's unit, 0 to 1 and above: above 1 no shift is seen for sure. Of numbers it is exact but for ties; of categories it is that of the
 * shift which is hardest to see, one of all values alike.
 *
 * Undefined for methods whose test measures something else than their distance. Infinite without rows.
 */
export function visibleDistance(input: VisibleDistanceInput): number | undefined {
  const { method, threshold, rows } = input;
  const [n, m] = rows;
  const size = (n * m) / (n + m);
  if (!(size > 0)) return Number.POSITIVE_INFINITY;
  if (method === 'Simple') return threshold;
  if (method === 'Robust') return threshold + 1.8 / Math.sqrt(size); // what it takes off every distance
  return method === 'MassShift' ? Math.max(threshold, testedDistance(input, size)) : undefined;
}

/** The distance whose p-value is the false alarm rate's share of one test. */
function testedDistance({ categories, tests, falseAlarmRate }: VisibleDistanceInput, size: number): number {
  const level = (falseAlarmRate ?? DEFAULT_FALSE_ALARM_RATE) / tests;
  if (categories === undefined) return quantile(kolmogorovSurvival, level) / Math.sqrt(size);
  const degreesOfFreedom = Math.max(1, categories - 1);
  const statistic = quantile((x) => chiSquaredSurvival(x, degreesOfFreedom), level);
  return Math.sqrt(statistic / size) / 2; // by Cauchy and Schwarz the statistic is at least 4 d² nm / (n + m)
}

/** Where a falling tail reaches a level. */
function quantile(survival: (x: number) => number, level: number): number {
  let [low, high] = [0, FARTHEST];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (survival(middle) > level) low = middle;
    else high = middle;
  }
  return high;
}
