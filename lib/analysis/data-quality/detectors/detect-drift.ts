import { holmAdjusted } from '../../numbers/holm';
import type { NotEvaluated } from '../../port';
import type { Constraints, Statistics } from '../../schemas';
import { tooFewValues } from '../gap-reasons';
import { totalOf } from './bins';
import { comparePair } from './compare-pair';
import { comparisonSettings } from './comparison-settings';
import { type DriftMethod, METHODS } from './drift-method';
import { type CategoricalPair, featurePair, type NumericPair } from './feature-pair';

/**
 * The probability that is allowed for an alarm about nothing, by default: one window in a thousand. A monitor that runs every hour makes 8,760 of
 * them a year.
 */
export const DEFAULT_FALSE_ALARM_RATE = 0.001;

/** What is compared, and how. */
export interface DriftInput {
  readonly baseline: Statistics;
  readonly current: Statistics;
  /** `MassShift` where absent */
  readonly method?: DriftMethod;
  /** switch features off, and have the thresholds of `MassShift`, `Simple` and `Robust`; the methods' own where absent */
  readonly constraints?: Constraints;
  /** of all features; wins over the constraints; a distance above it counts, in the method's unit */
  readonly threshold?: number;
  /**
   * the probability that any feature of a window without drift alarms, above 0 to 1; 0.001 where absent, 1 switches the tests off and leaves
   * the thresholds alone to decide. Without meaning for `Simple` and `Robust`, which do not test
   */
  readonly falseAlarmRate?: number;
  /** p-values of other tests of the same window, 0 to 1: the false alarm rate is one of all of them together. None where absent */
  readonly otherTests?: readonly number[];
}

/** How far a feature is from its baseline, and whether that is drift. */
export interface FeatureDrift {
  readonly feature: string;
  /** in the method's unit */
  readonly distance: number;
  /** above it the distance counts */
  readonly threshold: number;
  readonly kind: 'numeric' | 'categorical';
  readonly method: DriftMethod;
  /** how likely chance alone does this, 0 to 1; absent for `Simple` and `Robust` */
  readonly pValue?: number;
  /** the same for the number of features that were tested: drift if at most the false alarm rate */
  readonly adjustedPValue?: number;
  readonly hasDrifted: boolean;
}

/** What a comparison found. The order follows the baseline. */
export interface DriftResult {
  /** whether any feature has */
  readonly hasDrifted: boolean;
  readonly features: FeatureDrift[];
  readonly notEvaluated: NotEvaluated[];
}

/**
 * Compares two `statistics.json`, of either engine, feature by feature. A feature has drifted if its distance is above the threshold and, but for
 * `Simple` and `Robust`, chance is excluded: the p-values of all features are adjusted by Holm, so that the false alarm rate is one of the
 * whole window. A feature with no distribution on either side, with another type, or with too few values for a test is in `notEvaluated`.
 * Without features nothing has drifted.
 */
export function detectDrift(input: DriftInput): DriftResult {
  const notEvaluated: NotEvaluated[] = [];
  const compared = comparable(input, notEvaluated);
  const adjusted = holmAdjusted([...compared.map(({ pValue }) => pValue), ...(input.otherTests ?? [])]);
  const features = compared.map((each, index) => decide(each, adjusted[index], input));
  return { hasDrifted: features.some(({ hasDrifted }) => hasDrifted), features, notEvaluated };
}

interface Comparison {
  readonly feature: string;
  readonly kind: 'numeric' | 'categorical';
  readonly distance: number;
  readonly threshold: number;
  /** NaN for methods without a test */
  readonly pValue: number;
}

function comparable(input: DriftInput, notEvaluated: NotEvaluated[]): Comparison[] {
  const { method = 'MassShift' } = input;
  const current = new Map(input.current.features.map((feature) => [feature.name, feature]));
  return input.baseline.features.flatMap((baseline) => {
    const feature = baseline.name;
    const skip = (reason: string) => {
      notEvaluated.push({ feature, check: 'baseline_drift_check', reason });
      return [];
    };
    const settings = input.constraints ? comparisonSettings(input.constraints, feature) : {};
    if (settings.perform_comparison === 'Disabled') return [];
    const pair = featurePair(baseline, current.get(feature));
    if (pair.kind === 'incomparable') return skip(pair.reason);
    const compared = comparePair(pair, method, settings);
    if (METHODS[method].isTested && Number.isNaN(compared.pValue)) return skip(tooFewValues(...sizesOf(pair)));
    return Number.isNaN(compared.distance) ? skip(NO_DISTANCE) : [{ feature, kind: pair.kind, ...compared }];
  });
}

const NO_DISTANCE =
  'statistics.json of the baseline has no std_dev of this feature, which the drift method needs; make the baseline anew, or take another drift method';

/** How many values the window and the baseline have. */
const sizesOf = (pair: NumericPair | CategoricalPair): [window: number, baseline: number] =>
  pair.kind === 'numeric'
    ? [pair.current.count, pair.baseline.count]
    : [totalOf(pair.cells.current), totalOf(pair.cells.baseline)];

function decide(
  { feature, kind, distance, pValue, ...compared }: Comparison,
  adjustedPValue: number,
  input: DriftInput,
): FeatureDrift {
  const { method = 'MassShift', falseAlarmRate = DEFAULT_FALSE_ALARM_RATE } = input;
  const { isTested } = METHODS[method];
  const threshold = input.threshold ?? compared.threshold;
  const isChance = isTested && adjustedPValue > falseAlarmRate;
  return {
    feature,
    kind,
    method,
    distance,
    threshold,
    ...(isTested && { pValue, adjustedPValue }),
    hasDrifted: distance > threshold && !isChance,
  };
}
