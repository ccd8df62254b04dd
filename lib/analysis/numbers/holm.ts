/**
 * P-values adjusted for their number by Holm: an adjusted one is at most `level` where a family-wise error rate of `level` lets it be called
 * significant, whatever the dependence between the tests. Same order and length; NaN stays NaN and counts as no test; empty for none.
 *
 * @see https://www.jstor.org/stable/4615733
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].filter((index) => !Number.isNaN(pValues[index]));
  order.sort((one, other) => pValues[one] - pValues[other]);
  const adjusted = pValues.map(() => Number.NaN);
  let least = 0;
  for (const [rank, index] of order.entries()) {
    least = Math.max(least, Math.min(1, pValues[index] * (order.length - rank)));
    adjusted[index] = least;
  }
  return adjusted;
}
