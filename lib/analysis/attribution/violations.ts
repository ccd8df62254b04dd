import { pythonFloat } from '../numbers/python-float';
import type { Finding } from '../port';
import { attributionScore } from './ndcg';
import {
  ATTRIBUTION_CHECK,
  type AttributionAnalysis,
  type AttributionViolation,
  type LabelExplanation,
} from './schemas';

/**
 * Scores below it violate; it cannot be configured.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift.html
 */
export const ATTRIBUTION_THRESHOLD = 0.9;

/** The score of one label. */
export interface LabelScore {
  readonly label: string;
  /** NDCG, at most 1 */
  readonly score: number;
}

/** The violations of a run, the scores behind them, and the labels that were not compared. */
export interface AttributionCheckResult {
  readonly violations: AttributionViolation[];
  /** the violations with their figures, in the same order */
  readonly findings: Finding<AttributionViolation>[];
  readonly scores: LabelScore[];
  readonly notEvaluated: { readonly label: string; readonly reason: string }[];
}

/**
 * Compares the attributions of a run with the baseline's, label by label: a score ({@link attributionScore}) below 0.9 violates. Labels that
 * the run lacks, that have other features, or that have no score are not evaluated; labels that only the run has are not compared at all.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift-violations.html
 */
export function checkAttribution(baseline: AttributionAnalysis, run: AttributionAnalysis): AttributionCheckResult {
  const result: Omit<AttributionCheckResult, 'violations'> = { findings: [], scores: [], notEvaluated: [] };
  const live = run.explanations?.kernel_shap ?? {};
  for (const [label, expected] of Object.entries(baseline.explanations?.kernel_shap ?? {})) {
    const score = labelScore(expected, live[label]);
    if (typeof score === 'string') {
      result.notEvaluated.push({ label, reason: score });
      continue;
    }
    result.scores.push({ label, score });
    if (score < ATTRIBUTION_THRESHOLD) result.findings.push(finding(label, score));
  }
  return { ...result, violations: result.findings.map(({ entry }) => entry) };
}

/** The score, or why there is none. */
function labelScore(expected: LabelExplanation, live: LabelExplanation | undefined): number | string {
  if (!live)
    return 'the model gave no such score in this window: see whether its answers have changed, or make the baseline anew';
  const [before, now] = [expected.global_shap_values, live.global_shap_values];
  const missing = Object.keys(before).filter((feature) => !(feature in now));
  const extra = Object.keys(now).filter((feature) => !(feature in before));
  if (missing.length > 0) return `the run has no attribution of ${quoted(missing)}`;
  if (extra.length > 0) return `the baseline has no attribution of ${quoted(extra)}`;
  const score = attributionScore(Object.keys(before).map((name) => ({ baseline: before[name], live: now[name] })));
  return Number.isNaN(score)
    ? 'the attributions give no score: the baseline has none above 0, or one is not finite'
    : score;
}

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ');

/** "exceeds" is the service's word, although the score is below the threshold. */
const finding = (label: string, score: number): Finding<AttributionViolation> => ({
  entry: {
    constraint_check_type: ATTRIBUTION_CHECK,
    description: `Feature attribution drift ${pythonFloat(score)} exceeds threshold ${ATTRIBUTION_THRESHOLD}`,
    label,
    metric_name: 'shap',
  },
  observed: score,
  expected: ATTRIBUTION_THRESHOLD,
});
