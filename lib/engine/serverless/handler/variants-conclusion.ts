// What variants that are judged apart come to together. Pure.
import { DEFAULT_FALSE_ALARM_RATE } from '../../../analysis';
import type { UnjudgedViolation } from '../../../outcome/confirmation';
import type { LeftOut, ReportedDistance } from '../../../outcome/contract';
import type { Conclusion } from '../../../outcome/execution-report';
import type { DriftSettings } from '../contract';

/** What the records of one variant come to. */
export interface ConcludedVariant {
  readonly variant: string;
  readonly conclusion: Conclusion;
}

/**
 * The rate of false alarms by which each of so many variants is judged: an equal share, so that all of them together keep to the rate of a window, however alike
 * they are. 1 is no test at all, and stays that.
 *
 * @see https://en.wikipedia.org/wiki/Bonferroni_correction
 */
export function sharedRate(drift: DriftSettings, variants: number): DriftSettings {
  const { falseAlarmRate = DEFAULT_FALSE_ALARM_RATE } = drift;
  return { ...drift, falseAlarmRate: falseAlarmRate === 1 ? 1 : falseAlarmRate / variants };
}

/** The conclusion of a variant as one of so many: what it found names it, and how likely chance does that is adjusted for the others. */
export function ofOneAmong(variants: number, variant: string, conclusion: Conclusion): Conclusion {
  const own = <Found extends UnjudgedViolation | ReportedDistance>({ pValue, ...found }: Found) => ({
    ...found,
    variant,
    ...(pValue !== undefined && { pValue: Math.min(1, pValue * variants) }),
  });
  const { violations, distances, notEvaluated = [] } = conclusion;
  return {
    ...conclusion,
    violations: violations?.map(own),
    distances: distances?.map(own),
    notEvaluated: notEvaluated.map((left) => ({ ...left, reason: `variant ${variant}: ${left.reason}` })),
  };
}

/**
 * What a run comes to whose variants were judged apart: the first status of some variant in the order Analysed, Failed, LabelsMissing, NoData. A variant of which less is
 * known than of another is a check that was not made, so that a run is never whole without it.
 *
 * @param judged one at least
 * @param counts of the window as a whole
 */
export function variantsConclusion(
  judged: readonly ConcludedVariant[],
  counts: Pick<Conclusion, 'unreadable' | 'labels'>,
): Conclusion {
  const all = judged.map(({ conclusion }) => conclusion);
  const status = STATUSES.find((one) => all.some((conclusion) => conclusion.status === one)) ?? 'NoData';
  return {
    ...counts,
    status,
    recordCount: all.reduce((sum, { recordCount = 0 }) => sum + recordCount, 0),
    failureReason: status === 'Failed' ? judged.flatMap(failureOf).join('; ') : undefined,
    violations: all.flatMap(({ violations = [] }) => violations),
    lookedFor: lookedForOf(all),
    distances: all.flatMap(({ distances = [] }) => distances),
    notEvaluated: all.flatMap(({ notEvaluated = [] }) => notEvaluated).concat(judged.flatMap(unjudged)),
    perVariant: judged.map(({ variant, conclusion }) => ({
      variant,
      status: conclusion.status,
      recordCount: conclusion.recordCount ?? 0,
      unreadable: conclusion.unreadable,
      labels: conclusion.labels,
      failureReason: conclusion.failureReason,
    })),
  };
}

/** What was looked for in some variant; undefined where no metric is asked for. */
function lookedForOf(all: readonly Conclusion[]): Conclusion['lookedFor'] {
  const each = all.flatMap(({ lookedFor }) => (lookedFor ? [lookedFor] : []));
  return each.length === 0 ? undefined : [...new Set(each.flat())];
}

const STATUSES = ['Analysed', 'Failed', 'LabelsMissing'] as const;

function failureOf({ variant, conclusion }: ConcludedVariant): string[] {
  const { failureReason } = conclusion;
  if (failureReason === undefined) return [];
  // the code first, as of each failure: whether labels are missing is told by it
  const [code = ''] = /^\w+: /.exec(failureReason) ?? [];
  return [`${code}variant ${variant}: ${failureReason.slice(code.length)}`];
}

/** That nothing is known of a variant. */
function unjudged({ variant, conclusion }: ConcludedVariant): LeftOut[] {
  const why = {
    Analysed: undefined,
    NoData: 'has no record in the window',
    LabelsMissing: 'has too few labels to be judged',
    Failed: `was not judged: ${conclusion.failureReason}`,
  }[conclusion.status];
  return why === undefined ? [] : [{ feature: '', check: 'all', reason: `variant ${variant} ${why}` }];
}
