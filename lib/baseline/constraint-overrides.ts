import { Token } from 'aws-cdk-lib';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { ConstraintOverridesConfig } from './contract';

/** How the distance between a numeric feature and its baseline is measured. */
export enum ComparisonMethod {
  /** The largest difference of the two cumulative distributions. */
  SIMPLE = 'Simple',
  /** The same, less an allowance for small samples: what the container suggests. Blind for small windows and few distinct values. */
  ROBUST = 'Robust',
}

/** Changes to what a baseline suggests for one feature. */
export interface FeatureOverrides {
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
}

/**
 * Changes to the constraints that a baseline suggests. What is absent stays as suggested.
 *
 * The suggested constraints are strict: one new category or one more missing value violates them, so most users loosen some.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export interface ConstraintOverrides {
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
  const { features, comparisonMethod, ...thresholds } = overrides;
  const problems = shareProblems('overrides', { ...thresholds });
  for (const [name, feature] of Object.entries(features ?? {})) {
    problems.push(...featureProblems(`overrides.features.${name}`, feature));
  }
  throwIfAny('InvalidConstraintOverrides', problems);
  return { ...thresholds, comparisonMethod, features };
}

function featureProblems(path: string, feature: FeatureOverrides): Problem[] {
  const problems = shareProblems(path, { ...feature });
  if (feature.completeness !== undefined && feature.completenessTolerance !== undefined) {
    const allowed = "either 'completeness' or 'completenessTolerance'";
    problems.push({ prop: path, got: feature, allowed, advice: 'leave one of them out' });
  }
  return problems;
}

function shareProblems(path: string, shares: { [prop: string]: number | undefined }): Problem[] {
  return Object.entries(shares)
    .filter(([, share]) => share !== undefined && !Token.isUnresolved(share) && !(share >= 0 && share <= 1))
    .map(([prop, got]) => ({ prop: `${path}.${prop}`, got, allowed: 'a share from 0 to 1' }));
}
