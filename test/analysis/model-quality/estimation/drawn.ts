import { LabelledScores } from '../../../../lib/analysis/model-quality/estimation/calibration';
import { ScoreCounts } from '../../../../lib/analysis/model-quality/estimation/score-counts';
import { type Random, random } from '../../data-quality/detectors/traffic';

export const SEED = 20_261_130;

/** A row of a binary classification: what the model says, and what turns out. */
export interface Row {
  readonly score: number;
  readonly isPositive: boolean;
}

const normal = (next: Random) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** What a model makes of the true probability. */
export const MODELS = {
  calibrated: (probability: number) => probability,
  overconfident: (probability: number) => logistic(1.8 * Math.log(probability / (1 - probability)) + 0.3),
} as const;

/** Where the features of rows lie, how far they spread, and how many labels are turned round. */
export interface Traffic {
  readonly mean?: number;
  readonly spread?: number;
  readonly turned?: number;
}

/** Rows whose one feature is normally distributed; the probability of their label follows from it alone, unless labels are turned. */
export function drawnRows(
  model: keyof typeof MODELS,
  rows: number,
  { mean = 0, spread = 1, turned = 0 }: Traffic,
  next: Random,
): Row[] {
  return Array.from({ length: rows }, () => {
    const probability = logistic(1.5 * (mean + spread * normal(next)) - 0.5);
    const isPositive = next() < probability;
    return { score: MODELS[model](probability), isPositive: next() < turned ? !isPositive : isPositive };
  });
}

export const drawing = (offset = 0): Random => random(SEED + offset);

/** The rows of a window by their predicted label, which is positive above a half. */
export function scoresOf(rows: readonly Pick<Row, 'score'>[]): ScoreCounts {
  const scores = new ScoreCounts(2);
  for (const { score } of rows) scores.add(score, Number(score > 0.5));
  return scores;
}

/** The calibration of rows, which has to be there. */
export function calibrationOf(rows: readonly Row[]) {
  const labelled = new LabelledScores();
  for (const { score, isPositive } of rows) labelled.add(score, isPositive);
  const calibration = labelled.calibration();
  if ('refusal' in calibration) throw new Error(calibration.refusal);
  return calibration;
}
