import { javaDouble } from '../numbers/java-double';
import type { ColumnProfile } from '../profile/column-profile';
import type { Generation } from '../profile/inferred-type';
import { categoryCounts, columnType } from '../profile/statistics';
import type {
  CategoryCount,
  ComparisonMethod,
  DistributionConstraints,
  FeatureConstraints,
  FeatureStatistics,
} from '../schemas';
import { type ChiSquaredDistance, chiSquaredDistance } from './chi-squared-distance';
import { categoricalDistance, numericDistance } from './distance';
import { NO_BASELINE_DISTRIBUTION, NOT_IN_STATISTICS } from './gap-reasons';

/** How far a feature is from its baseline, violated or not. */
export interface FeatureDistance {
  readonly feature: string;
  /** 0 to 1; the statistic of a `Simple` ChiSquared is not bounded */
  readonly distance: number;
  /** above it the distance violates */
  readonly threshold: number;
  /** the comparison method: `Simple` or `Robust`; with ` ChiSquared` behind it where that was evaluated */
  readonly method: string;
}

/** A feature of a run and of its baseline. */
export interface DriftInput {
  readonly column: ColumnProfile;
  /** all rows of the run, the column's missing values included */
  readonly rowCount: number;
  readonly constraints: FeatureConstraints;
  /** the file's settings with those of the feature over them */
  readonly distribution: DistributionConstraints;
  /** absent when the baseline's statistics do not have the feature */
  readonly baseline?: FeatureStatistics;
  /** whose type patterns hold; `deequ-2.0` where absent */
  readonly generation?: Generation;
  /** see `DataQualityInput`; false where absent */
  readonly evaluatesChiSquared?: boolean;
}

/** A distance, or why there is none though the constraints ask for one; empty when they ask for none. */
export interface Drift {
  readonly distance?: FeatureDistance;
  readonly gap?: string;
}

/** What the container writes; the developer guide names the same. */
const DEFAULT_THRESHOLD = 0.1;

/**
 * The distance of a feature from its baseline. There is none, and no gap, when comparison is disabled, when the types differ (such features are
 * never compared), and for a String whose baseline has too many different values for a distribution. Without values on either side: a gap.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export function baselineDrift(input: DriftInput): Drift {
  const { constraints, column, distribution, generation } = input;
  if (distribution.perform_comparison === 'Disabled') return {};
  const expected = constraints.inferred_type === 'Boolean' ? 'String' : constraints.inferred_type;
  if (expected === 'Unknown' || columnType(column, generation) !== expected) return {};
  if (!input.baseline) return { gap: NOT_IN_STATISTICS };
  return expected === 'String' ? categoricalDrift(input) : numericDrift(input);
}

function numericDrift({ constraints, column, baseline, distribution }: DriftInput): Drift {
  const sketch = baseline?.numerical_statistics?.distribution?.kll?.sketch?.data;
  const method = distribution.comparison_method ?? 'Robust';
  const distance = numericDistance(column.numbers.sketch.data(), sketch ?? [], method);
  if (Number.isNaN(distance)) return { gap: NO_BASELINE_DISTRIBUTION };
  const threshold = distribution.comparison_threshold ?? DEFAULT_THRESHOLD;
  return { distance: { feature: constraints.name, distance, threshold, method } };
}

function categoricalDrift(input: DriftInput): Drift {
  const { constraints, column, rowCount, baseline, distribution } = input;
  const expected = baseline?.string_statistics?.distribution?.categorical?.buckets;
  if (!expected) return {}; // a baseline with too many different values has no distribution to drift from
  const counts = categoryCounts(column, rowCount);
  if (!counts) return { gap: 'the data have too many different values for a distribution' };
  const feature = constraints.name;
  const method = distribution.comparison_method ?? 'Robust';
  const threshold =
    distribution.categorical_comparison_threshold ?? distribution.comparison_threshold ?? DEFAULT_THRESHOLD;
  const drift = distribution.categorical_drift_method ?? 'LInfinity';
  if (drift === 'ChiSquared') return chiSquaredDrift(input, { feature, counts, expected, method, threshold });
  if (drift !== 'LInfinity') return { gap: `the categorical drift method ${drift} is none of LInfinity, ChiSquared` };
  return { distance: { feature, distance: categoricalDistance(counts, expected, method), threshold, method } };
}

interface CategoryComparison {
  readonly feature: string;
  readonly counts: readonly CategoryCount[];
  readonly expected: readonly CategoryCount[];
  readonly method: ComparisonMethod;
  readonly threshold: number;
}

/**
 * Deequ gives the statistic for Simple and the p-value for Robust. A p-value is small when the samples differ, so what Model Monitor does with
 * "p-value exceeds threshold" cannot be told from its documents: the figures are told, and judged only where the caller asks for it. Then, by
 * our own choice, the threshold of Robust is a significance level; both are turned round, so that above the threshold still violates.
 */
function chiSquaredDrift({ evaluatesChiSquared }: DriftInput, comparison: CategoryComparison): Drift {
  const { feature, counts, expected, method, threshold } = comparison;
  const test = chiSquaredDistance(counts, expected);
  if (Number.isNaN(test.statistic)) return { gap: 'ChiSquared: fewer than two categories can be tested' };
  if (!evaluatesChiSquared) return { gap: unjudged(test) };
  const isSimple = method === 'Simple';
  return {
    distance: {
      feature,
      distance: isSimple ? test.statistic : 1 - test.pValue,
      threshold: isSimple ? threshold : 1 - threshold,
      method: `${method} ChiSquared`,
    },
  };
}

const unjudged = ({ statistic, degreesOfFreedom, pValue }: ChiSquaredDistance) =>
  `ChiSquared: statistic ${javaDouble(statistic)}, ${degreesOfFreedom} degrees of freedom, p-value ${javaDouble(pValue)}; ` +
  'it is not documented how Model Monitor compares them with the threshold; use LInfinity';
