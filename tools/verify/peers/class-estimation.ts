import type { Calibration } from '../../../lib/analysis/model-quality/estimation/calibration';
import { LabelledClasses } from '../../../lib/analysis/model-quality/estimation/class-calibration';
import { estimatedClassQuality } from '../../../lib/analysis/model-quality/estimation/class-estimate';
import { ClassScores } from '../../../lib/analysis/model-quality/estimation/class-scores';
import { stepsOf } from '../../../lib/analysis/model-quality/problem';
import type { Figures } from './differences';
import { AS_GIVEN, CALIBRATED, far } from './estimation';
import { casesOf } from './python';

/** Predictions: the probability of each class, and the place of the one that is predicted. */
interface Predictions {
  readonly probabilities: readonly (readonly number[])[];
  readonly predicted: readonly number[];
}

/** Windows of one model. */
interface ClassEstimationCase {
  readonly name: string;
  /** by class: whether NannyML calibrates it, which it decides by other samples of the rows */
  readonly isCalibrated: readonly boolean[];
  readonly reference: Predictions & { readonly labels: readonly number[] };
  /** each with NannyML's estimates, of probabilities as they are and of calibrated ones */
  readonly windows: readonly (Predictions & { readonly asGiven: Figures; readonly calibrated: Figures })[];
}

/** What is estimated otherwise than NannyML does of several classes, a line each, and of how many windows. */
export async function classEstimatesAgainstNannyml(python: string, seed: number) {
  const cases = casesOf<ClassEstimationCase>(python, 'class_estimation.py', seed);
  const windows = cases.reduce((count, each) => count + each.windows.length, 0);
  return {
    of: 'estimated quality of several classes and NannyML',
    cases: windows,
    differences: cases.flatMap(differencesOf),
  };
}

/** Where it is decided here which classes are calibrated. */
const DECIDED_HERE = 5e-3;

function differencesOf({ name, isCalibrated, reference, windows }: ClassEstimationCase): string[] {
  const calibrations = calibrationsOf(reference);
  const raw = calibrations.map(({ blocks }) => ({ isCalibrated: false, blocks }));
  const theirs = calibrations.map(({ blocks }, label) => ({ isCalibrated: isCalibrated[label], blocks }));
  return windows.flatMap((window, index) => {
    const of = `${name}, window ${index}`;
    return [
      ...far(estimatedClassQuality(scoresOf(window, raw)), window.asGiven, { of: `${of}, as given`, most: AS_GIVEN }),
      ...far(estimatedClassQuality(scoresOf(window, theirs)), window.calibrated, {
        of: `${of}, calibrated`,
        most: CALIBRATED,
      }),
      ...far(estimatedClassQuality(scoresOf(window, calibrations)), window.calibrated, {
        of: `${of}, calibrated as is decided here`,
        most: DECIDED_HERE,
      }),
    ];
  });
}

function calibrationsOf({ probabilities, labels }: ClassEstimationCase['reference']): Calibration[] {
  const labelled = new LabelledClasses(probabilities[0].map((_, label) => String(label)));
  for (const [row, each] of probabilities.entries()) labelled.add(each.map(stepsOf), String(labels[row]));
  const calibration = labelled.calibration();
  if ('refusal' in calibration) throw new Error(calibration.refusal);
  return Object.values(calibration.classes);
}

function scoresOf({ probabilities, predicted }: Predictions, calibrations: readonly Calibration[]): ClassScores {
  const scores = new ClassScores(calibrations);
  for (const [row, each] of probabilities.entries())
    scores.add({ classSteps: each.map(stepsOf), predicted: predicted[row] });
  return scores;
}
