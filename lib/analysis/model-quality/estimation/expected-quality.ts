import type { Finding, NotEvaluated } from '../../port';
import type { MergedQuality } from '../merged-quality';
import type { EstimatedQualityFile, ModelQualityConstraints, ModelQualityViolation } from '../schemas';
import { CONCEPT_DRIFT_CHECK, type QualityGap, qualityGaps } from './concept-drift';
import { estimatedQuality } from './estimate';

/** Predictions with a label below which what they came to is not compared with their estimate. */
const MIN_COMPARED_ROWS = 30;

/** What the probabilities of a window let expect, and what its labels say about that. */
export interface ExpectedQuality {
  readonly file: EstimatedQualityFile;
  /** why the two are not compared; empty where they are */
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * The estimate of a window's quality by the calibration of its baseline, beside what its labels show. Undefined where there is nothing to estimate by: without
 * probabilities, and for a baseline that knows of none.
 */
export function expectedQuality(
  { profile, scores }: Pick<MergedQuality, 'profile' | 'scores'>,
  { calibration }: ModelQualityConstraints,
): ExpectedQuality | undefined {
  if (!scores || !calibration) return undefined;
  const rows = profile.itemCount;
  const file = { rows: scores.all.rowCount, estimates: {}, gaps: [] };
  if ('refusal' in calibration) return { file, notEvaluated: [unknown(calibration.refusal)] };
  const { outside } = scores.all;
  if (outside > 0) {
    return { file, notEvaluated: [unknown(`${outside} predictions have a probability below 0 or above 1`)] };
  }
  const estimates = Object.fromEntries(estimatedQuality(scores.all, calibration));
  if (rows < MIN_COMPARED_ROWS) {
    const reason = `the window has ${rows} rows with a label, and needs ${MIN_COMPARED_ROWS} for it`;
    return { file: { ...file, estimates }, notEvaluated: [unknown(reason)] };
  }
  const realized = profile.tally.metrics(0, EVERY_POINT);
  const gaps = qualityGaps(realized, estimatedQuality(scores.labelled, calibration));
  return { file: { ...file, estimates, gaps }, notEvaluated: [] };
}

/** Curves are not grouped: an area is compared with one of all points. */
const EVERY_POINT = 'deequ-1.0';

const unknown = (reason: string): NotEvaluated => ({
  feature: '',
  check: CONCEPT_DRIFT_CHECK,
  reason: `labels are not compared with what the probabilities let expect: ${reason}`,
  isUnasked: true,
});

/** A gap that chance does not explain, as it is reported. */
export function conceptDrift({
  metric,
  realized,
  estimated,
  standardError,
  pValue,
}: QualityGap): Finding<ModelQualityViolation> {
  const entry: ModelQualityViolation = {
    constraint_check_type: CONCEPT_DRIFT_CHECK,
    description: `Metric ${metric} with ${realized} is not the ${estimated} +/- ${standardError} that the probabilities of the model let expect`,
    metric_name: metric,
  };
  return { entry, observed: realized, expected: estimated, pValue };
}
