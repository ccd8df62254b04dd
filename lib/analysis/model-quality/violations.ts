import { javaDouble } from '../numbers/java-double';
import type { Finding, NotEvaluated } from '../port';
import type {
  ModelQualityConstraints,
  ModelQualityStatistics,
  ModelQualityViolation,
  QualityConstraint,
  QualityMetric,
} from './schemas';
import type { UndefinedMetric } from './tally';

/** What is checked, and against what. */
export interface ModelQualityInput {
  readonly statistics: ModelQualityStatistics;
  readonly baselineConstraints: ModelQualityConstraints;
  /** why some metrics are absent or have no value, for the reasons of `notEvaluated` */
  readonly undefinedMetrics?: readonly UndefinedMetric[];
  /** whether `f0_5` is reported, too, which Model Monitor never does; false where absent */
  readonly reportsAll?: boolean;
}

/** A metric that was compared with its threshold. */
export interface ComparedQuality {
  /** as constraints call it */
  readonly metric: string;
  readonly threshold: number;
  /** absent where it is not beyond its threshold */
  readonly finding?: Finding<ModelQualityViolation>;
}

/** What a check found. Each list is empty where there is nothing to say. */
export interface ModelQualityResult {
  readonly violations: ModelQualityViolation[];
  /** the violations with their figures, in the same order */
  readonly findings: Finding<ModelQualityViolation>[];
  /** all metrics that could be evaluated */
  readonly compared: ComparedQuality[];
  /** constraints that could not be evaluated; `feature` is the metric, empty for all of them */
  readonly notEvaluated: NotEvaluated[];
}

/** Model Monitor names these in camel case in violations, and nowhere else. */
const VIOLATION_NAMES: { readonly [metric: string]: string } = {
  true_positive_rate: 'truePositiveRate',
  true_negative_rate: 'trueNegativeRate',
  false_positive_rate: 'falsePositiveRate',
  false_negative_rate: 'falseNegativeRate',
};

/** Model Monitor has this constraint in its files, but never reports it as violated. */
const NEVER_VIOLATED = 'f0_5';

const GROUPS = [
  ['regression_constraints', 'regression_metrics'],
  ['binary_classification_constraints', 'binary_classification_metrics'],
  ['multiclass_classification_constraints', 'multiclass_classification_metrics'],
] as const;

/**
 * Checks the metrics of a run against the constraints of a baseline, as Model Monitor does and in its words: a metric violates when it is beyond its
 * threshold, strictly; the standard deviation is told, but widens nothing. A constraint is not evaluated when its threshold is null, when
 * the run has no such metric or no value of it, and for `f0_5`, which Model Monitor never reports (unless `reportsAll` asks for it); `auc` is not, either, when the
 * baseline of a binary classification has no constraint of it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export function checkModelQuality(input: ModelQualityInput): ModelQualityResult {
  const report: Report = { findings: [], compared: [], notEvaluated: [] };
  let constraintCount = 0;
  for (const [constraintsKey, metricsKey] of GROUPS) {
    const metrics = input.statistics[metricsKey] as { readonly [metric: string]: QualityMetric } | undefined;
    for (const [metric, constraint] of Object.entries(input.baselineConstraints[constraintsKey] ?? {})) {
      constraintCount += 1;
      const observed = metrics && Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
      checkMetric(
        { metric, constraint, observed, reason: reasonOf(input, metric), reportsAll: input.reportsAll },
        report,
      );
    }
  }
  if (constraintCount === 0) report.notEvaluated.push({ feature: '', check: 'all', reason: NO_CONSTRAINTS });
  report.notEvaluated.push(...unconstrainedArea(input));
  return { ...report, violations: report.findings.map(({ entry }) => entry) };
}

type Report = Omit<ModelQualityResult, 'violations'>;

const NO_CONSTRAINTS = 'the baseline has no constraints of a regression, binary or multiclass classification';

const AREA = 'auc';

const NO_AREA = 'the baseline has no constraint of it, as baselines without probabilities have none';

/** Without probabilities a baseline has no constraint of the area: nothing else would say that it was not looked at. */
function unconstrainedArea(input: ModelQualityInput): NotEvaluated[] {
  const constraints = input.baselineConstraints.binary_classification_constraints;
  if (!constraints || Object.hasOwn(constraints, AREA)) return [];
  return [{ feature: AREA, check: 'LessThanThreshold', reason: reasonOf(input, AREA) ?? NO_AREA, isUnasked: true }];
}

const reasonOf = ({ undefinedMetrics }: ModelQualityInput, metric: string) =>
  undefinedMetrics?.find((each) => each.metric === metric)?.reason;

interface MetricCheck {
  readonly metric: string;
  readonly constraint: QualityConstraint;
  readonly observed?: QualityMetric;
  readonly reason?: string;
  readonly reportsAll?: boolean;
}

const isNeverReported = ({ metric, reportsAll }: MetricCheck) => metric === NEVER_VIOLATED && !reportsAll;

function checkMetric(check: MetricCheck, report: Report): void {
  const { metric, constraint } = check;
  const violation = notEvaluatedReason(check) === undefined ? violationOf(check) : undefined;
  const reason = notEvaluatedReason(check) ?? (violation && isNeverReported(check) ? NOT_REPORTED : undefined);
  if (reason !== undefined) {
    report.notEvaluated.push({ feature: metric, check: String(constraint?.comparison_operator ?? 'all'), reason });
    return;
  }
  report.compared.push({ metric, threshold: Number(constraint.threshold), finding: violation });
  if (violation) report.findings.push(violation);
}

const NOT_REPORTED = 'it is beyond its threshold, but Model Monitor does not report this metric';

function notEvaluatedReason({ constraint, observed, reason }: MetricCheck): string | undefined {
  const operator = constraint?.comparison_operator;
  if (operator !== 'GreaterThanThreshold' && operator !== 'LessThanThreshold') {
    return 'its comparison operator is none of GreaterThanThreshold, LessThanThreshold';
  }
  if (typeof constraint.threshold !== 'number') return 'its threshold is not a number: the baseline has no value of it';
  if (!observed) return reason ?? 'the statistics do not have this metric';
  return typeof observed.value === 'number' ? undefined : (reason ?? 'it has no value for these rows');
}

/** Undefined when the constraint holds. Only for checks that can be evaluated. */
function violationOf({ metric, constraint, observed }: MetricCheck): Finding<ModelQualityViolation> | undefined {
  const { comparison_operator: operator } = constraint;
  const [value, threshold] = [Number(observed?.value), Number(constraint.threshold)];
  const isBeyond = operator === 'GreaterThanThreshold' ? value > threshold : value < threshold;
  if (!isBeyond) return undefined;
  const name = VIOLATION_NAMES[metric] ?? metric;
  const deviation = observed?.standard_deviation;
  const spread = typeof deviation === 'number' ? ` +/- ${javaDouble(deviation)}` : '';
  const entry = {
    constraint_check_type: operator,
    description: `Metric ${name} with ${javaDouble(value)}${spread} was ${operator} '${javaDouble(threshold)}'`,
    metric_name: name,
  };
  return { entry, observed: value, expected: threshold };
}
