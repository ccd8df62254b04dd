import { categoricalDistance, numericDistance } from '../distance';
import { decileCounts } from './bins';
import { homogeneityPValue } from './chi-squared';
import { jensenShannonDistance, populationStabilityIndex, totalVariation } from './divergence';
import type { CategoricalPair, NumericPair } from './feature-pair';
import { kolmogorovSmirnovDistance, kolmogorovSmirnovPValue } from './kolmogorov-smirnov';
import { normedWasserstein } from './wasserstein';

/**
 * How far apart two distributions are is measured by:
 *
 * - `MassShift`: the share of values that moved. Numeric features by Kolmogorov and Smirnov, categories by total variation; 0 to 1. The default
 * - `PopulationStability`: the population stability index, of deciles or categories; 0 and above
 * - `Wasserstein`: numeric features by the mean way in standard deviations, categories and constant baselines by Jensen and Shannon; 0 and above
 * - `JensenShannon`: the distance of deciles or categories, base 2; 0 to 1
 * - `Simple`, `Robust`: what Model Monitor computes, of distinct values instead of all; 0 to 1
 */
export type DriftMethod = 'MassShift' | 'PopulationStability' | 'Wasserstein' | 'JensenShannon' | 'Simple' | 'Robust';

/** One method: distances, the thresholds by default, and whether chance is excluded by a test beside it. */
export interface MethodDefinition {
  readonly numeric: (pair: NumericPair) => number;
  readonly categorical: (pair: CategoricalPair) => number;
  readonly numericThreshold: number;
  readonly categoricalThreshold: number;
  /** whether the thresholds of `constraints.json` are in this method's unit */
  readonly usesConstraints: boolean;
  readonly isTested: boolean;
}

const jensenShannon = ({ cells }: CategoricalPair) => jensenShannonDistance(cells);

const numericJensenShannon = ({ baseline, current }: NumericPair) =>
  jensenShannonDistance(decileCounts(baseline, current));

/** Beside a constant baseline any other value would be infinitely far, however few have it. */
const wasserstein = (pair: NumericPair) =>
  pair.standardDeviation === 0
    ? numericJensenShannon(pair)
    : normedWasserstein(pair.baseline, pair.current, pair.standardDeviation);

const modelMonitor = (method: 'Simple' | 'Robust'): MethodDefinition => ({
  numeric: ({ levels }) => numericDistance(levels.current, levels.baseline, method),
  categorical: ({ buckets }) => categoricalDistance(buckets.current, buckets.baseline, method),
  numericThreshold: 0.1,
  categoricalThreshold: 0.1,
  usesConstraints: true,
  isTested: false,
});

/**
 * The methods by name. 0.25 is the customary bound of the population stability index, 0.1 of the next two; 0.1 is also what Model Monitor
 * suggests for its distances.
 *
 * @see https://scholarworks.wmich.edu/dissertations/3208/
 * @see https://docs.evidentlyai.com/reference/data-drift-algorithm
 */
export const METHODS: { readonly [method in DriftMethod]: MethodDefinition } = {
  MassShift: {
    numeric: ({ baseline, current }) => kolmogorovSmirnovDistance(baseline, current),
    categorical: ({ cells }) => totalVariation(cells),
    numericThreshold: 0.1,
    categoricalThreshold: 0.1,
    usesConstraints: true,
    isTested: true,
  },
  PopulationStability: {
    numeric: ({ baseline, current }) => populationStabilityIndex(decileCounts(baseline, current)),
    categorical: ({ cells }) => populationStabilityIndex(cells),
    numericThreshold: 0.25,
    categoricalThreshold: 0.25,
    usesConstraints: false,
    isTested: true,
  },
  Wasserstein: {
    numeric: wasserstein,
    categorical: jensenShannon,
    numericThreshold: 0.1,
    categoricalThreshold: 0.1,
    usesConstraints: false,
    isTested: true,
  },
  JensenShannon: {
    numeric: numericJensenShannon,
    categorical: jensenShannon,
    numericThreshold: 0.1,
    categoricalThreshold: 0.1,
    usesConstraints: false,
    isTested: true,
  },
  Simple: modelMonitor('Simple'),
  Robust: modelMonitor('Robust'),
};

/**
 * How likely a feature's samples differ as they do if nothing drifted, 0 to 1: by Kolmogorov and Smirnov for numbers, by the chi-squared test
 * of homogeneity for categories. NaN when there are too few values for a test.
 */
export function pValueOf(pair: NumericPair | CategoricalPair): number {
  return pair.kind === 'numeric' ? kolmogorovSmirnovPValue(pair.baseline, pair.current) : homogeneityPValue(pair.cells);
}
