import { pythonFloat } from '../numbers/python-float';
import type { Finding } from '../port';
import { parseLevels } from './interval';
import type {
  BiasAnalysis,
  BiasMetric,
  BiasMetricName,
  BiasSection,
  BiasStage,
  BiasViolation,
  FacetMetrics,
} from './schemas';

/** A metric that could not be compared with its baseline. */
export interface UncomparedBias {
  readonly facet: string;
  readonly facetValue: string;
  readonly metric: BiasMetricName;
  readonly reason: string;
}

/** The violations of a run, and what was not compared. */
export interface BiasCheckResult {
  readonly violations: BiasViolation[];
  /** the violations with their figures, in the same order */
  readonly findings: Finding<BiasViolation>[];
  readonly notEvaluated: UncomparedBias[];
}

/**
 * Compares the bias of a run with the baseline's: a metric that is farther from 0 violates, whatever its sign, disparate impact included
 * although it is fair at 1. Equal distances, two infinities too, do not. Groups are the same when their text is, or when both are intervals
 * that begin at the same number (they end at the greatest value, which differs from run to run). Metrics without a value on either side, and
 * metrics, groups and facets of the baseline that the run lacks, are not evaluated; what only the run has is not compared at all.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-violations.html
 */
export function checkBias(baseline: BiasAnalysis, run: BiasAnalysis): BiasCheckResult {
  const { compared, notEvaluated } = compareBias(baseline, run);
  const findings = compared.filter(isFarther).map(biasFinding);
  return {
    findings,
    notEvaluated: notEvaluated.map(({ baselineValue, expected, ...rest }) => rest),
    violations: findings.map(({ entry }) => entry),
  };
}

/** A metric of a run that has a value to compare with its baseline's. */
export interface ComparedMetric {
  readonly stage: BiasStage;
  readonly facet: string;
  /** as the run calls the group */
  readonly facetValue: string;
  /** as the baseline calls it */
  readonly baselineValue: string;
  readonly observed: BiasMetric;
  readonly expected: BiasMetric;
}

/** Metrics of a run beside their baseline's, and why others of the baseline have none. */
export interface ComparedBias {
  readonly compared: ComparedMetric[];
  readonly notEvaluated: UncomparedMetric[];
}

/** The same, with what the baseline calls the group. */
export interface UncomparedMetric extends UncomparedBias {
  readonly baselineValue: string;
  /** what the baseline has of it */
  readonly expected: BiasMetric;
}

/** Brings each metric of a baseline together with that of a run. */
export function compareBias(baseline: BiasAnalysis, run: BiasAnalysis): ComparedBias {
  const result: ComparedBias = { compared: [], notEvaluated: [] };
  for (const stage of ['post_training_bias_metrics', 'pre_training_bias_metrics'] as const) {
    for (const expected of groupsOf(baseline[stage])) {
      compareGroup({ ...expected, stage }, sameGroup(expected, run[stage]), result);
    }
  }
  return result;
}

interface Group {
  readonly facet: string;
  readonly group: FacetMetrics;
}

const groupsOf = (section: BiasSection | undefined): Group[] =>
  Object.entries(section?.facets ?? {}).flatMap(([facet, groups]) => groups.map((group) => ({ facet, group })));

function sameGroup({ facet, group }: Group, section: BiasSection | undefined): FacetMetrics | undefined {
  const candidates = groupsOf(section).filter((other) => other.facet === facet);
  const text = group.value_or_threshold;
  const exact = candidates.find((other) => other.group.value_or_threshold === text);
  return (exact ?? candidates.find((other) => isSameInterval(other.group.value_or_threshold, text)))?.group;
}

function isSameInterval(a: string, b: string): boolean {
  const [first, second] = [parseLevels(a), parseLevels(b)];
  return 'threshold' in first && 'threshold' in second && first.threshold === second.threshold;
}

function compareGroup(
  { stage, facet, group }: Group & Pick<ComparedMetric, 'stage'>,
  current: FacetMetrics | undefined,
  result: ComparedBias,
): void {
  const baselineValue = group.value_or_threshold;
  const facetValue = current?.value_or_threshold ?? baselineValue;
  for (const expected of group.metrics) {
    const observed = current?.metrics.find(({ name }) => name === expected.name);
    const reason = obstacle(expected, observed);
    if (reason !== undefined)
      result.notEvaluated.push({ facet, facetValue, baselineValue, metric: expected.name, reason, expected });
    else if (observed) result.compared.push({ stage, facet, facetValue, baselineValue, observed, expected });
  }
}

function obstacle(expected: BiasMetric, observed: BiasMetric | undefined): string | undefined {
  if (!observed)
    return 'the run has no such group or metric: see whether its records have the values of the baseline, or make the baseline anew';
  for (const [whose, metric] of [
    ['the baseline', expected],
    ['the run', observed],
  ] as const) {
    if (metric.value === null) return `${whose} has no value: ${metric.error ?? 'no reason given'}`;
    if (Number.isNaN(Number(metric.value)))
      return `${whose} has the value ${JSON.stringify(metric.value)}, which is no number`;
  }
  return undefined;
}

/** Whether a metric is farther from 0 than that of the baseline. */
export const isFarther = ({ observed, expected }: ComparedMetric): boolean =>
  Math.abs(Number(observed.value)) > Math.abs(Number(expected.value));

/** A metric that is farther from 0, in the container's words. */
export function biasFinding({ facet, facetValue, observed, expected }: ComparedMetric): Finding<BiasViolation> {
  const figures = { observed: Number(observed.value), expected: Number(expected.value) };
  const [value, requirement] = [figures.observed, figures.expected].map(pythonFloat);
  const entry: BiasViolation = {
    constraint_check_type: 'bias_drift_check',
    description: `Metric value ${value} doesn't meet the baseline constraint requirement ${requirement}`,
    facet,
    facet_value: facetValue,
    metric_name: observed.name,
  };
  return { entry, ...figures };
}
