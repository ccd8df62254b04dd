import type { Finding, NotEvaluated } from '../../port';
import { MIN_JUDGED_ROWS } from '../least-rows';
import type { MergedQuality } from '../merged-quality';
import type { EstimatedQualityFile, ModelQualityConstraints, ModelQualityViolation } from '../schemas';
import { CONCEPT_DRIFT_CHECK, type QualityGap, qualityGaps } from './concept-drift';
import { estimatedQuality } from './estimate';

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
  const [rows, { outside, rowCount }] = [profile.itemCount, scores.all];
  const file = { rows: rowCount, ...(outside > 0 && { outside }), estimates: {}, gaps: [] };
  if ('refusal' in calibration) return uncompared(file, calibration.refusal);
  if (outside > MOST_OUTSIDE * rowCount)
    return uncompared(file, `${outside} of ${rowCount} predictions have a probability below 0 or above 1`);
  const estimates = Object.fromEntries(estimatedQuality(scores.all, calibration));
  if (rows < MIN_JUDGED_ROWS) {
    const reason = `the window has ${rows} rows with a label, and needs ${MIN_JUDGED_ROWS} for it`;
    return uncompared({ ...file, estimates }, reason);
  }
  const realized = profile.tally.metrics(0, EVERY_POINT);
  const gaps = qualityGaps(realized, estimatedQuality(scores.labelled, calibration));
  return { file: { ...file, estimates, gaps }, notEvaluated: [] };
}

/** Of all predictions, those whose probability may be none: they count as 0 and 1, as one of a stranger must not take the estimate of all. More say that these are no probabilities. */
const MOST_OUTSIDE = 0.01;

/** Both the file and the run say why. */
const uncompared = (file: EstimatedQualityFile, notCompared: string): ExpectedQuality => ({
  file: { ...file, notCompared },
  notEvaluated: [unknown(notCompared)],
});

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
    description: `Metric ${metric} with ${realized} is below the ${estimated} +/- ${standardError} that the probabilities of the model let expect`,
    metric_name: metric,
  };
  return { entry, observed: realized, expected: estimated, pValue };
}
