import type { BiasColumn } from './column';
import { columnNumbers } from './data-type';

/**
 * Predicted labels from the scores of a binary classifier: 1 above the threshold, 0 up to it, null where a score is missing or no number.
 * The column is `integer`, as the labels of such a model are.
 *
 * @param threshold 0 to 1 for probabilities; Clarify's default is 0.5
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html (probability_threshold)
 */
export function labelsFromScores(scores: BiasColumn, name: string, threshold = 0.5): BiasColumn {
  const values = columnNumbers(scores).map((score) => (Number.isNaN(score) ? null : Number(score > threshold)));
  return { name, kind: 'integer', values };
}
