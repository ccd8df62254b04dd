import type { FeatureStatistics, Statistics } from '../schemas';

/**
 * Statistics whose sketches do not tell in which order values came: each level is sorted.
 *
 * A sketch keeps up to 2,050 values of a column as they come, so that columns side by side are the rows. No quantile, distance or bucket depends on the
 * order within a level.
 */
export function withoutRowOrder(statistics: Statistics): Statistics {
  return { ...statistics, features: statistics.features.map(sorted) };
}

function sorted(feature: FeatureStatistics): FeatureStatistics {
  const numerical = feature.numerical_statistics;
  const kll = numerical?.distribution?.kll;
  if (!numerical || !kll?.sketch) return feature;
  const data = kll.sketch.data.map((level) => [...level].sort((a, b) => a - b));
  const distribution = { ...numerical.distribution, kll: { ...kll, sketch: { ...kll.sketch, data } } };
  return { ...feature, numerical_statistics: { ...numerical, distribution } };
}
