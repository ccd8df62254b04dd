import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ServerlessMetrics } from '../../../lib/engine/serverless/serverless-metrics';
import { FeatureMetrics } from '../../../lib/monitor/feature-metrics';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { newMonitor, newStack } from '../../monitor/fixtures';

const monitored = () =>
  newMonitor(newStack(), {
    featureMetrics: FeatureMetrics.of('tenure'),
    frequency: MonitoringFrequency.everyHours(6),
  });

test('a monitor on the serverless engine has the drift of the features that are published, and of no other', () => {
  const { metrics } = monitored().engineBinding;
  const drift = metrics.featureDrift('tenure', { label: 'tenure' });
  expect(drift).toMatchObject({
    namespace: 'SageMakerMonitoring',
    metricName: 'FeatureDrift',
    statistic: 'Maximum',
    dimensions: { MonitorId: 'Stack/DataQuality', Feature: 'tenure' },
    period: Duration.hours(6),
    label: 'tenure',
  });
  expect(() => metrics.featureDrift('fee')).toThrow('FeatureMetricNotPublished at Stack/DataQuality');
});

const SERVERLESS = new ServerlessMetrics(newStack(), {
  monitorId: 'Stack/Monitor',
  frequency: MonitoringFrequency.hourly(),
  featureMetrics: ['tenure'],
});

test.each<[name: string, ask: () => Metric]>([
  ['completeness of a feature', () => monitored().metricFeatureNonNull('tenure')],
  ['values of a feature', () => monitored().metricFeatureData('tenure')],
  ['a measure of model quality', () => SERVERLESS.modelQuality()],
  ['a metric of bias', () => SERVERLESS.bias()],
  ['attribution of a feature', () => SERVERLESS.featureAttribution()],
])('it says of %s that it is not published, and what to do', (name, ask) => {
  expect(ask).toThrow(
    new RegExp(
      `^ServiceMetricNotPublished at Stack(/DataQuality)?: 'metric' is "${name}", allowed is metrics of the outcome, and ` +
        'metricFeatureDrift.*an alarm on it would never fire: .*ServiceMetrics\\.published',
    ),
  );
});
