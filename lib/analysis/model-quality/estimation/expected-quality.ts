import type { Finding, NotEvaluated } from '../../port';
import { MIN_JUDGED_ROWS } from '../least-rows';
import type { MergedQuality } from '../merged-quality';
import type { EstimatedQualityFile, ModelQualityConstraints, ModelQualityViolation } from '../schemas';
import type { MetricValues } from '../tally';
import type { Calibration } from './calibration';
import type { ClassCalibration } from './class-calibration';
import { estimatedClassQuality, realizedQuality } from './class-estimate';
import { CONCEPT_DRIFT_CHECK, type QualityGap, qualityGaps } from './concept-drift';
import { type EstimatedQuality, estimatedQuality } from './estimate';

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
  merged: Pick<MergedQuality, 'profile' | 'scores' | 'classScores'>,
  { calibration }: ModelQualityConstraints,
): ExpectedQuality | undefined {
  if (!calibration) return undefined;
  const { scores, classScores } = merged;
  const counted = (scores ?? classScores)?.all;
  if (!counted) return undefined;
  const [rows, { outside, rowCount }] = [merged.profile.itemCount, counted];
  const file = { rows: rowCount, ...(outside > 0 && { outside }), estimates: {}, gaps: [] };
  if ('refusal' in calibration) return uncompared(file, calibration.refusal);
  if (outside > MOST_OUTSIDE * rowCount)
    return uncompared(file, `${outside} of ${rowCount} predictions have ${classScores ? ODD_CLASSES : ODD_SCORES}`);
  const estimated = estimatesOf(merged, calibration);
  if (!estimated) return uncompared(file, 'the baseline was made of other probabilities');
  const estimates = Object.fromEntries(estimated.all());
  if (rows < MIN_JUDGED_ROWS) {
    const reason = `the window has ${rows} rows with a label, and needs ${MIN_JUDGED_ROWS} for it`;
    return uncompared({ ...file, estimates }, reason);
  }
  const gaps = qualityGaps(estimated.realized(), estimated.labelled());
  return { file: { ...file, estimates, gaps }, notEvaluated: [] };
}

const ODD_SCORES = 'a probability below 0 or above 1';
const ODD_CLASSES = `${ODD_SCORES}, or a label without one`;

/** What a window is estimated to be, and was. */
interface Estimates {
  all(): EstimatedQuality;
  labelled(): EstimatedQuality;
  realized(): MetricValues;
}

/** Undefined where the calibration is not of these probabilities. */
function estimatesOf(
  { profile, scores, classScores }: Pick<MergedQuality, 'profile' | 'scores' | 'classScores'>,
  calibration: Calibration | ClassCalibration,
): Estimates | undefined {
  if (classScores) {
    if (classScores.all.calibrations.length === 0) return undefined;
    return {
      all: () => estimatedClassQuality(classScores.all),
      labelled: () => estimatedClassQuality(classScores.labelled),
      realized: () => realizedQuality(classScores.labelled),
    };
  }
  if (!scores || 'classes' in calibration) return undefined;
  return {
    all: () => estimatedQuality(scores.all, calibration),
    labelled: () => estimatedQuality(scores.labelled, calibration),
    realized: () => profile.tally.metrics(0, EVERY_POINT),
  };
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
