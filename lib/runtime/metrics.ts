import { CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/**
 * Metrics in one request. The service takes 1,000 and 1 MB; half of it stays below the bytes with the longest names too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
const METRICS_PER_REQUEST = 500;

const client = new CloudWatchClient({});

/** Publishes metrics, in as many requests as they need; none for no metric. */
export async function putMetrics(namespace: string, metrics: MetricDatum[]): Promise<void> {
  for (let from = 0; from < metrics.length; from += METRICS_PER_REQUEST) {
    const batch = metrics.slice(from, from + METRICS_PER_REQUEST);
    await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: batch }));
  }
}
