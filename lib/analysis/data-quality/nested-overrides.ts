import type { Constraints, FeatureConstraints, MonitoringConfig } from '../schemas';

/**
 * The constraints with the overrides of features where the developer guide has them. `Constraints.set_monitoring` of the SageMaker Python SDK wrote
 * those of a feature into its `string_constraints`; whoever called it meant the feature. What stands in a documented place wins.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/issues/2745
 */
export function withoutNestedOverrides(constraints: Constraints): Constraints {
  return { ...constraints, features: constraints.features.map(lifted) };
}

function lifted(feature: FeatureConstraints): FeatureConstraints {
  const nested = [feature.string_constraints, feature.num_constraints].flatMap(
    (part) => part?.monitoring_config_overrides ?? [],
  );
  if (nested.length === 0) return feature;
  return { ...feature, monitoring_config_overrides: merged([...nested, feature.monitoring_config_overrides ?? {}]) };
}

/** Later ones win. */
function merged(configs: readonly MonitoringConfig[]): MonitoringConfig {
  const distributions = configs.flatMap(({ distribution_constraints }) => distribution_constraints ?? []);
  const distribution = distributions.length > 0 && { distribution_constraints: Object.assign({}, ...distributions) };
  return Object.assign({}, ...configs, distribution);
}
