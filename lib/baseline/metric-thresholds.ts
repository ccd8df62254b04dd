/**
 * Thresholds of metrics of model quality: a metric on the wrong side of its threshold violates. Each kind of problem has metrics of its own; a
 * threshold for one that the baseline does not have fails the deployment. On `serverless()` it violates when chance alone does not put it there, but with
 * `Checks.MODEL_MONITOR`.
 *
 * Shares and areas are 0 to 1; errors have the unit of the label.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export interface MetricThresholds {
  /**
   * Mean absolute error, in the unit of the label, 0 or more; more violates. Regression.
   *
   * @default - as in the baseline
   */
  readonly mae?: number;

  /**
   * Mean squared error, in the squared unit of the label, 0 or more; more violates. Regression.
   *
   * @default - as in the baseline
   */
  readonly mse?: number;

  /**
   * Root of the mean squared error, in the unit of the label, 0 or more; more violates. Regression.
   *
   * @default - as in the baseline
   */
  readonly rmse?: number;

  /**
   * Coefficient of determination, at most 1; less violates. Regression.
   *
   * @default - as in the baseline
   */
  readonly r2?: number;

  /**
   * Share of records that are predicted right, 0 to 1; less violates. Binary and multiclass classification.
   *
   * @default - as in the baseline
   */
  readonly accuracy?: number;

  /**
   * Share of positive records that are found, 0 to 1; less violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly recall?: number;

  /**
   * Share of positive predictions that are right, 0 to 1; less violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly precision?: number;

  /**
   * Area under the receiver operating characteristic, 0 to 1; less violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly auc?: number;

  /**
   * 0 to 1; less violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly truePositiveRate?: number;

  /**
   * 0 to 1; less violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly trueNegativeRate?: number;

  /**
   * 0 to 1; more violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly falsePositiveRate?: number;

  /**
   * 0 to 1; more violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly falseNegativeRate?: number;

  /**
   * F score that counts precision twice as much as recall, 0 to 1; less violates. Binary classification. (In real runs of the
   * container a broken threshold of this metric was not among the violations.)
   *
   * @default - as in the baseline
   */
  readonly f05?: number;

  /**
   * F score, 0 to 1; less violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly f1?: number;

  /**
   * F score that counts recall twice as much as precision, 0 to 1; less violates. Binary classification.
   *
   * @default - as in the baseline
   */
  readonly f2?: number;

  /**
   * Recall, weighted by the classes' shares, 0 to 1; less violates. Multiclass classification.
   *
   * @default - as in the baseline
   */
  readonly weightedRecall?: number;

  /**
   * Precision, weighted by the classes' shares, 0 to 1; less violates. Multiclass classification.
   *
   * @default - as in the baseline
   */
  readonly weightedPrecision?: number;

  /**
   * `f05`, weighted by the classes' shares, 0 to 1; less violates. Multiclass classification.
   *
   * @default - as in the baseline
   */
  readonly weightedF05?: number;

  /**
   * `f1`, weighted by the classes' shares, 0 to 1; less violates. Multiclass classification.
   *
   * @default - as in the baseline
   */
  readonly weightedF1?: number;

  /**
   * `f2`, weighted by the classes' shares, 0 to 1; less violates. Multiclass classification.
   *
   * @default - as in the baseline
   */
  readonly weightedF2?: number;
}

/**
 * Errors of a regression, whose range is open above.
 *
 * @internal
 */
export const ERROR_METRICS: readonly string[] = ['mae', 'mse', 'rmse'];

/**
 * The name of a metric in `constraints.json`: `truePositiveRate` is `true_positive_rate` there, `f05` is `f0_5`.
 *
 * @internal
 */
export function metricNameOf(prop: string): string {
  return prop.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/f05$/, 'f0_5');
}
