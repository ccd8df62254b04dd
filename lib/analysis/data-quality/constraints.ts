import type { Generation } from '../profile/inferred-type';
import type { Constraints, FeatureConstraints, FeatureStatistics, MonitoringConfig, Statistics } from '../schemas';

/** Options of {@link suggestConstraints}. */
export interface ConstraintsOptions {
  /** `deequ-2.0` where absent */
  readonly generation?: Generation;
}

/**
 * The `constraints.json` that Model Monitor suggests for a baseline: the observed types, completeness, signs and values, and its defaults.
 * A feature without values (`Unknown`) is required to have none: completeness 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export function suggestConstraints(statistics: Statistics, options: ConstraintsOptions = {}): Constraints {
  return {
    version: 0,
    features: statistics.features.map(featureConstraints),
    monitoring_config: monitoringConfig(options.generation),
  };
}

function featureConstraints(feature: FeatureStatistics): FeatureConstraints {
  const { name, inferred_type, numerical_statistics: numeric, string_statistics: text } = feature;
  const domains = text?.distribution?.categorical?.buckets.map(({ value }) => value);
  return {
    name,
    inferred_type,
    completeness: completeness(feature),
    ...(numeric && { num_constraints: { is_non_negative: numeric.min >= 0 } }),
    ...(domains && { string_constraints: { domains } }),
  };
}

function completeness({ numerical_statistics, string_statistics }: FeatureStatistics): number {
  const common = (numerical_statistics ?? string_statistics)?.common;
  if (!common || common.num_present === 0) return 0;
  return common.num_present / (common.num_present + common.num_missing);
}

/** The defaults that the container writes; the developer guide names 0.1 for the two check thresholds, real files have 1.0. */
function monitoringConfig(generation: Generation = 'deequ-2.0'): MonitoringConfig {
  return {
    evaluate_constraints: 'Enabled',
    emit_metrics: 'Enabled',
    datatype_check_threshold: 1,
    domain_content_threshold: 1,
    distribution_constraints: {
      perform_comparison: 'Enabled',
      comparison_threshold: 0.1,
      comparison_method: 'Robust',
      ...(generation !== 'deequ-1.0' && {
        categorical_comparison_threshold: 0.1,
        categorical_drift_method: 'LInfinity' as const,
      }),
    },
  };
}
