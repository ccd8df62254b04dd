import { applyMetricThresholds, applyOverrides, type Constraints, type QualityConstraintsFile } from '../../analysis';
import { Failure } from '../../runtime/failure';
import type { ConstraintOverridesConfig } from '../contract';

/** Names in an error text. */
const NAMES = 50;

const ADVICE = 'name one that it has, or leave the override out';

/** Constraints of data quality, which have features, or of model quality, which have tables of metrics. */
export type AnyConstraints = Constraints | QualityConstraintsFile;

/**
 * The constraints with overrides applied. Throws `UnknownFeature` or `UnknownMetric`, with the known names, when an override has nothing to apply
 * to.
 */
export function overriddenConstraints<File extends AnyConstraints>(
  constraints: File,
  overrides?: ConstraintOverridesConfig,
): File {
  if (!overrides) return constraints;
  const { metricThresholds, ...others } = overrides;
  if ('features' in constraints) {
    refuse({ metricThresholds }, 'data quality, which have no such metrics');
    return overriddenFeatures(constraints, overrides) as File;
  }
  refuse(others, 'model quality, or of no kind that this library knows');
  return overriddenMetrics(constraints as File & QualityConstraintsFile, metricThresholds);
}

function refuse(overrides: { readonly [name: string]: unknown }, kind: string): void {
  const given = Object.keys(overrides).filter((name) => overrides[name] !== undefined);
  if (given.length === 0) return;
  throw new Failure(
    'OverridesNotApplicable',
    `overrides have ${quoted(given)}, but the constraints are of ${kind}; leave these overrides out`,
  );
}

function overriddenFeatures(constraints: Constraints, overrides: ConstraintOverridesConfig): Constraints {
  const { constraints: overridden, unknownFeatures } = applyOverrides(constraints, overrides);
  if (unknownFeatures.length === 0) return overridden;
  const known = constraints.features.map(({ name }) => name);
  throw new Failure(
    'UnknownFeature',
    `overrides name ${quoted(unknownFeatures)}, but the baseline has ${quoted(known)}; ${ADVICE}`,
  );
}

function overriddenMetrics<File extends QualityConstraintsFile>(
  constraints: File,
  thresholds: { readonly [metric: string]: number } = {},
): File {
  const { constraints: overridden, unknownMetrics, knownMetrics } = applyMetricThresholds(constraints, thresholds);
  if (unknownMetrics.length === 0) return overridden;
  throw new Failure(
    'UnknownMetric',
    `overrides name ${quoted(unknownMetrics)}, but the baseline has ${quoted(knownMetrics)}; ${ADVICE}`,
  );
}

function quoted(names: string[]): string {
  const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : '';
  return (
    names
      .slice(0, NAMES)
      .map((name) => `'${name}'`)
      .join(', ') + more
  );
}
