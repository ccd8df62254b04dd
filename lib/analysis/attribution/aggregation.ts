/** How the values of many rows become one: the mean of their sizes, the mean of their squares, or the median of the values as they are. */
export type Aggregation = 'mean_abs' | 'mean_sq' | 'median';

/**
 * One global attribution from the local ones of all rows. `median` keeps signs, so it can be negative; of an even number it is the mean of the
 * middle two. NaN without values; a NaN among them gives NaN for the means.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html (agg_method)
 */
export function aggregate(values: readonly number[], aggregation: Aggregation): number {
  if (aggregation === 'median') return median(values);
  const size = aggregation === 'mean_abs' ? Math.abs : (value: number) => value * value;
  return values.reduce((sum, value) => sum + size(value), 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
