import type { Calibration } from '../../../../lib/analysis/model-quality/estimation/calibration';
import { LabelledClasses } from '../../../../lib/analysis/model-quality/estimation/class-calibration';
import { ClassScores } from '../../../../lib/analysis/model-quality/estimation/class-scores';
import { stepsOf } from '../../../../lib/analysis/model-quality/problem';
import type { Random } from '../../data-quality/detectors/traffic';

export const LABELS = ['cat', 'dog', 'hen'];

/** A row of a classification by several labels: what the model says of each, and which one turns out. */
export interface ClassifiedRow {
  readonly probabilities: readonly number[];
  readonly predicted: number;
  readonly actual: number;
}

/** By what the model exaggerates how sure it is. */
export const MODELS = { calibrated: 1, overconfident: 1.8 } as const;

/** Where the features of rows lie, how far they spread, and which share of the labels is drawn anew among the others. */
export interface Traffic {
  readonly mean?: number;
  readonly spread?: number;
  readonly turned?: number;
}

const normal = (next: Random) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

function softmax(logits: readonly number[], sharpness: number): number[] {
  const weights = logits.map((logit) => Math.exp(sharpness * logit));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

function drawnOf(probabilities: readonly number[], next: Random): number {
  let left = next();
  const found = probabilities.findIndex((probability) => {
    left -= probability;
    return left < 0;
  });
  return found < 0 ? probabilities.length - 1 : found;
}

/** Rows of two features, from which the probabilities of the labels follow, unless labels are turned. */
export function drawnClasses(
  model: keyof typeof MODELS,
  rows: number,
  { mean = 0, spread = 1, turned = 0 }: Traffic,
  next: Random,
): ClassifiedRow[] {
  return Array.from({ length: rows }, () => {
    const [x, y] = [mean + spread * normal(next), spread * normal(next)];
    const logits = [1.5 * x, -0.7 * x + 1.3 * y, -0.7 * x - 1.3 * y - 0.4];
    const probabilities = softmax(logits, MODELS[model]);
    const ruled = drawnOf(softmax(logits, 1), next);
    const actual = next() < turned ? (ruled + 1 + Math.floor(2 * next())) % LABELS.length : ruled;
    return { probabilities, predicted: probabilities.indexOf(Math.max(...probabilities)), actual };
  });
}

/** The calibrations of labelled rows, which have to be there. */
export function classCalibrations(rows: readonly ClassifiedRow[]): Calibration[] {
  const labelled = new LabelledClasses(LABELS);
  for (const { probabilities, actual } of rows) labelled.add(probabilities.map(stepsOf), LABELS[actual]);
  const found = labelled.calibration();
  if ('refusal' in found) throw new Error(found.refusal);
  return Object.values(found.classes);
}

/** What is kept of rows whose labels are known. */
export function classScores(rows: readonly ClassifiedRow[], calibrations: readonly Calibration[]): ClassScores {
  const scores = new ClassScores(calibrations);
  for (const { probabilities, predicted, actual } of rows)
    scores.add({ classSteps: probabilities.map(stepsOf), predicted, actual });
  return scores;
}
