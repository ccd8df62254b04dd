import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { HEARTBEAT, METRIC_NAMESPACE } from '../outcome/contract';

/**
 * What the reconciler of a stack publishes of all its monitors, summed up over the hour between two reconciliations.
 *
 * @internal
 */
export function reconcilerMetric(metricName: string, reconcilerId: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [HEARTBEAT.dimension]: reconcilerId },
    statistic: cloudwatch.Stats.SUM,
    period: Duration.hours(1),
  });
}
