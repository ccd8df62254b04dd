import type { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { VARIANT_DIFFERENCES } from '../outcome/comparison/contract';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS } from '../outcome/contract';
import type { SignalMetric } from '../outcome/quality/contract';

/** Whose metrics they are, and how often they have a value. */
interface MeasuredMonitor {
  readonly monitorId: string;
  readonly interval: Duration;
}

/**
 * A metric that this library publishes of a monitor's runs.
 *
 * @internal
 */
export function outcomeMetric(
  { monitorId, interval }: MeasuredMonitor,
  metricName: string,
  options?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  const dimensionsMap = { [METRIC_DIMENSIONS.monitor]: monitorId };
  return new cloudwatch.Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap,
    period: interval,
    ...options,
  });
}

/** Whose health it is, and how often it has a value. */
interface WatchedMonitoring {
  readonly monitoringId: string;
  readonly interval: Duration;
}

/**
 * How whole the runs of monitors that belong together are.
 *
 * @internal
 */
export function healthMetric(
  { monitoringId, interval }: WatchedMonitoring,
  options?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: METRIC_NAMESPACE,
    metricName: METRICS.health,
    dimensionsMap: { [METRIC_DIMENSIONS.monitoring]: monitoringId },
    period: interval,
    statistic: cloudwatch.Stats.MAXIMUM,
    ...options,
  });
}

/**
 * The metric that this library publishes of a feature in a monitor's runs.
 *
 * @internal
 */
export function featureDriftMetric(
  monitor: MeasuredMonitor,
  feature: string,
  options?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  const dimensionsMap = { [METRIC_DIMENSIONS.monitor]: monitor.monitorId, [METRIC_DIMENSIONS.feature]: feature };
  const statistic = cloudwatch.Stats.MAXIMUM;
  return outcomeMetric(monitor, METRICS.featureDrift, { statistic, dimensionsMap, ...options });
}

/**
 * The metric that this library publishes of a comparison of two variants.
 *
 * @internal
 */
export function variantDifferencesMetric(
  monitor: MeasuredMonitor,
  options?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return outcomeMetric(monitor, VARIANT_DIFFERENCES, { statistic: cloudwatch.Stats.MAXIMUM, ...options });
}

/**
 * The metric that this library publishes of what a model's quality is a sign of.
 *
 * @internal
 */
export function signalMetric(
  monitor: MeasuredMonitor,
  signal: SignalMetric,
  options?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return outcomeMetric(monitor, signal, { statistic: cloudwatch.Stats.MAXIMUM, ...options });
}
