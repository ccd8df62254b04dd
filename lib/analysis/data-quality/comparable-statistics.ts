import type { ColumnProfile } from '../profile/column-profile';
import { knownCategories } from '../profile/known-categories';
import { categoryOf } from '../profile/meaning';
import { categoricalStatistics, NULL_VALUE, numericalStatistics } from '../profile/statistics';
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
  if (!string_statistics) return { name, inferred_type };
  const current = categoricalStatistics(named);
  const buckets = current.distribution ? undefined : manyCategories({ column, rowCount, baseline });
  return byMeaning({
    name,
    inferred_type,
    string_statistics: buckets ? { ...current, distribution: { categorical: { buckets } } } : current,
  });
}

/** Pieces of values that are not told apart: enough for none to weigh as a category of its own. */
const MAX_PIECES = 4096;

/**
 * A histogram of a column with too many values for one, by the categories of its baseline; undefined where that has none. Of a category that is known
 * within bounds only, as many values are taken as its baseline makes expect.
 */
function manyCategories({ column, rowCount, baseline }: ComparedColumn): CategoryCount[] | undefined {
  const buckets = baseline.string_statistics?.distribution?.categorical?.buckets;
  if (!buckets) return undefined;
  const before = new Map(merged(buckets).map(({ value, count }) => [value, count]));
  const share = rowCount / buckets.reduce((sum, { count }) => sum + count, 0);
  const missing = rowCount - column.present;
  const { known, others, untold } = knownCategories(
    column,
    [...before.keys()].filter((value) => value !== NULL_VALUE),
  );
  let rest = untold;
  const ours = Array.from(known, ([value, { least, most }]): CategoryCount => {
    const count = Math.round(Math.min(Math.max(share * (before.get(value) ?? 0), least), most, least + rest));
    rest -= count - least;
    return { value, count };
  });
  const thin = thinning(column);
  const counted = [...ours, { value: NULL_VALUE, count: missing }].map(({ value, count }) => ({
    value,
    count: thin(count),
  }));
  const strange = [...others, ...pieces(rest)].map(thin).filter((count) => count > 0);
  return [...counted, ...namedAmong(strange, counted, before)];
}

/**
 * Of so many values one each, evenly: numbers that a sketch has left out vary more than as many values that were counted, about as much as those that its
 * highest level has.
 */
function thinning({ values, numbers }: ColumnProfile): (count: number) => number {
  const times = values.isComplete() ? 1 : 2 ** Math.max(0, numbers.sketch.data().length - 1);
  let before = 0;
  return (count) => {
    const kept = Math.floor((before + count) / times) - Math.floor(before / times);
    before += count;
    return kept;
  };
}

/**
 * Names for values that have none. Rare categories are put together, the rarest first and equally rare ones in the order of their names: those of the window
 * alone have to be spread among others that are as rare, as the values of one source would be.
 */
function namedAmong(
  counts: readonly number[],
  known: readonly CategoryCount[],
  before: ReadonlyMap<string, number>,
): CategoryCount[] {
  const bySize = new Map<number, string[]>();
  for (const { value, count } of known) {
    const size = count + (before.get(value) ?? 0);
    bySize.set(size, [...(bySize.get(size) ?? []), value]);
  }
  return counts.map((count, index) => {
    const asRare = bySize.get(count) ?? [''];
    return { value: `${asRare[index % asRare.length]}\0${index}`, count };
  });
}

function pieces(count: number): number[] {
  const number = Math.min(count, MAX_PIECES);
  const upTo = (piece: number) => Math.floor((count * piece) / number);
  return Array.from({ length: number }, (_, piece) => upTo(piece + 1) - upTo(piece));
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
