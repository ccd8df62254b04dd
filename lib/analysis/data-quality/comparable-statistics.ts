import type { ColumnProfile } from '../profile/column-profile';
import { categoryOf } from '../profile/meaning';
import { categoricalStatistics, numericalStatistics } from '../profile/statistics';
import type { CategoryCount, FeatureStatistics } from '../schemas';

/** A column of a window, and the feature that it is compared with. */
export interface ComparedColumn {
  readonly column: ColumnProfile;
  readonly rowCount: number;
  readonly baseline: FeatureStatistics;
}

/**
 * The statistics of a column in the form that its baseline has, whatever type its values alone would give it: numbers among text are compared
 * with numbers, the codes of categories with categories. Values of another form are the type check's. Without a value of the form: no statistics.
 */
export function comparableStatistics({ column, rowCount, baseline }: ComparedColumn): FeatureStatistics {
  const { name, inferred_type, numerical_statistics, string_statistics } = baseline;
  const named = { name, column, rowCount };
  if (numerical_statistics) return { name, inferred_type, numerical_statistics: numericalStatistics(named) };
  if (string_statistics) return byMeaning({ name, inferred_type, string_statistics: categoricalStatistics(named) });
  return { name, inferred_type };
}

/** The same feature with one bucket for each category, however its values are written. */
export function byMeaning(feature: FeatureStatistics): FeatureStatistics {
  const { string_statistics } = feature;
  const buckets = string_statistics?.distribution?.categorical?.buckets;
  if (!string_statistics || !buckets) return feature;
  const distribution = { categorical: { buckets: merged(buckets) } };
  return { ...feature, string_statistics: { ...string_statistics, distribution } };
}

function merged(buckets: readonly CategoryCount[]): CategoryCount[] {
  const counts = new Map<string, number>();
  for (const { value, count } of buckets) {
    const category = categoryOf(value);
    counts.set(category, (counts.get(category) ?? 0) + count);
  }
  return Array.from(counts, ([value, count]) => ({ value, count }));
}
