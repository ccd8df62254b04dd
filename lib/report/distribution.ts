import type { Bucket, CategoryCount, FeatureStatistics, NumericalStatistics } from '../analysis';
import { formatNumber } from './figures';
import { shorten } from './html';

/** A group of values, and how often it occurs: shares of all rows, rows without a value included, 0 to 1. */
export interface Group {
  readonly name: string;
  readonly baseline: number;
  readonly current: number;
}

/** How often a feature takes the values of each group, in the baseline and in one window; `(missing)` for rows without a value, where there are any. */
export type Distribution = readonly Group[];

/** Whether groups are called by the values that they hold, or by their place among the baseline's, which says no value of a record. */
export type Naming = 'values' | 'places';

/** How a group of rows without a value is called. */
const MISSING = '(missing)';

/** Texts with more values than this show the most different ones, and the rest as one. */
const MAX_CATEGORIES = 8;

/**
 * Compares the values of a feature in a window with the baseline.
 *
 * Numbers fall into the ten buckets of the baseline, and into one more on either side where the window goes beyond them. Undefined when one of both
 * has no distribution: no present value, more than 120 values of a text, or another type than in the baseline.
 */
export function compareDistributions(
  baseline: FeatureStatistics,
  current: FeatureStatistics,
  naming: Naming = 'values',
): Distribution | undefined {
  if (baseline.numerical_statistics && current.numerical_statistics) {
    return compareNumbers(baseline.numerical_statistics, current.numerical_statistics, naming);
  }
  const [before, after] = [sharesOf(baseline), sharesOf(current)];
  if (!before || !after) return undefined;
  return naming === 'values' ? compareCategories(before, after) : comparePlaces(before, after);
}

function compareNumbers(
  baseline: NumericalStatistics,
  current: NumericalStatistics,
  naming: Naming,
): Distribution | undefined {
  const buckets = baseline.distribution?.kll?.buckets ?? [];
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const shares = total === 0 ? undefined : sharesByBucket(current, buckets);
  if (!shares) return undefined;
  const [before, after] = [presentShare(baseline), presentShare(current)];
  const names = naming === 'values' ? intervalNames(buckets) : placeNames(buckets);
  const within = buckets.map((bucket, index) => ({
    name: names[index + 1],
    baseline: (before * bucket.count) / total,
    current: after * shares[index + 1],
  }));
  const last = names.length - 1;
  const [below, above] = [0, last].map((at) => ({ name: names[at], baseline: 0, current: after * shares[at] }));
  const missing = { name: MISSING, baseline: 1 - before, current: 1 - after };
  const held = (group: Group) => (group.baseline > 0 || group.current > 0 ? [group] : []);
  return [...held(below), ...within, ...held(above), ...held(missing)];
}

/** What is called by its values: below the first bucket, the buckets, above the last. */
function intervalNames(buckets: readonly Bucket[]): string[] {
  const [first, last] = [buckets[0], buckets[buckets.length - 1]];
  const intervals = buckets.map(
    ({ lower_bound, upper_bound }) => `${formatNumber(lower_bound)} – ${formatNumber(upper_bound)}`,
  );
  return [`below ${formatNumber(first.lower_bound)}`, ...intervals, `above ${formatNumber(last.upper_bound)}`];
}

/** The same without the outer bounds, which are values of records: the others only divide what lies between. */
function placeNames(buckets: readonly Bucket[]): string[] {
  const last = buckets.length - 1;
  const inner = buckets.map(({ lower_bound, upper_bound }, index) => {
    if (last === 0) return "in the baseline's range";
    if (index === 0) return `up to ${formatNumber(upper_bound)}`;
    return index === last
      ? `from ${formatNumber(lower_bound)}`
      : `${formatNumber(lower_bound)} – ${formatNumber(upper_bound)}`;
  });
  return ["below the baseline's range", ...inner, "above the baseline's range"];
}

function presentShare({ common: { num_present, num_missing } }: NumericalStatistics): number {
  return num_present / (num_present + num_missing);
}

/** Shares of the values below the buckets, in each, and above: from the sketch, whose items of level i weigh 2^i; without one, from the window's buckets. */
function sharesByBucket(statistics: NumericalStatistics, buckets: readonly Bucket[]): number[] | undefined {
  const kll = statistics.distribution?.kll;
  const edges = [...buckets.map(({ lower_bound }) => lower_bound), buckets[buckets.length - 1].upper_bound];
  const items = kll?.sketch?.data.some((level) => level.length > 0) ? kll.sketch.data : undefined;
  const counts = items ? countItems(items, edges) : kll?.buckets.length ? countBuckets(kll.buckets, edges) : undefined;
  const total = counts?.reduce((sum, count) => sum + count, 0) ?? 0;
  return counts && total > 0 ? counts.map((count) => count / total) : undefined;
}

function countItems(levels: readonly (readonly number[])[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  const last = edges.length - 1;
  for (const [level, values] of levels.entries()) {
    for (const value of values) {
      let place = 0;
      while (place < last && value >= edges[place]) place += 1;
      if (place === last && value > edges[last]) place += 1; // the last bucket includes its upper bound
      counts[place] += 2 ** level;
    }
  }
  return counts;
}

function countBuckets(buckets: readonly Bucket[], edges: readonly number[]): number[] {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const rank = (x: number) => buckets.reduce((sum, bucket) => sum + countBelow(x, bucket), 0);
  const last = edges.length - 1;
  const isAll = edges[last] >= buckets[buckets.length - 1].upper_bound;
  const ranks = edges.map((edge, index) => (index === last && isAll ? total : rank(edge)));
  return [ranks[0], ...ranks.slice(1).map((each, index) => each - ranks[index]), total - ranks[last]];
}

function countBelow(x: number, { lower_bound, upper_bound, count }: Bucket): number {
  if (upper_bound <= lower_bound) return x > lower_bound ? count : 0;
  return count * Math.min(1, Math.max(0, (x - lower_bound) / (upper_bound - lower_bound)));
}

function sharesOf({ string_statistics }: FeatureStatistics): Map<string, number> | undefined {
  const buckets = string_statistics?.distribution?.categorical?.buckets;
  const total = buckets?.reduce((sum: number, { count }: CategoryCount) => sum + count, 0) ?? 0;
  return buckets && total > 0 ? new Map(buckets.map(({ value, count }) => [value, count / total])) : undefined;
}

function compareCategories(before: Map<string, number>, after: Map<string, number>): Distribution {
  const groups = [...new Set([...before.keys(), ...after.keys()])]
    .map((value) => ({ name: categoryName(value), baseline: before.get(value) ?? 0, current: after.get(value) ?? 0 }))
    .sort((a, b) => Math.abs(b.baseline - b.current) - Math.abs(a.baseline - a.current));
  return withRest(groups);
}

/** The baseline's values by how frequent they are, and all that it does not have as one. */
function comparePlaces(before: Map<string, number>, after: Map<string, number>): Distribution {
  const known = [...before].sort(([, a], [, b]) => b - a);
  const isMissing = (value: string) => value === NULL_VALUE;
  const groups = known
    .filter(([value]) => !isMissing(value))
    .map(([value, share], index) => ({ name: place(index), baseline: share, current: after.get(value) ?? 0 }));
  const strange = [...after].filter(([value]) => !before.has(value) && !isMissing(value));
  const strangeShare = strange.reduce((sum, [, share]) => sum + share, 0);
  const missing = { baseline: before.get(NULL_VALUE) ?? 0, current: after.get(NULL_VALUE) ?? 0 };
  return [
    ...withRest(groups),
    ...(strange.length > 0 ? [{ name: 'not in the baseline', baseline: 0, current: strangeShare }] : []),
    ...(missing.baseline + missing.current > 0 ? [{ name: MISSING, ...missing }] : []),
  ];
}

const ORDINALS = ['most frequent value', '2nd', '3rd'];

const place = (index: number) => ORDINALS[index] ?? `${index + 1}th`;

function withRest(groups: readonly Group[]): Distribution {
  if (groups.length <= MAX_CATEGORIES) return groups;
  const rest = groups.slice(MAX_CATEGORIES - 1);
  const sum = (side: 'baseline' | 'current') => rest.reduce((total, group) => total + group[side], 0);
  const others = { name: `${rest.length} others`, baseline: sum('baseline'), current: sum('current') };
  return [...groups.slice(0, MAX_CATEGORIES - 1), others];
}

/** How the files call rows without a value. */
const NULL_VALUE = 'NullValue';

function categoryName(value: string): string {
  return value === NULL_VALUE ? MISSING : shorten(value, 24);
}
