// The files of a data-quality monitor, exactly as Model Monitor reads and writes them.

/** The type of a feature: `Unknown` when every value is missing. */
export type InferredType = 'Integral' | 'Fractional' | 'Boolean' | 'String' | 'Unknown';

/** How many values of a feature are there, and how many are empty. */
export interface CommonStatistics {
  readonly num_present: number;
  readonly num_missing: number;
}

/** One of ten bins of equal width; the last one includes its upper bound. */
export interface Bucket {
  readonly lower_bound: number;
  readonly upper_bound: number;
  readonly count: number;
}

/** A KLL sketch: `data[i]` is the buffer of level i, whose items weigh 2^i each. */
export interface KllSketchData {
  readonly parameters: { readonly c: number; readonly k: number };
  readonly data: number[][];
}

/** Statistics of an Integral or Fractional feature, over the values that are present. */
export interface NumericalStatistics {
  readonly common: CommonStatistics;
  readonly mean: number;
  readonly sum: number;
  /** standard deviation of the population */
  readonly std_dev: number;
  readonly min: number;
  readonly max: number;
  /** from the newer containers only */
  readonly approximate_num_distinct_values?: number;
  /** present / all, 0 to 1; from the newer containers only */
  readonly completeness?: number;
  readonly distribution?: { readonly kll?: { readonly buckets: Bucket[]; readonly sketch?: KllSketchData } };
}

/** How often a value occurs, exactly. */
export interface CategoryCount {
  readonly value: string;
  readonly count: number;
}

/** Statistics of a feature that is not numeric. */
export interface StringStatistics {
  readonly common: CommonStatistics;
  /** approximate */
  readonly distinct_count: number;
  /** present / all, 0 to 1; from the newer containers only */
  readonly completeness?: number;
  /** absent above 120 distinct values; missing values count as `NullValue` */
  readonly distribution?: { readonly categorical?: { readonly buckets: CategoryCount[] } };
}

/** Statistics of one feature: numeric or of strings, neither where the type is `Unknown`. */
export interface FeatureStatistics {
  readonly name: string;
  readonly inferred_type: InferredType;
  readonly numerical_statistics?: NumericalStatistics;
  readonly string_statistics?: StringStatistics;
}

/**
 * `statistics.json` of a data-quality baseline or run.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-statistics.html
 */
export interface Statistics {
  readonly version: number;
  readonly dataset: { readonly item_count: number };
  readonly features: FeatureStatistics[];
}

/** How distributions are compared; `Robust` takes off what the sizes of the samples alone explain. */
export type ComparisonMethod = 'Simple' | 'Robust';
/** The distance of two String features. */
export type CategoricalDriftMethod = 'LInfinity' | 'ChiSquared';
/** Model Monitor's word for a boolean. */
export type Switch = 'Enabled' | 'Disabled';

/** Whether and how distributions are compared with the baseline. */
export interface DistributionConstraints {
  readonly perform_comparison?: Switch;
  /** a distance above it violates, 0 to 1 */
  readonly comparison_threshold?: number;
  readonly comparison_method?: ComparisonMethod;
  /** for String features; `comparison_threshold` where absent */
  readonly categorical_comparison_threshold?: number;
  readonly categorical_drift_method?: CategoricalDriftMethod;
}

/** What the checks tolerate: of the whole file, or of one feature as its overrides. */
export interface MonitoringConfig {
  readonly evaluate_constraints?: Switch;
  readonly emit_metrics?: Switch;
  /** required share of present values that have the feature's type, 0 to 1 */
  readonly datatype_check_threshold?: number;
  /** required share of values inside `domains`, 0 to 1 */
  readonly domain_content_threshold?: number;
  readonly distribution_constraints?: DistributionConstraints;
}

/** Where the Python SDK wrote the overrides of a feature before it was mended; Model Monitor documents no such place. */
export interface NestedOverrides {
  readonly monitoring_config_overrides?: MonitoringConfig;
}

/** What is required of one feature. */
export interface FeatureConstraints {
  readonly name: string;
  readonly inferred_type: InferredType;
  /** required share of present values, 0 to 1 */
  readonly completeness?: number;
  readonly num_constraints?: { readonly is_non_negative?: boolean } & NestedOverrides;
  readonly string_constraints?: { readonly domains?: string[] } & NestedOverrides;
  /** as the developer guide spells it */
  readonly monitoringConfigOverrides?: MonitoringConfig;
  /** as the Python SDK spells it */
  readonly monitoring_config_overrides?: MonitoringConfig;
}

/**
 * `constraints.json` of a data-quality baseline.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export interface Constraints {
  readonly version: number;
  readonly features: FeatureConstraints[];
  readonly monitoring_config?: MonitoringConfig;
}

/** The checks that a violation may come from; the last four are this library's own, of text with too many values for a histogram. */
export type ConstraintCheckType =
  | 'data_type_check'
  | 'completeness_check'
  | 'baseline_drift_check'
  | 'missing_column_check'
  | 'extra_column_check'
  | 'categorical_values_check'
  | 'known_values_check'
  | 'text_length_check'
  | 'text_form_check'
  | 'numbers_among_text_check';

/**
 * One entry of `constraint_violations.json`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 */
export interface Violation {
  readonly feature_name: string;
  readonly constraint_check_type: ConstraintCheckType;
  readonly description: string;
}
