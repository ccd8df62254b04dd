import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { Failure } from './failure';

const cloudWatch = new CloudWatchClient({});

/** A metric that SageMaker publishes. */
export interface ReadMetric {
  readonly name: string;
  readonly statistic: 'Average' | 'Sum' | 'SampleCount';
  /** of a period, a multiple of 60 */
  readonly seconds: number;
}

interface Dimensions {
  readonly [name: string]: string;
}

/** Asks for a metric of endpoints. @param Id letters, digits and underscores, the first a small letter */
export function endpointQuery(Id: string, metric: ReadMetric, dimensions: Dimensions): MetricDataQuery {
  return metricQuery(Id, { ...metric, namespace: 'AWS/SageMaker' }, dimensions);
}

/** Asks for a metric of what some dimensions name. @param Id letters, digits and underscores, the first a small letter */
export function metricQuery(
  Id: string,
  { namespace: Namespace, name: MetricName, statistic, seconds }: ReadMetric & { readonly namespace: string },
  dimensions: Dimensions,
): MetricDataQuery {
  const Metric = {
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
  return { Id, MetricStat: { Metric, Stat: statistic, Period: seconds }, ReturnData: true };
}

/**
 * Values by their times in milliseconds, of each metric that is asked for; none of one that was not published. Throws `MetricsNotRead`, to be tried again.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export async function metricValues(
  MetricDataQueries: MetricDataQuery[],
  { start: StartTime, end: EndTime }: { readonly start: Date; readonly end: Date },
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const found = new Map<string, Map<number, number>>();
  let NextToken: string | undefined;
  do {
    const command = new GetMetricDataCommand({ MetricDataQueries, StartTime, EndTime, NextToken });
    const { MetricDataResults = [], NextToken: next } = await cloudWatch.send(command);
    for (const { Id = '', StatusCode = '', Timestamps = [], Values = [] } of MetricDataResults) {
      if (REFUSED.includes(StatusCode)) throw notRead(StatusCode);
      const values = found.get(Id) ?? new Map<number, number>();
      for (const [index, timestamp] of Timestamps.entries()) values.set(timestamp.getTime(), Values[index]);
      found.set(Id, values);
    }
    NextToken = next;
  } while (NextToken !== undefined);
  return found;
}

const REFUSED = ['InternalError', 'Forbidden'];

const notRead = (status: string) =>
  new Failure('MetricsNotRead', `CloudWatch answered with ${status} when metrics were read; it is tried again`);
