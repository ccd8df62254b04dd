/** A feature's attribution in the baseline and now. */
export interface AttributionPair {
  readonly baseline: number;
  readonly live: number;
}

/**
 * NDCG = DCG / iDCG: how well the ranking of features by their live attribution keeps the order of the baseline's. DCG adds
 * a(f'_i) / log2(i + 1), with a the baseline's attribution and f'_i the i-th feature by live attribution, the greatest first; iDCG is the same
 * for the order of the baseline itself. 1 when the order is kept; above 0 unless some baseline attributions are negative, which the
 * aggregation `median` can give: they count as they are, and the score stays at most 1 because no order has a greater sum than the ideal one.
 *
 * Features with the same live attribution share the mean of their gains, as in scikit-learn's `ndcg_score`, so that the order in which they are
 * given does not matter. Where the ideal sum is not above 0 there is no score: NaN (scikit-learn: 0, and an error for negative values). NaN for
 * no features and for attributions that are not finite.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift.html
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.ndcg_score.html
 */
export function attributionScore(features: readonly AttributionPair[]): number {
  if (features.some(({ baseline, live }) => !Number.isFinite(baseline) || !Number.isFinite(live))) return Number.NaN;
  const ideal = discountedGain(features.map(({ baseline }) => ({ baseline, live: baseline })));
  return ideal > 0 ? discountedGain(features) / ideal : Number.NaN;
}

/** Features of the same live attribution get the mean gain of all of them. */
function discountedGain(features: readonly AttributionPair[]): number {
  const sorted = [...features].sort((a, b) => b.live - a.live);
  let gain = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to].live === sorted[from].live) to += 1;
    const ties = sorted.slice(from, to);
    const mean = ties.reduce((sum, { baseline }) => sum + baseline, 0) / ties.length;
    for (let rank = from + 1; rank <= to; rank++) gain += mean / Math.log2(rank + 1);
  }
  return gain;
}
