import type { FeatureConstraints, MonitoringConfig } from '../schemas';

/** The file's settings with those of the feature over them; the developer guide's spelling wins over the SDK's. */
export function effectiveConfig(config: MonitoringConfig = {}, feature: FeatureConstraints): MonitoringConfig {
  const layers = [config, feature.monitoring_config_overrides ?? {}, feature.monitoringConfigOverrides ?? {}];
  const distribution = Object.assign({}, ...layers.map((layer) => layer.distribution_constraints));
  return Object.assign({}, ...layers, { distribution_constraints: distribution });
}
