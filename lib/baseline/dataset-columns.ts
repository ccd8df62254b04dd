import { map, optional, struct, TEXT } from '../core/prop-shapes';

/**
 * Columns of a dataset that are no plain features: what a baseline of model quality or bias is computed from.
 *
 * Names as in the header, `_c0`, `_c1`, ... without one, or JMESPath expressions for JSON.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
 */
export interface DatasetColumns {
  /**
   * The ground truth.
   *
   * @default - the dataset has none
   */
  readonly label?: string;

  /**
   * The model's prediction: a class or a number.
   *
   * @default - the dataset has none
   */
  readonly prediction?: string;

  /**
   * The model's probability of the positive class, 0 to 1.
   *
   * @default - the dataset has none
   */
  readonly probability?: string;

  /**
   * The model's probabilities of several classes, 0 to 1 each: columns by class, `{ cat: 'p_cat', dog: 'p_dog' }`.
   *
   * @default - the dataset has none
   */
  readonly probabilities?: { readonly [label: string]: string };
}

/**
 * The shape of the columns of a dataset.
 *
 * @internal
 */
export const COLUMNS = struct<DatasetColumns>({
  label: optional(TEXT),
  prediction: optional(TEXT),
  probability: optional(TEXT),
  probabilities: optional(map(TEXT)),
});
/**
 * All columns that a dataset names: each with what it is.
 *
 * @internal
 */
export function namedColumns({ probabilities, ...columns }: DatasetColumns = {}): [string, string][] {
  const ofLabels = Object.entries(probabilities ?? {}).map(
    ([label, name]) => [`probabilities.${label}`, name] as const,
  );
  return [...Object.entries(columns), ...ofLabels].flatMap(([what, name]) =>
    name === undefined ? [] : [[what, name]],
  );
}
