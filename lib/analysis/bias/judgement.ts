import { holmAdjusted } from '../numbers/holm';
import { chiSquaredSurvival } from '../numbers/tail-probabilities';
import type { Finding, NotEvaluated } from '../port';
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
}

/**
 * Judges a run by Model Monitor's rule: whatever is farther from 0 than its baseline violates, by chance or not. What a baseline has and no run can have is
 * told without being asked for.
 */
export function judgeAsContainer(baseline: BiasAnalysis, run: BiasAnalysis): BiasJudgement {
  const { compared, notEvaluated } = compareBias(baseline, run);
  return {
    findings: compared.filter(isFarther).map(biasFinding),
    notEvaluated: notEvaluated.map((each) => uncompared(each, baseline)),
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
  const unjudged = compared.flatMap((each) => withoutJudgement(each, run) ?? []);
  const judged = compared.filter((each) => withoutJudgement(each, run) === undefined);
  const adjusted = holmAdjusted(judged.map((each) => chanceOf(each, baseline, run)));
  const findings = judged.flatMap((each, index) =>
    isFarther(each) && adjusted[index] <= falseAlarmRate
      ? [{ ...biasFinding({ ...each, facetValue: each.baselineValue }), pValue: adjusted[index] }]
      : [],
  );
  return { findings, notEvaluated: [...notEvaluated.map((each) => uncompared(each, baseline)), ...unjudged] };
}

/** A metric of too few rows, or of which nobody says how much chance is in it; undefined for all others. */
function withoutJudgement(metric: ComparedMetric, run: BiasAnalysis): NotEvaluated | undefined {
  const { name } = metric.observed;
  const { rows, other_rows: others, estimates } = samplingOf(run, metric) ?? NO_SAMPLING;
  const isSmall = rows < MIN_GROUP_ROWS || others < MIN_GROUP_ROWS;
  if (!isSmall && estimates[name]) return undefined;
  const few = `the group has ${rows} rows, all others ${others}; each needs ${MIN_GROUP_ROWS} to be judged`;
  return { feature: subject(metric), check: name, reason: isSmall ? few : 'how much chance is in it is not known' };
}

const NO_SAMPLING: Omit<GroupSampling, 'value_or_threshold'> = { rows: 0, other_rows: 0, estimates: {} };

/** How likely chance alone puts a metric that far from its baseline; 1 for one that is not farther from 0. */
function chanceOf(metric: ComparedMetric, baseline: BiasAnalysis, run: BiasAnalysis): number {
  const { name } = metric.observed;
  const estimate = samplingOf(run, metric)?.estimates[name];
  if (!estimate || !isFarther(metric)) return 1; // without an estimate it is not judged
  const [value, error] = estimate;
  const [, baselineError] = samplingOf(baseline, metric)?.estimates[name] ?? [0, 0];
  const excess = Math.max(0, Math.abs(value) - Math.abs(Number(metric.expected.value)));
  return excess === 0 ? 1 : chiSquaredSurvival(excess ** 2 / (error ** 2 + baselineError ** 2), 1);
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
function uncompared(each: UncomparedMetric, baseline: BiasAnalysis): NotEvaluated {
  const { metric, reason } = each;
  const entry = { feature: subject(each), check: metric };
  if (metric === 'FT') return { ...entry, reason: NO_FLIP_TEST, isUnasked: true };
  return OF_GROUPS.includes(metric) && isWithoutValue(each, baseline)
    ? { ...entry, reason, isUnasked: true }
    : { ...entry, reason };
}

const NO_FLIP_TEST = 'the flip test compares rows by all of their features, which are not kept of a window';

function isWithoutValue({ facet, baselineValue, metric }: UncomparedMetric, baseline: BiasAnalysis): boolean {
  const sections = [baseline.post_training_bias_metrics, baseline.pre_training_bias_metrics];
  const groups = sections.flatMap((section) => section?.facets[facet] ?? []);
  const same = groups.filter(({ value_or_threshold }) => value_or_threshold === baselineValue);
  return same.some(({ metrics }) => metrics.some(({ name, value }) => name === metric && value === null));
}
