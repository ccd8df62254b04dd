import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { reconcilerMetric } from '../../lib/alarm/reconciler-metric';
import { MonitoringDashboard } from '../../lib/dashboard/monitoring-dashboard';
import { CHOSEN } from '../../lib/dashboard/variables';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { EndpointOperations } from '../../lib/endpoint/endpoint-operations';
import { OperationsMetric } from '../../lib/endpoint/operations-metric';
import { ServiceMetric } from '../../lib/engine/model-monitor/metric/service-metric';
import { ServiceMetrics } from '../../lib/engine/model-monitor/metric/service-metrics';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import { BiasMetric } from '../../lib/monitor/bias-metric';
import { ModelQualityMetric } from '../../lib/monitor/model-quality-metric';
import { Monitor } from '../../lib/monitor/monitor';
import { HEARTBEAT, METRIC_NAMESPACE, METRICS } from '../../lib/outcome/contract';
import { featureMetrics, healthMetric, outcomeMetrics } from '../../lib/outcome/handler/publication';
import { newStack } from '../monitor/fixtures';
import { leftBy } from '../outcome/run';
import { bodyOf, expressionsOf, titled } from './fixtures';
import { finds, type Named, searchOf } from './searches';

const NOW = new Date(0);
const stack = newStack();
new MonitoringDashboard(stack, 'Models');
const body = bodyOf(stack);
const SEARCHES = expressionsOf(body).map(searchOf);

const ofDatum = ({ MetricName = '', Dimensions = [] }: MetricDatum): Named => ({
  namespace: METRIC_NAMESPACE,
  metricName: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
});

const ofMetric = (metric: cloudwatch.Metric): Named & { readonly statistic: string } => ({
  namespace: metric.namespace,
  metricName: metric.metricName,
  dimensions: (metric.dimensions ?? {}) as { [name: string]: string },
  statistic: metric.statistic,
});

const foundBy = (metric: Named) => SEARCHES.filter((search) => finds(search, metric));

describe('what a run publishes', () => {
  const report = leftBy(
    { monitorId: CHOSEN.monitor },
    { violationCount: 2 },
    { distances: [{ feature: 'age', distance: 0.5, threshold: 0.1, method: 'KS' }] },
  );
  const published = [
    ...outcomeMetrics(report, { monitoringId: 'Stack/Churn', runMetrics: true }, NOW),
    ...featureMetrics(report, ['age'], NOW),
  ];

  test('is all that the library has but what the reconciler publishes', () => {
    const names = published.map(({ MetricName }) => MetricName).sort();
    expect([...names, METRICS.missed].sort()).toEqual(Object.values(METRICS).sort());
  });

  test.each(published.map((datum) => [datum.MetricName, datum] as const))('%s is found', (_, datum) => {
    expect(foundBy(ofDatum(datum)).length).toBeGreaterThan(0);
  });

  test('with another dimension, or in another namespace, it is not', () => {
    const [datum] = published.map(ofDatum);
    expect(foundBy({ ...datum, dimensions: { ...datum.dimensions, Other: 'a' } })).toEqual([]);
    expect(foundBy({ ...datum, namespace: 'Other' })).toEqual([]);
  });
});

describe('what is read of a monitor', () => {
  const monitor = Monitor.fromMonitorAttributes(stack, 'Monitor', {
    monitorId: CHOSEN.monitor,
    monitoringId: 'Stack/Churn',
    monitorKind: MonitorKind.DATA_QUALITY,
  });
  const metrics = [
    monitor.metricViolations(),
    monitor.metricHealth(),
    monitor.metricCompleted(),
    monitor.metricFailed(),
    monitor.metricNoData(),
    monitor.metricMissed(),
    monitor.metricFeatureDrift('age'),
    reconcilerMetric(HEARTBEAT.metric, 'Stack'),
  ];

  test.each(metrics.map((metric) => [metric.metricName, metric] as const))(
    '%s is drawn by the statistic and over the period of its alarms',
    (_, metric) => {
      const { statistic, ...named } = ofMetric(metric);
      const searches = foundBy(named);
      expect(searches.length).toBeGreaterThan(0);
      for (const search of searches) {
        expect({ statistic: search.statistic, period: search.period }).toEqual({
          statistic,
          period: metric.period.toSeconds(),
        });
      }
    },
  );

  test('of the missed runs there is a datum of the same name and dimension', () => {
    expect(ofDatum(healthMetric('Stack/Churn', 3, NOW)).dimensions).toEqual({ MonitoringId: 'Stack/Churn' });
  });
});

describe('what SageMaker publishes of an endpoint', () => {
  const endpoint = Endpoint.fromEndpointName(stack, 'Endpoint', CHOSEN.endpoint);
  const served = { variantName: 'live' };
  const operations = [
    EndpointOperations.instances(endpoint, served),
    EndpointOperations.serverless(endpoint, served),
    EndpointOperations.asynchronous(endpoint, served),
  ];
  /** Of instances with GPUs, and a state that a backlog tells already: there are alarms on them. */
  const LEFT_OUT = [
    OperationsMetric.GPU_UTILIZATION,
    OperationsMetric.GPU_MEMORY_UTILIZATION,
    OperationsMetric.BACKLOG_WITHOUT_CAPACITY,
  ];
  const metrics = operations.flatMap((one) =>
    one.metrics.filter((metric) => !LEFT_OUT.includes(metric)).map((metric) => one._metric(metric)),
  );

  test.each(metrics.map((metric) => [metric.metricName, metric] as const))(
    '%s is drawn by its statistic, over five minutes',
    (_, metric) => {
      const { statistic, ...named } = ofMetric(metric);
      const searches = foundBy(named);
      expect(searches.map((search) => search.statistic)).toContain(statistic);
      expect(new Set(searches.map(({ period }) => period))).toEqual(new Set([Duration.minutes(5).toSeconds()]));
    },
  );

  test('durations are drawn in milliseconds, and nothing else is divided', () => {
    const divided = expressionsOf(body).filter((expression) => expression.endsWith(' / 1000'));
    expect(new Set(divided.map((expression) => searchOf(expression).metricName))).toEqual(
      new Set(['ModelLatency', 'OverheadLatency', 'ModelSetupTime']),
    );
    expect(titled(body, /milliseconds/)).toBeDefined();
  });
});

test.each([
  ServiceMetric.featureBaselineDrift('age'),
  ServiceMetric.modelQuality(ModelQualityMetric.MAE),
  ServiceMetric.bias({ metric: BiasMetric.DPPL, facet: 'sex', facetValue: '0', label: 'income', labelValue: '1' }),
  ServiceMetric.featureAttribution('age'),
])('what SageMaker publishes of its own monitors is drawn by its statistic: $metricName', (metric) => {
  const schedule = { monitoringScheduleName: 'churn', endpointName: CHOSEN.endpoint };
  const { statistic, ...named } = ofMetric(ServiceMetrics.published().metricOf(schedule, metric));
  expect(foundBy(named).map((search) => search.statistic)).toEqual([statistic]);
});

test('values of a feature, which are no drift, are not drawn as such', () => {
  const schedule = { monitoringScheduleName: 'churn', endpointName: CHOSEN.endpoint };
  expect(foundBy(ofMetric(ServiceMetrics.published().metricOf(schedule, ServiceMetric.featureData('age'))))).toEqual(
    [],
  );
});
