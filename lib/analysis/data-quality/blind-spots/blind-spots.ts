import type { Constraints, FeatureConstraints, FeatureStatistics, Statistics } from '../../schemas';
import { comparisonSettings, isEvaluated, thresholdOf } from '../detectors/comparison-settings';
import { NOT_IN_STATISTICS } from '../gap-reasons';
import type { BlindSpot } from './blind-spot';
import { categoricalBlindSpot } from './categorical-blind-spot';
import { numericBlindSpot } from './numeric-blind-spot';

/** A baseline, and the windows that are compared with it. */
export interface BlindSpotsInput {
  readonly statistics: Statistics;
  readonly constraints: Constraints;
  /** rows of a window, 0 and above */
  readonly windowSize: number;
}

/** What Model Monitor suggests where the constraints do not say. */
const DEFAULT_THRESHOLD = 0.1;

/**
 * The shifts on which Model Monitor's drift check cannot alarm, from a baseline and the size of a window alone: at most one entry a feature,
 * the widest that holds, in the order of the constraints. A feature without an entry alarms at its largest shift. Values are taken to have
 * the feature's type; what other checks see (types, missing values, new categories of a domain) is no drift. Windows with missing values
 * are smaller, and see less. Empty for constraints without features.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 */
export function blindSpots(input: BlindSpotsInput): BlindSpot[] {
  const byName = new Map(input.statistics.features.map((feature) => [feature.name, feature]));
  return input.constraints.features.flatMap((constraints) => {
    const spot = blindSpotOf(input, constraints, byName.get(constraints.name));
    return spot ? [spot] : [];
  });
}

function blindSpotOf(
  { constraints: file, windowSize }: BlindSpotsInput,
  constraints: FeatureConstraints,
  statistics: FeatureStatistics | undefined,
): BlindSpot | undefined {
  const feature = constraints.name;
  const reason = notCompared(file, constraints);
  if (reason) return { feature, kind: 'not-compared', description: reason };
  if (!statistics) {
    return { feature, kind: 'no-distribution', description: NOT_IN_STATISTICS };
  }
  const settings = comparisonSettings(file, feature);
  const rule = {
    method: settings.comparison_method ?? 'Robust',
    threshold: thresholdOf(settings, isCategorical(constraints)) ?? DEFAULT_THRESHOLD,
    rows: windowSize,
  };
  return isCategorical(constraints)
    ? categoricalBlindSpot(statistics, constraints, rule)
    : numericBlindSpot(statistics, rule);
}

/** Booleans are categories, too. */
const isCategorical = ({ inferred_type }: FeatureConstraints) =>
  inferred_type === 'String' || inferred_type === 'Boolean';

function notCompared(file: Constraints, constraints: FeatureConstraints): string | undefined {
  const { perform_comparison, categorical_drift_method } = comparisonSettings(file, constraints.name);
  if (constraints.inferred_type === 'Unknown') return 'the baseline has no value of this feature: it is never compared';
  if (perform_comparison === 'Disabled') return 'the constraints switch its comparison off (perform_comparison)';
  if (!isEvaluated(file, constraints.name)) return 'the constraints are not evaluated (evaluate_constraints)';
  if (!isCategorical(constraints) || (categorical_drift_method ?? 'LInfinity') === 'LInfinity') return undefined;
  return `how Model Monitor decides by ${categorical_drift_method} is not documented (categorical_drift_method)`;
}
