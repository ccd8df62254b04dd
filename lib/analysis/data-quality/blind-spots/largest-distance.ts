import type { ComparisonMethod } from '../../schemas';
import { correction } from './chance';
import type { CollapsedSample } from './collapsed-sample';
import { sketchHeight } from './sketch-height';

/** A baseline's feature, and windows that are compared with it. */
export interface Windows {
  readonly baseline: CollapsedSample;
  /** rows of a window that have a value */
  readonly rows: number;
  readonly method: ComparisonMethod;
}

/**
 * The largest distance that any window has, negative where not even the largest difference exceeds what is taken off: all values of the
 * window are new, distinct, and beyond the baseline's. Minus infinity for an empty baseline or window.
 */
export function largestOfAll({ baseline, rows, method }: Windows): number {
  return 1 - correction({ n: baseline.total, m: rows, method });
}

/**
 * The largest distance of the windows whose values all occur in the baseline, in whatever shares, negative where not even the largest difference
 * exceeds what is taken off.
 *
 * It is that of a window with only the j lowest or only the j highest values, for some j. Any other window with the same values up to some point
 * has values beyond it, too, which lower the difference by more than they lower what is taken off. A value weighs at most the highest
 * level's weight. Minus infinity for an empty baseline or window.
 */
export function largestOfExisting({ baseline, rows, method }: Windows): number {
  const heaviest = 2 ** sketchHeight(rows);
  let largest = Number.NEGATIVE_INFINITY;
  for (const [index, below] of smallerShares(baseline).entries()) {
    const m = Math.min(rows, (index + 1) * heaviest);
    largest = Math.max(largest, 1 - below - correction({ n: baseline.total, m, method }));
  }
  return largest;
}

/**
 * The distance of the windows in which every value of the baseline still occurs and no other, whatever the shares: equal for all of them, as
 * each value counts once. Minus infinity for an empty baseline. Holds only while a window's sketch has a single level, up to 2,050 rows:
 * beyond, a rare value may drop out of the sketch.
 */
export function distanceOfKept({ baseline, method }: Omit<Windows, 'rows'>): number {
  const { length } = baseline.values;
  if (length === 0) return Number.NEGATIVE_INFINITY;
  const differences = cumulated(baseline.weights).map(
    (weight, index) => weight / baseline.total - (index + 1) / length,
  );
  const largest = differences.reduce((most, difference) => Math.max(most, Math.abs(difference)), 0);
  return largest - correction({ n: baseline.total, m: length, method });
}

/** For j = 1, 2 ... values: the smaller of the weight shares that the baseline's j lowest and j highest values have. */
function smallerShares({ weights, total }: CollapsedSample): number[] {
  const lowest = cumulated(weights);
  const highest = cumulated([...weights].reverse());
  return lowest.map((weight, index) => Math.min(weight, highest[index]) / total);
}

function cumulated(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}
