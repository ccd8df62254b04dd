import type { Metrics } from '../account/metrics';
import { type Members, objectList, objectMember, optionalNumber, textMember } from '../members';
import { refuseUnknown, ServiceError } from './service';

const STATISTICS: { readonly [name: string]: (values: readonly number[]) => number } = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  SampleCount: (values) => values.length,
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
};

/**
 * What GetMetricData answers about metrics, the last period first, on one page; expressions are not modelled.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function metricData(metrics: Metrics, input: Members): Members {
  const [start, end] = ['StartTime', 'EndTime'].map((name) => optionalNumber(input, name, 'GetMetricData') ?? 0);
  if (start >= end) throw refused('the parameter StartTime must be less than the parameter EndTime');
  const queries = objectList(input, 'MetricDataQueries', 'GetMetricData');
  return { MetricDataResults: queries.map((query) => resultOf(metrics, query, { start, end })), Messages: [] };
}

function resultOf(metrics: Metrics, query: Members, { start, end }: { readonly start: number; readonly end: number }) {
  refuseUnknown(query, ['Id', 'MetricStat', 'ReturnData'], 'a query of metric data');
  const id = textMember(query, 'Id', 'a query of metric data');
  const stat = objectMember(query, 'MetricStat', id);
  refuseUnknown(stat, ['Metric', 'Period', 'Stat'], id);
  const period = optionalNumber(stat, 'Period', id) ?? 0;
  if (period % 60 !== 0 || period === 0) throw refused(`the period ${period} of ${id} is no multiple of 60`);
  const name = textMember(stat, 'Stat', id);
  if (!(name in STATISTICS)) throw refused(`the statistic ${name} of ${id} is not modelled`);
  const metric = metricOf(objectMember(stat, 'Metric', id), id);
  const found: { readonly time: number; readonly value: number }[] = [];
  for (let time = Math.floor(start / period) * period; time < end; time += period) {
    const values = metrics.values(metric, new Date(time * 1000), new Date((time + period) * 1000));
    if (values.length > 0) found.unshift({ time, value: STATISTICS[name](values) });
  }
  const [Timestamps, Values] = [found.map(({ time }) => time), found.map(({ value }) => value)];
  return { Id: id, Label: metric.metricName, StatusCode: 'Complete', Timestamps, Values };
}

function metricOf(metric: Members, id: string) {
  refuseUnknown(metric, ['Namespace', 'MetricName', 'Dimensions'], id);
  const dimensions = objectList(metric, 'Dimensions', id).map((one) => [
    textMember(one, 'Name', id),
    textMember(one, 'Value', id),
  ]);
  return {
    namespace: textMember(metric, 'Namespace', id),
    metricName: textMember(metric, 'MetricName', id),
    dimensions: Object.fromEntries(dimensions) as Record<string, string>,
  };
}

function refused(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}
