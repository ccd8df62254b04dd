import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { OperationsMetric } from '../endpoint/operations-metric';
import { ASYNCHRONOUS, BY_INSTANCES, type PublishedMetric, SERVERLESS } from '../endpoint/published-operations';
import { heading, limit, lines } from './charts';
import { dimensionLabel, found } from './search';
import { serviceRow } from './service-row';
import { CHOSEN, ENDPOINT_DIMENSIONS } from './variables';

/** As SageMaker publishes them every minute, and alarms of operations look at them. */
const PERIOD = Duration.minutes(5);
const CHOSEN_ENDPOINT = { EndpointName: CHOSEN.endpoint };

/**
 * Above it SageMaker no longer captures.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html
 */
const CAPTURE_ENDS_PERCENT = 75;

/** How one endpoint does its work, its variants side by side, and what SageMaker's own monitors say of it. */
export function endpointRows(account: string | undefined): cloudwatch.IWidget[][] {
  const draw = (metrics: OperationsMetric[], look: Look = {}) =>
    metrics.flatMap((metric) => operations(metric, { ...look, account }));
  const { INVOCATIONS, CLIENT_ERRORS, SERVER_ERRORS, MODEL_ERRORS, MODEL_LATENCY } = OperationsMetric;
  const latencies = ['p50', 'p90', 'p99'].flatMap((statistic) => draw([MODEL_LATENCY], { statistic, name: statistic }));
  return [
    [heading(`## Endpoint ${CHOSEN.endpoint}`, 1)],
    [
      lines({ title: 'Requests in 5 minutes', metrics: draw([INVOCATIONS]), width: 8 }),
      lines({
        title: 'Share of requests with an error',
        metrics: draw([CLIENT_ERRORS, SERVER_ERRORS, MODEL_ERRORS]),
        most: 1,
        width: 8,
      }),
      lines({ title: 'Latency of the model in milliseconds', metrics: latencies, width: 8 }),
    ],
    hostRow(draw),
    serviceRow(account),
  ];
}

function hostRow(draw: (metrics: OperationsMetric[]) => cloudwatch.IMetric[]): cloudwatch.IWidget[] {
  const { CPU_UTILIZATION, MEMORY_UTILIZATION, DISK_UTILIZATION, OVERHEAD_LATENCY } = OperationsMetric;
  const { MODEL_SETUP_TIME, BACKLOG_SIZE, OLDEST_REQUEST_AGE } = OperationsMetric;
  return [
    lines({
      title: 'Instances in percent: capture ends with a full disk',
      metrics: draw([CPU_UTILIZATION, MEMORY_UTILIZATION, DISK_UTILIZATION]),
      limits: [limit(CAPTURE_ENDS_PERCENT, 'no capture above, of the disk')],
      width: 8,
    }),
    lines({
      title: 'Overhead and setup in milliseconds',
      metrics: draw([OVERHEAD_LATENCY, MODEL_SETUP_TIME]),
      width: 8,
    }),
    lines({
      title: 'Asynchronous requests: waiting, and seconds of the oldest',
      metrics: draw([BACKLOG_SIZE, OLDEST_REQUEST_AGE]),
      width: 8,
    }),
  ];
}

/** How a metric is drawn otherwise than it is published. */
interface Look {
  readonly statistic?: string;
  readonly name?: string;
  readonly account?: string;
}

/** A metric as SageMaker publishes it of the endpoint, by each name that it has, durations in milliseconds. */
function operations(metric: OperationsMetric, { statistic, name, account }: Look): cloudwatch.IMetric[] {
  const [endpoint, variant] = ENDPOINT_DIMENSIONS;
  return publishedMetrics(metric).map(({ namespace, metricName, of, isMicroseconds, ...published }) => {
    const isOfEndpoint = of === 'endpoint';
    const dimensions = isOfEndpoint ? [endpoint] : ENDPOINT_DIMENSIONS;
    const whose = isOfEndpoint ? '' : `${dimensionLabel(variant)} `;
    return found(
      { namespace, dimensions, where: CHOSEN_ENDPOINT, metricName },
      {
        statistic: statistic ?? published.statistic,
        period: PERIOD,
        label: `${whose}${name ?? metricName}`,
        account,
        formula: isMicroseconds ? 'SEARCH / 1000' : 'SEARCH',
      },
    );
  });
}

/** However the endpoint answers: what it has not is not found. */
function publishedMetrics(metric: OperationsMetric): PublishedMetric[] {
  const published = [BY_INSTANCES, SERVERLESS, ASYNCHRONOUS].flatMap(({ metrics }) => metrics[metric] ?? []);
  return [...new Map(published.map((one) => [one.metricName, one])).values()];
}
