/**
 * List prices in US dollars of us-east-1, free tiers left out. Whoever relies on them checks those of their region.
 *
 * @see https://aws.amazon.com/lambda/pricing/
 * @see https://aws.amazon.com/step-functions/pricing/
 * @see https://aws.amazon.com/s3/pricing/
 * @see https://aws.amazon.com/cloudwatch/pricing/
 * @see https://aws.amazon.com/eventbridge/pricing/
 * @see https://aws.amazon.com/sns/pricing/
 * @see https://aws.amazon.com/sagemaker/ai/pricing/
 */
export const PRICES = {
  collected: '2026-11-28',
  region: 'us-east-1',
  lambdaGbSecond: 0.0000166667,
  lambdaGbSecondArm: 0.0000133334,
  lambdaRequest: 0.2e-6,
  /** a second and GiB of a function's disk beyond the first half, as others copied it from the price catalog of 2026-08-21 */
  lambdaDiskGbSecond: 0.0000000309,
  transition: 0.025e-3,
  /** PUT, COPY, POST and LIST */
  s3Put: 0.005e-3,
  s3Get: 0.0004e-3,
  /** a gigabyte and month, of the first 50 TB */
  s3Storage: 0.023,
  event: 1e-6,
  scheduledStart: 1e-6,
  /** a month, of the first 10,000 of an account; billed for each hour in which it is published */
  metric: 0.3,
  /** of those up to 250,000 */
  metricAbove10000: 0.1,
  metricCall: 0.01e-3,
  /** of each metric that GetMetricData is asked for */
  metricRead: 0.01e-3,
  /** a month */
  alarm: 0.1,
  compositeAlarm: 0.5,
  /** a month, of those after the first three of an account */
  dashboard: 3,
  /** a gigabyte that is written to logs */
  logs: 0.5,
  /** a second and GiB of a serverless endpoint, collected on 2026-11-30 from a page of somebody else's: 0.00004 for 2 GiB */
  serverlessGbSecond: 0.00002,
  /** an hour of ml.m5.xlarge, for a job of Model Monitor */
  jobHour: 0.23,
} as const;

const FIRST_METRICS = 10_000;

/** What so many custom metrics of one account cost a month. */
export function metricsCost(count: number): number {
  const first = Math.min(count, FIRST_METRICS);
  return first * PRICES.metric + (count - first) * PRICES.metricAbove10000;
}
