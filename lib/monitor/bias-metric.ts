import { oneOf, type Shapes, TEXT } from '../core/prop-shapes';

/**
 * The metrics of bias that SageMaker Clarify computes, by their names in its reports.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-data-bias.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-post-training-bias.html
 */
export enum BiasMetric {
  /** Class imbalance, before training. */
  CI = 'CI',
  /** Difference in proportions of labels, before training. */
  DPL = 'DPL',
  /** Kullback-Leibler divergence, before training. */
  KL = 'KL',
  /** Jensen-Shannon divergence, before training. */
  JS = 'JS',
  /** Lp-norm, before training. */
  LP = 'LP',
  /** Total variation distance, before training. */
  TVD = 'TVD',
  /** Kolmogorov-Smirnov, before training. */
  KS = 'KS',
  /** Conditional demographic disparity in labels, before training; needs a group variable. */
  CDDL = 'CDDL',
  /** Difference in positive proportions in predicted labels, after training. */
  DPPL = 'DPPL',
  /** Disparate impact, after training. */
  DI = 'DI',
  /** Difference in conditional acceptance, after training. */
  DCA = 'DCA',
  /** Difference in conditional rejection, after training. */
  DCR = 'DCR',
  /** Recall difference, after training. */
  RD = 'RD',
  /** Specificity difference, after training. */
  SD = 'SD',
  /** Difference in acceptance rates, after training. */
  DAR = 'DAR',
  /** Difference in rejection rates, after training. */
  DRR = 'DRR',
  /** Accuracy difference, after training. */
  AD = 'AD',
  /** Conditional demographic disparity in predicted labels, after training; needs a group variable. */
  CDDPL = 'CDDPL',
  /** Treatment equality, after training. */
  TE = 'TE',
  /** Counterfactual flip test, after training. */
  FT = 'FT',
  /** Generalized entropy, after training. */
  GE = 'GE',
}

/**
 * A metric of bias of one group.
 *
 * Values are texts as SageMaker writes them into `analysis.json`. Of a continuous feature or label that is an interval, `(100.0, 2279.0]`, whose end
 * is the greatest value of the data and changes with them: an alarm on such a metric may fall silent. Alarms on violations do not.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-cw.html
 */
export interface BiasMetricOptions {
  /** Which metric. It says itself whether it is of the stage before or after training. */
  readonly metric: BiasMetric;

  /** The feature by which groups are told apart: the name of a facet of the analysis. */
  readonly facet: string;

  /** The group: `value_or_threshold` of the report, as `0`. */
  readonly facetValue: string;

  /** Name of the label, as the analysis has it. */
  readonly label: string;

  /** The outcome that people wish for: `label_value_or_threshold` of the report, as `1`. */
  readonly labelValue: string;
}

/**
 * What names one metric of bias.
 *
 * @internal
 */
export const BIAS_METRIC: Shapes<BiasMetricOptions> = {
  metric: oneOf(BiasMetric),
  facet: TEXT,
  facetValue: TEXT,
  label: TEXT,
  labelValue: TEXT,
};
