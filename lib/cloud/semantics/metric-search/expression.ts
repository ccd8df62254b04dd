import type { MetricIdentity, MetricStore } from '../alarm-state/alarm-state';
import { statisticNamed } from '../alarm-state/measurement';
import { finds, metricSearch } from './search';

/** What is searched. */
export interface SearchedMetrics extends MetricStore {
  /** every metric that has a value */
  all(): MetricIdentity[];
}

/** From when to when values are asked for. */
export interface TimeRange {
  readonly from: Date;
  readonly until: Date;
}

/** The values of a metric, or of a sum of several, by the begin of their periods. */
export interface MetricSeries {
  /** absent of what is computed of several */
  readonly metric?: MetricIdentity;
  readonly points: readonly (readonly [time: number, value: number])[];
}

const SORTED = /^SORT\((.*), (MAX|MIN|AVG|SUM), (ASC|DESC)(?:, (\d+))?\)$/;
const SUMMED = /^SUM\((.*)\)$/;
const DIVIDED = /^(.*) \/ (\d+(?:\.\d+)?)$/;

/**
 * What an expression of searches comes to: `SEARCH`, `SORT` and `SUM` of it, and a division by a number.
 *
 * @returns undefined for any other expression
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function searchedSeries(
  expression: string,
  store: SearchedMetrics,
  range: TimeRange,
): MetricSeries[] | undefined {
  const of = (inner: string) => searchedSeries(inner, store, range);
  const [, sorted, by, order, most] = SORTED.exec(expression) ?? [];
  if (sorted !== undefined)
    return of(sorted) && sort(of(sorted) ?? [], by, order).slice(0, most ? Number(most) : undefined);
  const [, divided, divisor] = DIVIDED.exec(expression) ?? [];
  if (divided !== undefined) {
    return of(divided)?.map(({ metric, points }) => ({
      metric,
      points: points.map(([time, value]) => [time, value / Number(divisor)] as const),
    }));
  }
  const [, summed] = SUMMED.exec(expression) ?? [];
  if (summed !== undefined) return sumOf(of(summed));
  const search = metricSearch(expression);
  if (search === undefined) return undefined;
  const found = store.all().filter((metric) => finds(search, metric));
  return found.map((metric) => seriesOf(metric, { ...search, store, range })).filter(({ points }) => points.length > 0);
}

/** How the values of one metric are asked for. */
interface Asked {
  readonly statistic: string;
  /** seconds */
  readonly period: number;
  readonly store: MetricStore;
  readonly range: TimeRange;
}

/** The values of one metric, period by period; periods without one have none. */
export function seriesOf(metric: MetricIdentity, { statistic, period, store, range }: Asked): MetricSeries {
  const of = statisticNamed(statistic);
  const step = period * 1000;
  const points: [number, number][] = [];
  for (let time = Math.floor(range.from.getTime() / step) * step; time < range.until.getTime(); time += step) {
    const values = store.values(metric, new Date(time), new Date(time + step));
    if (values.length > 0) points.push([time, of(values)]);
  }
  return { metric, points };
}

const MEASURES: Readonly<Record<string, (values: number[]) => number>> = {
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
};

function sort(series: readonly MetricSeries[], by: string, order: string): MetricSeries[] {
  const measure = ({ points }: MetricSeries) => MEASURES[by](points.map(([, value]) => value));
  const sign = order === 'ASC' ? 1 : -1;
  return [...series].sort((one, other) => sign * (measure(one) - measure(other)));
}

/** One series of the sums of all that have a value; none of nothing. */
function sumOf(series: readonly MetricSeries[] | undefined): MetricSeries[] | undefined {
  if (!series || series.length === 0) return series && [];
  const sums = new Map<number, number>();
  for (const [time, value] of series.flatMap(({ points }) => points)) sums.set(time, (sums.get(time) ?? 0) + value);
  return [{ points: [...sums].sort(([one], [other]) => one - other) }];
}
