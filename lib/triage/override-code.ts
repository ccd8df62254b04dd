import { constraintKey } from '../outcome/confirmation';
import type { EventViolation, ExecutionReport } from '../outcome/contract';
import type { ExceptedFinding } from '../outcome/exception/contract';

/** Why a finding cannot be allowed by an override, for the comment that stands in its place. */
const NONE = 'no override allows this: make the baseline anew, or leave the feature out (excludedFeatures)';

/** What of `FeatureOverrides` would have let a figure pass, by the check: a share is rounded down, a distance up. */
const BY_CHECK: { readonly [check: string]: readonly [prop: string, side: 'least' | 'most'] } = {
  data_type_check: ['datatypeCheckThreshold', 'least'],
  completeness_check: ['completeness', 'least'],
  categorical_values_check: ['domainContentThreshold', 'least'],
  baseline_drift_check: ['comparisonThreshold', 'most'],
};

/** Those of model quality, whose features are metrics. */
const BY_METRIC: { readonly [check: string]: 'least' | 'most' } = {
  LessThanThreshold: 'least',
  GreaterThanThreshold: 'most',
};

/** A method of comparison that has its threshold in the constraints. */
const METHODS = ['MassShift', 'Simple', 'Robust', 'LInfinity', 'ChiSquared'];

/**
 * What would make findings no findings for good, as code for the repository: an exception ends, and what is to stay is reviewed. Findings that no override allows are
 * comments.
 */
export function overrideCode(report: ExecutionReport, findings: readonly ExceptedFinding[]): string[] {
  const told = new Map(report.outcome.violations.map((violation) => [constraintKey(violation), violation]));
  const methods = new Map(report.distances.map(({ feature, method }) => [feature, method]));
  const features: string[] = [];
  const metrics: string[] = [];
  for (const finding of findings) {
    const { feature, check } = finding;
    const observed = figureOf(told.get(constraintKey(finding)));
    const isKnown = check !== 'baseline_drift_check' || METHODS.includes(methods.get(feature) ?? 'Robust');
    const [prop, side] = (isKnown && BY_CHECK[check]) || [];
    if (BY_METRIC[check] && observed !== undefined)
      metrics.push(`    ${JSON.stringify(propOf(feature))}: ${rounded(observed, BY_METRIC[check])},`);
    else if (prop && side && observed !== undefined)
      features.push(`    ${JSON.stringify(feature)}: { ${prop}: ${rounded(observed, side)} },`);
    else features.push(`    // ${JSON.stringify(feature)}, ${JSON.stringify(check)}: ${NONE}`);
  }
  return [
    'baseline.withOverrides({',
    ...(metrics.length > 0 ? ['  metricThresholds: {', ...metrics, '  },'] : []),
    ...(features.length > 0 ? ['  features: {', ...features, '  },'] : []),
    '});',
  ];
}

function figureOf(violation: EventViolation | undefined): number | undefined {
  return typeof violation?.observed === 'number' ? violation.observed : undefined;
}

/** To three digits, to the side on which the figure passes. */
function rounded(figure: number, side: 'least' | 'most'): number {
  const scaled = figure * 1000;
  return (side === 'least' ? Math.floor(scaled) : Math.ceil(scaled)) / 1000;
}

/** Names of props are those of metrics in another writing: `true_positive_rate`. */
const propOf = (metric: string) => metric.replace('f0_5', 'f05').replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
