import type { CategoryCount, FeatureStatistics, NumericalStatistics } from '../../schemas';
import { NO_BASELINE_DISTRIBUTION, NO_COLUMN, NO_WINDOW_DISTRIBUTION, otherTypes } from '../gap-reasons';
import type { CellCounts } from './bins';
import { categoryCells } from './categories';
import { type NumericSample, numericSample } from './numeric-sample';

/** A numeric feature in baseline and current sample. */
export interface NumericPair {
  readonly kind: 'numeric';
  readonly baseline: NumericSample;
  readonly current: NumericSample;
  /** the levels of the sketches that the samples were made of */
  readonly levels: { readonly baseline: number[][]; readonly current: number[][] };
  /** of the baseline's population; in the feature's unit */
  readonly standardDeviation: number;
}

/** A categorical feature in baseline and current sample. */
export interface CategoricalPair {
  readonly kind: 'categorical';
  readonly cells: CellCounts;
  readonly buckets: { readonly baseline: CategoryCount[]; readonly current: CategoryCount[] };
}

/** A feature that cannot be compared, and why. */
export interface Incomparable {
  readonly kind: 'incomparable';
  readonly reason: string;
}

/**
 * What of a feature can be compared: its sketches if both samples have them (Integral compares with Fractional), its histograms if both have
 * them, else nothing, with the reason.
 */
export function featurePair(
  baseline: FeatureStatistics,
  current: FeatureStatistics | undefined,
): NumericPair | CategoricalPair | Incomparable {
  if (!current) return incomparable(NO_COLUMN);
  const [numbers, texts] = [numericPair(baseline, current), categoricalPair(baseline, current)];
  if (numbers ?? texts) return (numbers ?? texts) as NumericPair | CategoricalPair;
  if (!hasDistribution(baseline)) return incomparable(NO_BASELINE_DISTRIBUTION);
  if (!hasDistribution(current)) return incomparable(NO_WINDOW_DISTRIBUTION);
  return incomparable(otherTypes(current.inferred_type, baseline.inferred_type));
}

const incomparable = (reason: string): Incomparable => ({ kind: 'incomparable', reason });

const levelsOf = (statistics?: NumericalStatistics) => statistics?.distribution?.kll?.sketch?.data ?? [];
const bucketsOf = ({ string_statistics }: FeatureStatistics) =>
  string_statistics?.distribution?.categorical?.buckets ?? [];
const hasDistribution = (feature: FeatureStatistics) =>
  levelsOf(feature.numerical_statistics).some((level) => level.length > 0) || bucketsOf(feature).length > 0;

function numericPair(before: FeatureStatistics, after: FeatureStatistics): NumericPair | undefined {
  const levels = { baseline: levelsOf(before.numerical_statistics), current: levelsOf(after.numerical_statistics) };
  const [baseline, current] = [numericSample(levels.baseline), numericSample(levels.current)];
  if (baseline.count === 0 || current.count === 0) return undefined;
  const standardDeviation = before.numerical_statistics?.std_dev ?? Number.NaN;
  return { kind: 'numeric', baseline, current, levels, standardDeviation };
}

function categoricalPair(before: FeatureStatistics, after: FeatureStatistics): CategoricalPair | undefined {
  const buckets = { baseline: bucketsOf(before), current: bucketsOf(after) };
  if (buckets.baseline.length === 0 || buckets.current.length === 0) return undefined;
  return { kind: 'categorical', cells: categoryCells(buckets.baseline, buckets.current), buckets };
}
