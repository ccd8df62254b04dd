import { holmAdjusted } from '../numbers/holm';
import { oneSided } from '../numbers/one-sided';
import { unskewed } from '../numbers/skewed';
import type { Finding, NotEvaluated } from '../port';
import { CHANCE_UNKNOWN, LONGER_WINDOWS } from '../words';
import { conceptDrift, type ExpectedQuality } from './estimation/expected-quality';
import { MIN_JUDGED_ROWS } from './least-rows';
import type { ModelQualityViolation, QualitySampling } from './schemas';
import { type ComparedQuality, checkModelQuality, type ModelQualityInput } from './violations';

/** Windows without change that may find anything, where nobody says. */
export const DEFAULT_FALSE_ALARM_RATE = 0.001;

/** What a run was found to be. */
export interface QualityJudgement {
  readonly findings: Finding<ModelQualityViolation>[];
  readonly notEvaluated: NotEvaluated[];
  /** metrics that were compared with what probabilities let expect */
  readonly gapCount: number;
  /** metrics that were judged */
  readonly checkCount: number;
}

/** A run to judge beside chance. */
export interface JudgedQuality extends Omit<ModelQualityInput, 'reportsAll'> {
  /** how much chance is in its metrics */
  readonly sampling: QualitySampling;
  /** a thousandth where absent */
  readonly falseAlarmRate?: number;
  /** what its probabilities let expect, where there are any */
  readonly estimated?: ExpectedQuality;
}

/**
 * Judges a run beside chance: of what is beyond its threshold, that violates which chance alone does so seldom that one window in `1 / falseAlarmRate` finds
 * anything where nothing has changed (Holm, over all metrics that are compared). Where a threshold is the baseline's own metric, the baseline's chance
 * counts, too, as far as its file says how much that is; one that somebody has stated is taken as it is. Windows of fewer than 30 rows are reported, and not
 * judged. Where the labels are compared with what the probabilities of the model let expect, either comparison has half of that rate.
 */
export function judgeQuality({
  sampling,
  falseAlarmRate: asked = DEFAULT_FALSE_ALARM_RATE,
  estimated,
  ...input
}: JudgedQuality): QualityJudgement {
  const gaps = estimated?.file.gaps ?? [];
  const falseAlarmRate = gaps.length > 0 ? asked / 2 : asked;
  const { compared, notEvaluated } = checkModelQuality({ ...input, reportsAll: true });
  const tried = compared.map((each) => ({ each, reason: unjudgeable(each, sampling) }));
  const judged = tried.flatMap(({ each, reason }) => (reason === undefined ? each : []));
  const chances = judged.map((each) => chanceOf(each, sampling, input.baselineConstraints.sampling));
  const adjusted = holmAdjusted(chances);
  const unjudged = tried.flatMap(({ each: { metric }, reason }) =>
    reason === undefined ? [] : { feature: metric, check: 'all', reason },
  );
  return {
    findings: [
      ...judged.flatMap(({ finding }, index) =>
        finding && adjusted[index] <= falseAlarmRate ? { ...finding, pValue: adjusted[index] } : [],
      ),
      ...gaps.filter(({ pValue }) => pValue <= falseAlarmRate).map(conceptDrift),
    ],
    notEvaluated: [...notEvaluated, ...unjudged, ...(estimated?.notEvaluated ?? [])],
    gapCount: gaps.length,
    checkCount: judged.length + gaps.length,
  };
}

/** Why a metric is not judged; undefined where it is. */
function unjudgeable({ metric }: ComparedQuality, { rows, estimates }: QualitySampling): string | undefined {
  if (rows < MIN_JUDGED_ROWS)
    return `the window has ${rows} rows with a label, and needs ${MIN_JUDGED_ROWS} to be judged: ${LONGER_WINDOWS}`;
  return Object.hasOwn(estimates, metric) ? undefined : CHANCE_UNKNOWN;
}

/** How likely chance alone puts a metric that far beyond its threshold; 1 for one that is not beyond it. */
function chanceOf(
  { metric, threshold, finding }: ComparedQuality,
  run: QualitySampling,
  baseline: QualitySampling | undefined,
): number {
  if (!finding) return 1;
  const [value, error] = run.estimates[metric];
  const [own, known] = baseline?.estimates[metric] ?? [Number.NaN, 0];
  const ownError = isSame(own, threshold) ? known : 0;
  const spread = Math.sqrt(error ** 2 + ownError ** 2);
  const third = skewOf(run, metric) * error ** 3 - skewOf(baseline, metric) * ownError ** 3;
  const off = unskewed((value - threshold) / spread, third === 0 ? 0 : third / spread ** 3);
  return oneSided(Math.sign(value - threshold) * off);
}

const skewOf = (sampling: QualitySampling | undefined, metric: string): number => sampling?.skewness?.[metric] ?? 0;

/** Files may have been written with other digits. */
const isSame = (own: number, threshold: number): boolean => Math.abs(own - threshold) <= 1e-12 * Math.abs(own);
