import type { Bucket, FeatureStatistics, NumericalStatistics } from '../../analysis';
import { shorten } from './html';

/** How often a feature takes the values of each group, in the baseline and in one window. */
export interface Distribution {
  /** intervals of a number, or values of a text; `(missing)` for rows without a value, where there are any */
  readonly groups: string[];
  /** share of each group in all rows, rows without a value included: 0 to 1 */
  readonly baseline: number[];
  readonly current: number[];
}

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
): Distribution | undefined {
  if (baseline.numerical_statistics && current.numerical_statistics) {
    return compareNumbers(baseline.numerical_statistics, current.numerical_statistics);
  }
  const [before, after] = [sharesOf(baseline), sharesOf(current)];
  return before && after ? compareCategories(before, after) : undefined;
}

function compareNumbers(baseline: NumericalStatistics, current: NumericalStatistics): Distribution | undefined {
  const buckets = baseline.distribution?.kll?.buckets ?? [];
  const rank = rankOf(current);
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  if (!rank || total === 0) return undefined;
  const [first, last] = [buckets[0], buckets[buckets.length - 1]];
  const [before, after] = [presentShare(baseline), presentShare(current)];
  const groups = buckets.map((bucket) => ({
    name: intervalName(bucket),
    baseline: (before * bucket.count) / total,
    current: after * (rank(bucket.upper_bound, bucket === last) - rank(bucket.lower_bound, false)),
  }));
  const beyond = (name: string, share: number) => ({ name, baseline: 0, current: after * share });
  const outer = [
    beyond(`below ${formatNumber(first.lower_bound)}`, rank(first.lower_bound, false)),
    beyond(`above ${formatNumber(last.upper_bound)}`, 1 - rank(last.upper_bound, true)),
    { name: MISSING, baseline: 1 - before, current: 1 - after },
  ].map((group) => (group.baseline > 0 || group.current > 0 ? [group] : []));
  return distributionOf([...outer[0], ...groups, ...outer[1], ...outer[2]]);
}

interface Group {
  readonly name: string;
  readonly baseline: number;
  readonly current: number;
}

function distributionOf(groups: readonly Group[]): Distribution {
  return {
    groups: groups.map(({ name }) => name),
    baseline: groups.map(({ baseline }) => baseline),
    current: groups.map(({ current }) => current),
  };
}

function presentShare({ common: { num_present, num_missing } }: NumericalStatistics): number {
  return num_present / (num_present + num_missing);
}

/** Share of values below `x`, or up to and with `x`: from the sketch, whose items of level i weigh 2^i; without one, from the buckets. */
function rankOf(statistics: NumericalStatistics): ((x: number, inclusive: boolean) => number) | undefined {
  const kll = statistics.distribution?.kll;
  const items = kll?.sketch?.data.flatMap((level, index) => level.map((value) => ({ value, weight: 2 ** index })));
  if (!items?.length) return kll?.buckets.length ? rankInBuckets(kll.buckets) : undefined;
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  return (x, inclusive) =>
    items.reduce((sum, { value, weight }) => (value < x || (inclusive && value === x) ? sum + weight : sum), 0) / total;
}

function rankInBuckets(buckets: readonly Bucket[]): (x: number, inclusive: boolean) => number {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const below = (x: number, { lower_bound, upper_bound, count }: Bucket) => {
    if (upper_bound <= lower_bound) return x > lower_bound ? count : 0;
    return count * Math.min(1, Math.max(0, (x - lower_bound) / (upper_bound - lower_bound)));
  };
  return (x, inclusive) => {
    if (inclusive && x >= buckets[buckets.length - 1].upper_bound) return 1;
    return buckets.reduce((sum, bucket) => sum + below(x, bucket), 0) / total;
  };
}

function sharesOf({ string_statistics }: FeatureStatistics): Map<string, number> | undefined {
  const buckets = string_statistics?.distribution?.categorical?.buckets;
  const total = buckets?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return buckets && total > 0 ? new Map(buckets.map(({ value, count }) => [value, count / total])) : undefined;
}

function compareCategories(before: Map<string, number>, after: Map<string, number>): Distribution {
  const groups = [...new Set([...before.keys(), ...after.keys()])]
    .map((value) => ({ name: categoryName(value), baseline: before.get(value) ?? 0, current: after.get(value) ?? 0 }))
    .sort((a, b) => Math.abs(b.baseline - b.current) - Math.abs(a.baseline - a.current));
  if (groups.length <= MAX_CATEGORIES) return distributionOf(groups);
  const rest = groups.splice(MAX_CATEGORIES - 1);
  const sum = (side: 'baseline' | 'current') => rest.reduce((total, group) => total + group[side], 0);
  return distributionOf([
    ...groups,
    { name: `${rest.length} others`, baseline: sum('baseline'), current: sum('current') },
  ]);
}

function categoryName(value: string): string {
  return value === 'NullValue' ? MISSING : shorten(value, 24);
}

function intervalName({ lower_bound, upper_bound }: Bucket): string {
  return `${formatNumber(lower_bound)} – ${formatNumber(upper_bound)}`;
}

/** Three significant digits, without an exponent where that is readable. */
export function formatNumber(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumSignificantDigits: 3 }) : String(value);
}

/** A share, 0 to 1, as a percentage with one decimal at most. */
export function formatPercent(share: number): string {
  return `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;
}
