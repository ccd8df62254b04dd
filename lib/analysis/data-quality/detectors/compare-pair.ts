import type { DistributionConstraints } from '../../schemas';
import { thresholdOf } from './comparison-settings';
import { type DriftMethod, METHODS, pValueOf } from './drift-method';
import type { CategoricalPair, NumericPair } from './feature-pair';

/** How far apart two samples are. */
export interface PairComparison {
  /** in the method's unit; NaN where it cannot be said */
  readonly distance: number;
  /** above it the distance counts */
  readonly threshold: number;
  /** how likely chance alone does this, 0 to 1; NaN for methods without a test, and when there are too few values for one */
  readonly pValue: number;
}

/** Compares two samples by a method, with the threshold that settings have for it, else its own. */
export function comparePair(
  pair: NumericPair | CategoricalPair,
  method: DriftMethod,
  settings: DistributionConstraints,
): PairComparison {
  const { isTested, numeric, categorical } = METHODS[method];
  return {
    distance: pair.kind === 'numeric' ? numeric(pair) : categorical(pair),
    threshold: pairThreshold(pair.kind, method, settings),
    pValue: isTested ? pValueOf(pair) : Number.NaN,
  };
}

/** The threshold of a kind of feature: of the settings where they are in the method's unit, else the method's own. */
export function pairThreshold(
  kind: 'numeric' | 'categorical',
  method: DriftMethod,
  settings: DistributionConstraints,
): number {
  const { numericThreshold, categoricalThreshold, usesConstraints } = METHODS[method];
  const own = kind === 'numeric' ? numericThreshold : categoricalThreshold;
  return (usesConstraints ? thresholdOf(settings, kind === 'categorical') : undefined) ?? own;
}
