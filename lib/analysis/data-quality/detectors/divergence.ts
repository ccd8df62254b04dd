import { type CellCounts, totalOf } from './bins';

/** What is added to every count before shares are taken: Jeffreys' prior, so that an empty cell has no infinite logarithm. */
const SMOOTHING = 0.5;

/**
 * The population stability index: the sum of (q - p) ln(q / p) over cells, p and q being the shares in baseline and current sample after 0.5
 * was added to every count of the cells given. 0 and above. NaN when a sample is empty.
 *
 * @see https://scholarworks.wmich.edu/dissertations/3208/
 */
export function populationStabilityIndex({ baseline, current }: CellCounts): number {
  if (isEmpty({ baseline, current })) return Number.NaN;
  const p = shares(baseline, SMOOTHING);
  const q = shares(current, SMOOTHING);
  return p.reduce((sum, share, cell) => sum + (q[cell] - share) * Math.log(q[cell] / share), 0);
}

/**
 * The Jensen-Shannon distance, base 2: the square root of the mean of both shares' relative entropies to their average, 0 (same shares) to 1
 * (no cell in common). Nothing is smoothed. NaN when a sample is empty.
 *
 * @see https://docs.scipy.org/doc/scipy/reference/generated/scipy.spatial.distance.jensenshannon.html
 */
export function jensenShannonDistance({ baseline, current }: CellCounts): number {
  if (isEmpty({ baseline, current })) return Number.NaN;
  const p = shares(baseline, 0);
  const q = shares(current, 0);
  const entropy = (share: number, other: number) => (share > 0 ? share * Math.log2((2 * share) / (share + other)) : 0);
  const sum = p.reduce((all, share, cell) => all + entropy(share, q[cell]) + entropy(q[cell], share), 0);
  return Math.sqrt(Math.max(0, sum / 2));
}

/**
 * The total variation distance: half of the sum of the shares' absolute differences, which is the largest difference that any set of cells has;
 * 0 to 1. Of two values it is the Kolmogorov-Smirnov distance. NaN when a sample is empty.
 *
 * @see https://en.wikipedia.org/wiki/Total_variation_distance_of_probability_measures
 */
export function totalVariation({ baseline, current }: CellCounts): number {
  if (isEmpty({ baseline, current })) return Number.NaN;
  const p = shares(baseline, 0);
  const q = shares(current, 0);
  return p.reduce((sum, share, cell) => sum + Math.abs(share - q[cell]), 0) / 2;
}

const isEmpty = ({ baseline, current }: CellCounts) => totalOf(baseline) === 0 || totalOf(current) === 0;

function shares(counts: readonly number[], added: number): number[] {
  const total = totalOf(counts) + added * counts.length;
  return counts.map((count) => (count + added) / total);
}
