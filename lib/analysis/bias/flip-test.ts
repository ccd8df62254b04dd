import type { Selection } from './counts';
import { divide } from './division';

const NEIGHBORS = 5;
/** Fewer advantaged rows than this have only one neighbor each. */
const ENOUGH_ROWS = 10;

/** Rows for the flip test: one entry per row each. */
export interface FlipTestInput {
  /** per row its numeric features; NaN has no distance and must not occur */
  readonly features: readonly (readonly number[])[];
  readonly facet: Selection;
  readonly predicted: Selection;
}

/**
 * FT = (F+ - F-) / n_d: every row of the facet's group is predicted again by the majority of its nearest neighbors (Euclidean, 5, or 1 when
 * there are fewer than 10) among the others; F+ are those whose prediction was positive and would be negative there, F- the reverse. -1 to 1;
 * 0 when a side has no rows. Of neighbors at the same distance the earlier row is nearer, where scikit-learn's choice depends on its search
 * tree. A row that occurs several times is as many neighbors: with five copies of every row the nearest one decides alone. Takes time in
 * proportion to n_a times n_d.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-ft.html
 */
export function flipTest({ features, facet, predicted }: FlipTestInput): number {
  const rows = features.map((_, row) => row);
  const others = rows.filter((row) => !facet[row]);
  const own = rows.filter((row) => facet[row]);
  if (others.length === 0) return 0;
  const k = others.length < ENOUGH_ROWS ? 1 : NEIGHBORS;
  let flips = 0;
  for (const row of own) {
    const nearest = nearestRows(features, { row, others, k });
    const isPositive = 2 * nearest.filter((other) => predicted[other]).length > k;
    if (isPositive !== predicted[row]) flips += predicted[row] ? 1 : -1;
  }
  return divide(flips, own.length);
}

interface Search {
  readonly row: number;
  readonly others: readonly number[];
  readonly k: number;
}

function nearestRows(features: FlipTestInput['features'], { row, others, k }: Search): number[] {
  const nearest: { other: number; distance: number }[] = [];
  for (const other of others) {
    const farthest = nearest.length < k ? Number.POSITIVE_INFINITY : nearest[k - 1].distance;
    const distance = squaredDistance(features[row], features[other], farthest);
    if (distance >= farthest) continue;
    const at = nearest.findIndex((each) => each.distance > distance);
    nearest.splice(at < 0 ? nearest.length : at, 0, { other, distance });
    if (nearest.length > k) nearest.pop();
  }
  return nearest.map(({ other }) => other);
}

/** Stops adding once it is at least the limit. */
function squaredDistance(a: readonly number[], b: readonly number[], limit: number): number {
  let sum = 0;
  for (let index = 0; index < a.length && sum < limit; index++) sum += (a[index] - b[index]) ** 2;
  return sum;
}
