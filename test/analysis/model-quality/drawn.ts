import {
  type QualityProblem,
  type QualityProfile,
  type QualityRow,
  qualityStatistics,
} from '../../../lib/analysis/model-quality';
import { type Random, random } from '../data-quality/detectors/traffic';
import { BINARY, MULTICLASS, profileOf, REGRESSION } from './rows';

// Windows of models of each kind of problem, drawn from populations whose metrics are known as those of very many rows.

export const SEED = 20_260_305;

/** A population of rows. */
export interface Population {
  readonly name: string;
  readonly problem: QualityProblem;
  readonly row: (next: Random) => QualityRow;
}

const normal = (next: Random) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/**
 * A model that is beside the label by chance: mostly little, seldom much. Where one of twenty errors is four times as large, a window of 1,000 has few of those
 * that the mean of squares is made of.
 */
const REGRESSIONS: readonly Population[] = [
  { share: 0, outliers: 1 },
  { share: 0.1, outliers: 2 },
  { share: 0.05, outliers: 4 },
].map(({ share, outliers }) => ({
  name: `regression with ${outliers} times as large errors in a share of ${share}`,
  problem: REGRESSION,
  row: (next) => {
    const actual = 1000 + 40 * normal(next);
    const size = next() < share ? outliers : 1;
    return { actual, predicted: actual + 12 * size * normal(next) };
  },
}));

/** A model whose probabilities are greater for positive rows, of so many. */
const BINARIES: readonly Population[] = [0.5, 0.15].map((positives) => ({
  name: `binary classification with ${positives} positives`,
  problem: BINARY,
  row: (next) => {
    const isPositive = next() < positives;
    const score = 1 / (1 + Math.exp(-(1.2 * (isPositive ? 1 : -1) + 1.3 * normal(next))));
    return { actual: isPositive ? '1' : '0', predicted: score > 0.5 ? '1' : '0', score };
  },
}));

/** A model that takes so many classes for their neighbours. */
const MULTICLASSES: readonly Population[] = [4, 12].map((classes) => ({
  name: `multiclass classification of ${classes} labels`,
  problem: MULTICLASS,
  row: (next) => {
    const actual = Math.floor(next() ** 1.5 * classes);
    const predicted = next() < 0.75 ? actual : (actual + 1 + Math.floor(2 * next())) % classes;
    return { actual: String(actual), predicted: String(predicted) };
  },
}));

export const POPULATIONS: readonly Population[] = [...REGRESSIONS, ...BINARIES, ...MULTICLASSES];

export const drawing = (seed: number): Random => random(SEED + seed);

/** So many rows of a population. */
export function drawnProfile({ problem, row }: Population, count: number, next: Random): QualityProfile {
  return profileOf(
    problem,
    Array.from({ length: count }, () => row(next)),
  );
}

/** What is known of rows; throws where nothing is. */
export function figuresOf(profile: QualityProfile) {
  const result = qualityStatistics(profile);
  if ('refusal' in result) throw new Error(result.refusal);
  return result;
}
