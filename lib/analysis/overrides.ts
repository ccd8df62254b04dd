import type { QualityConstraint, QualityConstraintTable } from './model-quality';
import type {
  CategoricalDriftMethod,
  ComparisonMethod,
  Constraints,
  FeatureConstraints,
  MonitoringConfig,
  Switch,
} from './schemas';

/** Changes to what the checks tolerate. What is absent stays as suggested. */
export interface MonitoringOverrides {
  readonly evaluateConstraints?: boolean;
  readonly emitMetrics?: boolean;
  /** required share of present values that have the feature's type, 0 to 1 */
  readonly datatypeCheckThreshold?: number;
  /** required share of values among the baseline's, 0 to 1 */
  readonly domainContentThreshold?: number;
  readonly performComparison?: boolean;
  readonly comparisonThreshold?: number;
  readonly comparisonMethod?: ComparisonMethod;
  readonly categoricalComparisonThreshold?: number;
  readonly categoricalDriftMethod?: CategoricalDriftMethod;
}

/** Changes to the constraints of a baseline. What is absent stays as suggested. */
export interface ConstraintOverrides extends MonitoringOverrides {
  /** by feature name */
  readonly features?: { readonly [feature: string]: FeatureOverrides };
}

/** Changes to the constraints of one feature. */
export interface FeatureOverrides extends MonitoringOverrides {
  /** required share of present values, 0 to 1; wins over `completenessTolerance` */
  readonly completeness?: number;
  /** subtracted from the suggested completeness, 0 to 1; the result is not below 0 */
  readonly completenessTolerance?: number;
  /** the known categories, in place of those of the baseline */
  readonly domains?: string[];
}

/** Constraints with their overrides applied. */
export interface OverriddenConstraints {
  readonly constraints: Constraints;
  /** features of the overrides that the constraints do not have, in the order given */
  readonly unknownFeatures: string[];
}

/** Thresholds of model quality with their overrides applied. */
export interface OverriddenQualityConstraints<File> {
  readonly constraints: File;
  /** metrics of the overrides that the constraints do not have, in the order given */
  readonly unknownMetrics: string[];
  /** metrics that the constraints have, in their order */
  readonly knownMetrics: string[];
}

/** The one of these that a `constraints.json` of model quality has, by the kind of problem. */
const QUALITY_TABLES = [
  'regression_constraints',
  'binary_classification_constraints',
  'multiclass_classification_constraints',
] as const;

/** A `constraints.json` of model quality, as it is read: keys that this library does not know included. */
export type QualityConstraintsFile = { readonly [table in (typeof QUALITY_TABLES)[number]]?: QualityConstraintTable };

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

/**
 * Sets thresholds of model quality in a copy of the constraints, whichever kind of problem they are for; operators and everything else stay.
 *
 * @param thresholds by the metric's name in the file: `{"auc": 0.8}`
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
 */
export function applyMetricThresholds<File extends QualityConstraintsFile>(
  constraints: File,
  thresholds: { readonly [metric: string]: number },
): OverriddenQualityConstraints<File> {
  const present = QUALITY_TABLES.filter((name) => constraints[name] !== undefined);
  const knownMetrics = present.flatMap((name) => Object.keys(constraints[name] ?? {}));
  const tables = present.map((name) => [name, overrideTable(constraints[name] ?? {}, thresholds)]);
  return {
    constraints: { ...constraints, ...Object.fromEntries(tables) },
    unknownMetrics: Object.keys(thresholds).filter((metric) => !knownMetrics.includes(metric)),
    knownMetrics,
  };
}

function overrideTable(
  table: QualityConstraintTable,
  thresholds: { readonly [metric: string]: number },
): QualityConstraintTable {
  const override = ([metric, constraint]: [string, QualityConstraint]) =>
    Object.hasOwn(thresholds, metric) ? { ...constraint, threshold: thresholds[metric] } : constraint;
  return Object.fromEntries(Object.entries(table).map((entry) => [entry[0], override(entry)]));
}

function overrideFeature(feature: FeatureConstraints, overrides?: FeatureOverrides): FeatureConstraints {
  if (!overrides) return feature;
  const config = overrideConfig(feature.monitoringConfigOverrides ?? {}, overrides);
  return {
    ...feature,
    ...present({ completeness: overriddenCompleteness(feature, overrides) }),
    ...(overrides.domains && { string_constraints: { ...feature.string_constraints, domains: overrides.domains } }),
    ...(Object.keys(config).length > 0 && { monitoringConfigOverrides: config }),
  };
}

function overriddenCompleteness(feature: FeatureConstraints, overrides: FeatureOverrides): number | undefined {
  const { completeness, completenessTolerance } = overrides;
  if (completeness !== undefined || completenessTolerance === undefined) return completeness;
  return Math.max(0, (feature.completeness ?? 1) - completenessTolerance);
}

function overrideConfig(config: MonitoringConfig, overrides: MonitoringOverrides): MonitoringConfig {
  const { distribution_constraints: distribution } = config;
  const changes = present({
    perform_comparison: switchOf(overrides.performComparison),
    comparison_threshold: overrides.comparisonThreshold,
    comparison_method: overrides.comparisonMethod,
    categorical_comparison_threshold: overrides.categoricalComparisonThreshold,
    categorical_drift_method: overrides.categoricalDriftMethod,
  });
  return {
    ...config,
    ...present({
      evaluate_constraints: switchOf(overrides.evaluateConstraints),
      emit_metrics: switchOf(overrides.emitMetrics),
      datatype_check_threshold: overrides.datatypeCheckThreshold,
      domain_content_threshold: overrides.domainContentThreshold,
    }),
    ...(Object.keys(changes).length > 0 && { distribution_constraints: { ...distribution, ...changes } }),
  };
}

function switchOf(enabled: boolean | undefined): Switch | undefined {
  return enabled === undefined ? undefined : enabled ? 'Enabled' : 'Disabled';
}

function present<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
