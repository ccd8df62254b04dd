import type { Estimate } from '../numbers/delta-method';
import { holmAdjusted } from '../numbers/holm';
import { chiSquaredSurvival } from '../numbers/tail-probabilities';
import type { Finding, NotEvaluated } from '../port';
import { CHANCE_UNKNOWN, LONGER_WINDOWS } from '../words';
import type { BiasAnalysis, BiasViolation, GroupSampling } from './schemas';
import { biasFinding, type ComparedMetric, compareBias, isFarther, type UncomparedMetric } from './violations';

/** Rows that a group, and all others, have to have before their difference is judged. */
export const MIN_GROUP_ROWS = 30;

/** Windows without change that may find anything, where nobody says. */
const DEFAULT_FALSE_ALARM_RATE = 0.001;

/** What a run was found to be. */
export interface BiasJudgement {
  readonly findings: Finding<BiasViolation>[];
  readonly notEvaluated: NotEvaluated[];
  /** metrics that were judged, of all groups; absent where the container's rule holds */
  readonly checkCount?: number;
}

/**
 * Judges a run by Model Monitor's rule: whatever is farther from 0 than its baseline violates, by chance or not. What a baseline has and no run can have is
 * told without being asked for.
 */
export function judgeAsContainer(baseline: BiasAnalysis, run: BiasAnalysis): BiasJudgement {
  const { compared, notEvaluated } = compareBias(baseline, run);
  return {
    findings: compared.filter(isFarther).map(biasFinding),
    notEvaluated: notEvaluated.map(uncompared),
  };
}

/**
 * Judges a run beside chance: of what is farther from 0 than its baseline, that violates which chance alone does so seldom that one window in
 * `1 / falseAlarmRate` finds anything where nothing has changed (Holm, over all metrics that are compared). The baseline's own chance counts where its
 * file says how much that is; a baseline of Clarify is taken for exact. Groups of fewer than 30 rows, and groups that all but 30 rows are in, are reported
 * and not judged. A group is called as its baseline calls it, so that no value of the window is told.
 */
export function judgeByChance(
  baseline: BiasAnalysis,
  run: BiasAnalysis,
  falseAlarmRate = DEFAULT_FALSE_ALARM_RATE,
): BiasJudgement {
  const { compared, notEvaluated } = compareBias(baseline, run);
  const tried = compared.map((metric) => ({ metric, ...judgeable(metric, run) }));
  const judged = tried.flatMap(({ metric, estimate }) => (estimate ? { metric, estimate } : []));
  const adjusted = holmAdjusted(judged.map(({ metric, estimate }) => chanceOf(metric, estimate, baseline)));
  const findings = judged.flatMap(({ metric }, index) =>
    isFarther(metric) && adjusted[index] <= falseAlarmRate
      ? { ...biasFinding({ ...metric, facetValue: metric.baselineValue }), pValue: adjusted[index] }
      : [],
  );
  const unjudged = tried.flatMap(({ metric, reason }) =>
    reason === undefined ? [] : { feature: subject(metric), check: metric.observed.name, reason },
  );
  return { findings, notEvaluated: [...notEvaluated.map(uncompared), ...unjudged], checkCount: judged.length };
}

/** What a metric is with how much chance, or why it is not judged: it is of too few rows, or nobody says how much chance is in it. */
function judgeable(
  metric: ComparedMetric,
  run: BiasAnalysis,
): { readonly estimate?: Estimate; readonly reason?: string } {
  const { rows, other_rows: others, estimates } = samplingOf(run, metric) ?? NO_SAMPLING;
  if (rows < MIN_GROUP_ROWS || others < MIN_GROUP_ROWS) {
    const needed = `each needs ${MIN_GROUP_ROWS} to be judged: ${LONGER_WINDOWS}`;
    return { reason: `the group has ${rows} rows, all others ${others}; ${needed}` };
  }
  const estimate = estimates[metric.observed.name];
  return estimate ? { estimate } : { reason: CHANCE_UNKNOWN };
}

const NO_SAMPLING: Omit<GroupSampling, 'value_or_threshold'> = { rows: 0, other_rows: 0, estimates: {} };

/** How likely chance alone puts a metric that far beyond its baseline; 1 for one that is not beyond it. */
function chanceOf(metric: ComparedMetric, [value, error]: Estimate, baseline: BiasAnalysis): number {
  const [, baselineError] = samplingOf(baseline, metric)?.estimates[metric.expected.name] ?? [0, 0];
  const excess = Math.max(0, Math.abs(value) - Math.abs(Number(metric.expected.value)));
  return chiSquaredSurvival(excess ** 2 / (error ** 2 + baselineError ** 2), 1);
}

/** Of the run or of the baseline: each has the group by its own name, which differ for intervals. */
function samplingOf(
  { sampling }: BiasAnalysis,
  { stage, facet, facetValue, baselineValue }: ComparedMetric,
): GroupSampling | undefined {
  const groups = sampling?.[stage]?.[facet] ?? [];
  const named = (name: string) => groups.find(({ value_or_threshold }) => value_or_threshold === name);
  return named(facetValue) ?? named(baselineValue);
}

/** By the name that the baseline has for it, so that the greatest value of a window is not told. */
const subject = ({ facet, baselineValue }: UncomparedMetric | ComparedMetric) => `${facet}=${baselineValue}`;

/** Metrics that need a group variable: without one, a baseline of Clarify has them without a value. */
const OF_GROUPS = ['CDDL', 'CDDPL'];

/** What a baseline was made without is not asked for, and the flip test is none that this library makes of a window. */
function uncompared(each: UncomparedMetric): NotEvaluated {
  const { metric, reason, expected } = each;
  const entry = { feature: subject(each), check: metric };
  if (metric === 'FT') return { ...entry, reason: NO_FLIP_TEST, isUnasked: true };
  const isUnasked = OF_GROUPS.includes(metric) && expected.value === null;
  return isUnasked ? { ...entry, reason, isUnasked } : { ...entry, reason };
}

const NO_FLIP_TEST = 'the flip test compares rows by all of their features, which are not kept of a window';
