// The files of a bias monitor, exactly as Clarify reads and writes them.

/** Metrics of the labels alone. */
export type PreTrainingMetricName = 'CDDL' | 'CI' | 'DPL' | 'JS' | 'KL' | 'KS' | 'LP' | 'TVD';

/** Metrics of predicted labels, most of them against the observed ones. */
export type PostTrainingMetricName =
  | 'AD'
  | 'CDDPL'
  | 'DAR'
  | 'DCA'
  | 'DCR'
  | 'DI'
  | 'DPPL'
  | 'DRR'
  | 'FT'
  | 'GE'
  | 'RD'
  | 'SD'
  | 'TE';

/** The short names that files, violations and CloudWatch metrics (`bias_metric_CI`) share. */
export type BiasMetricName = PreTrainingMetricName | PostTrainingMetricName;

/** A number as the files have it: infinities are text, and null is a metric that could not be computed. */
export type BiasValue = number | 'Infinity' | '-Infinity' | null;

/** One metric of one group. */
export interface BiasMetric {
  readonly name: BiasMetricName;
  readonly description: string;
  readonly value: BiasValue;
  /** why there is no value */
  readonly error?: string;
}

/** The metrics of one group of a facet, sorted by name. */
export interface FacetMetrics {
  /** the values of the group, separated by commas, or its interval: `1,2`, `(28, 90]` */
  readonly value_or_threshold: string;
  readonly metrics: BiasMetric[];
}

/** The metrics of one stage. */
export interface BiasSection {
  /** name of the column with the observed labels */
  readonly label: string;
  /** by name of the facet's column */
  readonly facets: Record<string, FacetMetrics[]>;
  /** what counts as positive: values separated by commas, or an interval */
  readonly label_value_or_threshold: string;
}

/**
 * `analysis.json` of a bias job; the baseline's is the constraints file of a monitor.
 *
 * `{"version":"1.0","pre_training_bias_metrics":{"label":"Target","facets":{"Sex":[{"value_or_threshold":"0",`
 * `"metrics":[{"name":"CI","description":"Class Imbalance (CI)","value":0.369}]}]},"label_value_or_threshold":"1"}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-analysis-results.html
 */
export interface BiasAnalysis {
  readonly version: '1.0';
  readonly post_training_bias_metrics?: BiasSection;
  readonly pre_training_bias_metrics?: BiasSection;
  /** how much chance is in the metrics; no part of Clarify's files */
  readonly sampling?: BiasSampling;
}

/** The two stages of an analysis, as its file names them. */
export type BiasStage = 'post_training_bias_metrics' | 'pre_training_bias_metrics';

/** How much chance is in metrics, by stage and facet. */
export type BiasSampling = { readonly [stage in BiasStage]?: { readonly [facet: string]: readonly GroupSampling[] } };

/** How much chance is in the metrics of one group. */
export interface GroupSampling {
  readonly value_or_threshold: string;
  /** rows of the group */
  readonly rows: number;
  /** all others */
  readonly other_rows: number;
  /** by metric: its value with half a row more of each outcome, which is finite, and its standard error */
  readonly estimates: { readonly [metric: string]: readonly [value: number, standardError: number] };
}

/**
 * One entry of `constraint_violations.json` of a bias monitor.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-violations.html
 */
export interface BiasViolation {
  readonly constraint_check_type: 'bias_drift_check';
  readonly description: string;
  readonly facet: string;
  readonly facet_value: string;
  readonly metric_name: BiasMetricName;
}
