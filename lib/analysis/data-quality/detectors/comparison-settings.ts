import type { Constraints, DistributionConstraints } from '../../schemas';

/**
 * How a feature's distribution is to be compared by a `constraints.json`: the file's settings with those of the feature over them; the
 * developer guide's spelling of the overrides wins over the SDK's. Empty where the file says nothing.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export function comparisonSettings(constraints: Constraints, feature: string): DistributionConstraints {
  const own = constraints.features.find(({ name }) => name === feature);
  const layers = [constraints.monitoring_config, own?.monitoring_config_overrides, own?.monitoringConfigOverrides];
  return Object.assign({}, ...layers.map((layer) => layer?.distribution_constraints));
}

/** The threshold that such settings have for a numeric or a categorical feature, 0 to 1; undefined where they have none. */
export function thresholdOf(settings: DistributionConstraints, isCategorical: boolean): number | undefined {
  const { comparison_threshold: common, categorical_comparison_threshold: categorical } = settings;
  return isCategorical ? (categorical ?? common) : common;
}

/**
 * Whether violations of a feature count by a `constraints.json`: the setting of the feature, in either spelling, before that of the file. True where
 * the file says nothing.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export function isEvaluated(constraints: Constraints, feature: string): boolean {
  const own = constraints.features.find(({ name }) => name === feature);
  const layers = [own?.monitoringConfigOverrides, own?.monitoring_config_overrides, constraints.monitoring_config];
  return layers.find((layer) => layer?.evaluate_constraints !== undefined)?.evaluate_constraints !== 'Disabled';
}
