import { type Calibration, LabelledScores } from '../../../lib/analysis/model-quality/estimation/calibration';
import { type EstimatedQuality, estimatedQuality } from '../../../lib/analysis/model-quality/estimation/estimate';
import { ScoreCounts } from '../../../lib/analysis/model-quality/estimation/score-counts';
import type { Figures } from './differences';
import { casesOf } from './python';

/** Predictions: the probability of each, and the label that is predicted, 1 or 0. */
interface Predictions {
  readonly scores: readonly number[];
  readonly predicted: readonly number[];
}

/** Windows of one model. */
interface EstimationCase {
  readonly name: string;
  readonly reference: Predictions & { readonly labels: readonly number[] };
  /** each with NannyML's estimates, of probabilities as they are and of calibrated ones */
  readonly windows: readonly (Predictions & { readonly asGiven: Figures; readonly calibrated: Figures })[];
}

/** NannyML rounds what it adds up to five digits. */
export const AS_GIVEN = 1e-6;

/** Its calibration has a step for each probability that it has seen, and decides by other samples of the rows whether there is one. */
export const CALIBRATED = 1e-3;

/** What is estimated otherwise than NannyML does, a line each, and of how many windows. */
export async function estimatesAgainstNannyml(python: string, seed: number) {
  const cases = casesOf<EstimationCase>(python, 'estimation.py', seed);
  const windows = cases.reduce((count, each) => count + each.windows.length, 0);
  return { of: 'estimated quality and NannyML', cases: windows, differences: cases.flatMap(differencesOf) };
}

function differencesOf({ name, reference, windows }: EstimationCase): string[] {
  const calibration = calibrationOf(reference);
  const { blocks } = calibration;
  return windows.flatMap((window, index) => {
    const scores = scoresOf(window);
    const of = `${name}, window ${index}`;
    return [
      ...far(estimatedQuality(scores, { isCalibrated: false, blocks }), window.asGiven, {
        of: `${of}, as given`,
        most: AS_GIVEN,
      }),
      ...far(estimatedQuality(scores, calibration), window.calibrated, { of: `${of}, calibrated`, most: CALIBRATED }),
    ];
  });
}

function calibrationOf({ scores, labels }: EstimationCase['reference']): Calibration {
  const labelled = new LabelledScores();
  for (const [row, score] of scores.entries()) labelled.add(score, labels[row] === 1);
  const calibration = labelled.calibration();
  if ('refusal' in calibration) throw new Error(calibration.refusal);
  return calibration;
}

function scoresOf({ scores, predicted }: Predictions): ScoreCounts {
  const counts = new ScoreCounts(2);
  for (const [row, score] of scores.entries()) counts.add(score, predicted[row]);
  return counts;
}

interface Tolerance {
  readonly of: string;
  readonly most: number;
}

/** Metrics that are farther from NannyML's than they may be, a line each. */
export function far(estimates: EstimatedQuality, theirs: Figures, { of, most }: Tolerance): string[] {
  return Object.entries(theirs).flatMap(([metric, value]) => {
    const [ours] = estimates.get(metric) ?? [Number.NaN];
    return Math.abs(ours - Number(value)) <= most ? [] : [`${of}: ${metric} is ${ours} here, and ${value} there`];
  });
}
