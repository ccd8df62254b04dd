import type { ComparisonMethod, Constraints, FeatureConstraints, MonitoringConfig } from './schemas';

/** Changes to the constraints of a baseline. What is absent stays as suggested. */
export interface ConstraintOverrides {
  /** required share of present values that have the feature's type, 0 to 1 */
  readonly datatypeCheckThreshold?: number;
  /** required share of values among the baseline's, 0 to 1 */
  readonly domainContentThreshold?: number;
  readonly comparisonThreshold?: number;
  readonly comparisonMethod?: ComparisonMethod;
  readonly categoricalComparisonThreshold?: number;
  /** by feature name */
  readonly features?: { readonly [feature: string]: FeatureOverrides };
}

/** Changes to the constraints of one feature. What is absent stays as suggested. */
export interface FeatureOverrides {
  /** required share of present values, 0 to 1; wins over `completenessTolerance` */
  readonly completeness?: number;
  /** subtracted from the suggested completeness, 0 to 1; the result is not below 0 */
  readonly completenessTolerance?: number;
}

/** Constraints with their overrides applied. */
export interface OverriddenConstraints {
  readonly constraints: Constraints;
  /** features of the overrides that the constraints do not have, in the order given */
  readonly unknownFeatures: string[];
}

/** Applies overrides to a copy of the constraints; everything else in the file stays, keys that this library does not know included. */
export function applyOverrides(constraints: Constraints, overrides: ConstraintOverrides): OverriddenConstraints {
  const byFeature = new Map(Object.entries(overrides.features ?? {}));
  const known = new Set(constraints.features.map(({ name }) => name));
  return {
    constraints: {
      ...constraints,
      features: constraints.features.map((feature) => overrideFeature(feature, byFeature.get(feature.name))),
      monitoring_config: overrideConfig(constraints.monitoring_config ?? {}, overrides),
    },
    unknownFeatures: [...byFeature.keys()].filter((name) => !known.has(name)),
  };
}

function overrideFeature(feature: FeatureConstraints, overrides: FeatureOverrides = {}): FeatureConstraints {
  const { completeness, completenessTolerance } = overrides;
  if (completeness !== undefined) return { ...feature, completeness };
  if (completenessTolerance === undefined) return feature;
  return { ...feature, completeness: Math.max(0, (feature.completeness ?? 1) - completenessTolerance) };
}

function overrideConfig(config: MonitoringConfig, overrides: ConstraintOverrides): MonitoringConfig {
  const { distribution_constraints: distribution } = config;
  const changes = present({
    comparison_threshold: overrides.comparisonThreshold,
    comparison_method: overrides.comparisonMethod,
    categorical_comparison_threshold: overrides.categoricalComparisonThreshold,
  });
  return {
    ...config,
    ...present({
      datatype_check_threshold: overrides.datatypeCheckThreshold,
      domain_content_threshold: overrides.domainContentThreshold,
    }),
    ...(Object.keys(changes).length > 0 && { distribution_constraints: { ...distribution, ...changes } }),
  };
}

function present<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
