import { Token } from 'aws-cdk-lib';
import {
  BOOLEAN,
  list,
  map,
  NUMBER,
  oneOf,
  optional,
  requireProps,
  type Shapes,
  struct,
  TEXT,
} from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { KINDS } from '../kind/kinds';
import type { MonitorKind } from '../kind/monitor-kind';
import type { ConstraintOverridesConfig } from './contract';
import { ERROR_METRICS, type MetricThresholds, metricNameOf } from './metric-thresholds';

/** How the distance between a numeric feature and its baseline is measured. */
export enum ComparisonMethod {
  /** The largest difference of the two cumulative distributions. */
  SIMPLE = 'Simple',
  /** The same, less an allowance for small samples: what the container suggests. Blind for small windows and few distinct values. */
  ROBUST = 'Robust',
}

/**
 * How the distance between a categorical feature and its baseline is measured.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export enum CategoricalDriftMethod {
  /** The largest difference of the shares of one category: what the container suggests. */
  L_INFINITY = 'LInfinity',
  /** By a chi-squared statistic of all categories. */
  CHI_SQUARED = 'ChiSquared',
}

/**
 * What the checks of data quality tolerate: for all features, or for one.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export interface MonitoringOverrides {
  /**
   * Whether violations are looked for.
   *
   * @default - as in the baseline; the container suggests true
   */
  readonly evaluateConstraints?: boolean;

  /**
   * Whether the container publishes its own metrics. Without them, graphs and alarms on them never have data.
   *
   * @default - as in the baseline; the container suggests true
   */
  readonly emitMetrics?: boolean;

  /**
   * Share of present values that must have the baseline's type, 0 to 1.
   *
   * @default - as in the baseline; the container suggests 1.0
   */
  readonly datatypeCheckThreshold?: number;

  /**
   * Share of values that must be among the categories of the baseline, 0 to 1.
   *
   * @default - as in the baseline; the container suggests 1.0
   */
  readonly domainContentThreshold?: number;

  /**
   * Whether distributions are compared with those of the baseline.
   *
   * @default - as in the baseline; the container suggests true
   */
  readonly performComparison?: boolean;

  /**
   * Distance of a distribution to its baseline above which it violates, 0 to 1. Holds on Model Monitor and, on the serverless engine, for
   * `DriftMethod.MASS_SHIFT` and `DriftMethod.MODEL_MONITOR`; other methods have thresholds of their own.
   *
   * @default - as in the baseline; the container suggests 0.1
   */
  readonly comparisonThreshold?: number;

  /**
   * How that distance is measured where Model Monitor's rule decides: on its engine, and for `DriftMethod.MODEL_MONITOR`. Without meaning for the
   * other drift methods.
   *
   * @default - as in the baseline; the container suggests Robust
   */
  readonly comparisonMethod?: ComparisonMethod;

  /**
   * The same threshold for String features, 0 to 1.
   *
   * @default - as in the baseline; the container suggests 0.1
   */
  readonly categoricalComparisonThreshold?: number;

  /**
   * How the distance of String features is measured where Model Monitor's rule decides.
   *
   * @default - as in the baseline; the container suggests LInfinity
   */
  readonly categoricalDriftMethod?: CategoricalDriftMethod;
}

/** Changes to what a baseline suggests for one feature; they win over those for all features. */
export interface FeatureOverrides extends MonitoringOverrides {
  /**
   * Share of present values below which a window violates, 0 to 1.
   *
   * @default - the share that the baseline had
   */
  readonly completeness?: number;

  /**
   * Subtracted from the share of present values that the baseline had, 0 to 1; the result is not below 0.
   * Not together with `completeness`.
   *
   * @default 0
   */
  readonly completenessTolerance?: number;

  /**
   * The known categories of the feature, in place of those of the baseline; at least one.
   *
   * @default - those of the baseline
   */
  readonly domains?: string[];
}

/**
 * Changes to the constraints that a baseline suggests. What is absent stays as suggested.
 *
 * The suggested constraints are strict: one new category, one more missing value or a metric a little worse than in the baseline violates them,
 * so most users loosen some. Monitors of data quality take all but `metricThresholds`, those of model quality take `metricThresholds` only; those of
 * bias and explainability take none, as the service has no such settings.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const bucket: s3.IBucket;
 * Baseline.fromDataset(Dataset.csv(bucket, 'churn/train.csv')).withOverrides({
 *   comparisonThreshold: 0.2,
 *   features: { tenure: { completenessTolerance: 0.05 }, plan: { evaluateConstraints: false } },
 * });
 */
export interface ConstraintOverrides extends MonitoringOverrides {
  /**
   * Thresholds of metrics of model quality.
   *
   * @default - the values that the baseline itself had
   */
  readonly metricThresholds?: MetricThresholds;

  /**
   * Changes for single features, by name. A name that the baseline does not know fails the deployment.
   *
   * @default - none
   */
  readonly features?: { [feature: string]: FeatureOverrides };
}

/**
 * Checks overrides, and brings them into the form that the handler reads.
 *
 * @internal
 */
export function constraintOverridesConfig(overrides: ConstraintOverrides): ConstraintOverridesConfig {
  requireProps(overrides, OVERRIDES);
  const { features, metricThresholds, ...monitoring } = overrides;
  const problems = shareProblems('overrides', monitoring);
  for (const [name, feature] of Object.entries(features ?? {})) {
    problems.push(...featureProblems(`overrides.features.${name}`, feature));
  }
  problems.push(...metricProblems(metricThresholds));
  throwIfAny('InvalidConstraintOverrides', problems);
  return { ...monitoring, metricThresholds: thresholdsByName(metricThresholds), features };
}

/**
 * What of the overrides a kind of monitor does not have.
 *
 * Constraints of model quality have thresholds and nothing else; the constraints of bias and explainability are metrics of the baseline, whose
 * tolerance the service fixes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-violations.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-shap-violations.html
 * @internal
 */
export function overridesOfOtherKinds(kind: MonitorKind, overrides: ConstraintOverridesConfig): Problem[] {
  const { takes, allowed } = KINDS[kind].baseline.overrides;
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  const others = given.filter(([prop]) => !takes(prop));
  return others.map(([prop, got]) => ({ prop: `overrides.${prop}`, got, allowed }));
}

function featureProblems(path: string, feature: FeatureOverrides): Problem[] {
  const problems = shareProblems(path, feature);
  if (feature.completeness !== undefined && feature.completenessTolerance !== undefined) {
    const allowed = "either 'completeness' or 'completenessTolerance'";
    problems.push({ prop: path, got: feature, allowed, advice: 'leave one of them out' });
  }
  if (feature.domains?.length === 0) {
    problems.push({ prop: `${path}.domains`, got: [], allowed: 'at least one category' });
  }
  return problems;
}

/** Shares are what is a number, whatever its name. */
function shareProblems(path: string, overrides: FeatureOverrides): Problem[] {
  return numbersOf(overrides)
    .filter(([, share]) => !Token.isUnresolved(share) && !(share >= 0 && share <= 1))
    .map(([prop, got]) => ({ prop: `${path}.${prop}`, got, allowed: 'a share from 0 to 1' }));
}

function metricProblems(thresholds: MetricThresholds = {}): Problem[] {
  return numbersOf(thresholds)
    .filter(([prop, threshold]) => !Token.isUnresolved(threshold) && !isThreshold(prop, threshold))
    .map(([prop, got]) => ({ prop: `overrides.metricThresholds.${prop}`, got, allowed: rangeOf(prop) }));
}

function isThreshold(prop: string, threshold: number): boolean {
  if (!Number.isFinite(threshold)) return false;
  return (threshold >= 0 || prop === 'r2') && (threshold <= 1 || ERROR_METRICS.includes(prop));
}

function rangeOf(prop: string): string {
  if (ERROR_METRICS.includes(prop)) return 'a number from 0 on';
  return prop === 'r2' ? 'a number of at most 1' : 'a number from 0 to 1';
}

function numbersOf(struct: object): [prop: string, value: number][] {
  return Object.entries(struct).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
}

function thresholdsByName(thresholds?: MetricThresholds): { [metric: string]: number } | undefined {
  return thresholds && Object.fromEntries(numbersOf(thresholds).map(([prop, value]) => [metricNameOf(prop), value]));
}

const MONITORING: Shapes<MonitoringOverrides> = {
  evaluateConstraints: optional(BOOLEAN),
  emitMetrics: optional(BOOLEAN),
  datatypeCheckThreshold: optional(NUMBER),
  domainContentThreshold: optional(NUMBER),
  performComparison: optional(BOOLEAN),
  comparisonThreshold: optional(NUMBER),
  comparisonMethod: optional(oneOf(ComparisonMethod)),
  categoricalComparisonThreshold: optional(NUMBER),
  categoricalDriftMethod: optional(oneOf(CategoricalDriftMethod)),
};

const FEATURE = struct<FeatureOverrides>({
  ...MONITORING,
  completeness: optional(NUMBER),
  completenessTolerance: optional(NUMBER),
  domains: optional(list(TEXT)),
});

const OVERRIDES: Shapes<ConstraintOverrides> = {
  ...MONITORING,
  metricThresholds: optional(map(optional(NUMBER))),
  features: optional(map(FEATURE)),
};
