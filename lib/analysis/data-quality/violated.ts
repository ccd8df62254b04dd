import { javaDouble } from '../numbers/java-double';
import type { Distance, Finding } from '../port';
import type { ConstraintCheckType, Violation } from '../schemas';
import type { FeatureDrift } from './detectors';

/** What was violated, in words and in figures. */
export interface Violated extends Omit<Finding, 'entry'> {
  readonly type: ConstraintCheckType;
  readonly description: string;
}

/** A share as the container writes it: `99.5%`. */
export const percent = (share: number): string => `${javaDouble(share * 100)}%`;

/** The finding that a feature violates something. */
export function findingOf(feature: string, { type, description, ...figures }: Violated): Finding<Violation> {
  return { entry: { feature_name: feature, constraint_check_type: type, description }, ...figures };
}

/** Of a distance above its threshold, in the container's words. */
export function driftViolated({
  distance,
  threshold,
}: {
  readonly distance: number;
  readonly threshold: number;
}): Violated {
  const description = `Baseline drift distance: ${javaDouble(distance)} exceeds threshold: ${javaDouble(threshold)}`;
  return { type: 'baseline_drift_check', description, observed: distance, expected: threshold };
}

/** Of values of another type than the one that is expected, in the container's words. */
export function typeViolated(expected: string, observed: number, threshold: number): Violated {
  return {
    type: 'data_type_check',
    description: `Data type match requirement is not met. Expected data type: ${expected}, Expected match: ${percent(threshold)}. Observed: Only ${percent(observed)} of data is ${expected}.`,
    observed,
    expected: threshold,
    expectedType: expected,
  };
}

/** Of too many missing values, in the container's words. */
export function completenessViolated(observed: number, expected: number): Violated {
  return {
    type: 'completeness_check',
    description: `Data completeness requirement is not met. Expected: ${percent(expected)}. Observed: Only ${percent(observed)}.`,
    observed,
    expected,
  };
}

/** Of values outside the known ones, in the container's words. */
export function categoriesViolated(observed: number, threshold: number): Violated {
  return {
    type: 'categorical_values_check',
    description: `Categorical value match requirement is not met. Expected match: ${percent(threshold)}. Observed: ${percent(observed)} of the values match the known values.`,
    observed,
    expected: threshold,
  };
}

/** What a comparison is told as, violated or not. */
export const distanceOf = ({ feature, distance, threshold, method, adjustedPValue }: FeatureDrift): Distance => ({
  feature,
  distance,
  threshold,
  method,
  pValue: adjustedPValue,
});

/** Findings in the order of the features; what concerns none comes last. */
export function inOrder(findings: readonly Finding<Violation>[], features: readonly string[]): Finding<Violation>[] {
  const ranks = new Map(features.map((name, index) => [name, index]));
  const rank = ({ entry }: Finding<Violation>) => ranks.get(entry.feature_name) ?? features.length;
  return [...findings].sort((one, other) => rank(one) - rank(other));
}
