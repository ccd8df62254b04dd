import { Duration, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ServiceMetrics } from '../../lib/engine/model-monitor/metric/service-metrics';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import type { IEngineMetrics } from '../../lib/monitor/engine-metrics';
import { FeatureMetrics } from '../../lib/monitor/feature-metrics';
import { type IMonitor, Monitor } from '../../lib/monitor/monitor';
import { MonitoringFrequency } from '../../lib/monitor/monitoring-frequency';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS } from '../../lib/outcome/contract';
import { ENV, newMonitor, newStack } from './fixtures';
import { statementsOfRole } from './readable-template';

test('the names of metrics, dimensions and events do not change: alarms and rules of users depend on them', () => {
  expect({ METRIC_NAMESPACE, METRIC_DIMENSIONS, METRICS }).toEqual({
    METRIC_NAMESPACE: 'SageMakerMonitoring',
    METRIC_DIMENSIONS: { monitor: 'MonitorId', feature: 'Feature', monitoring: 'MonitoringId' },
    METRICS: {
      violations: 'Violations',
      health: 'Health',
      completed: 'Completed',
      failed: 'Failed',
      noData: 'NoData',
      missed: 'Missed',
      featureDrift: 'FeatureDrift',
    },
  });
});

type MetricOf = (monitor: IMonitor, options?: cloudwatch.MetricOptions) => cloudwatch.Metric;
const PER_MONITOR: [name: string, statistic: string, metric: MetricOf][] = [
  [METRICS.violations, 'Maximum', (monitor, options) => monitor.metricViolations(options)],
  [METRICS.completed, 'Sum', (monitor, options) => monitor.metricCompleted(options)],
  [METRICS.failed, 'Sum', (monitor, options) => monitor.metricFailed(options)],
  [METRICS.noData, 'Sum', (monitor, options) => monitor.metricNoData(options)],
  [METRICS.missed, 'Sum', (monitor, options) => monitor.metricMissed(options)],
];

describe.each(PER_MONITOR)('the metric %s', (metricName, statistic, metricOf) => {
  test(`is the ${statistic} of the monitor's values between two runs`, () => {
    const props = { frequency: MonitoringFrequency.everyHours(4), runMetrics: true };
    const metric = metricOf(newMonitor(newStack(), props));
    expect(metric).toMatchObject({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensions: { MonitorId: 'Stack/DataQuality' },
      statistic,
    });
    expect(metric.period.toHours()).toBe(4);
  });

  test('can have another statistic, period and label', () => {
    const monitor = newMonitor(newStack(), { runMetrics: true });
    const metric = metricOf(monitor, { statistic: 'Average', period: Duration.days(1), label: 'L' });
    expect(metric).toMatchObject({ metricName, statistic: 'Average', label: 'L' });
    expect(metric.period.toDays()).toBe(1);
  });
});

describe('the metrics of single runs', () => {
  test.each(PER_MONITOR.filter(([name]) => name !== METRICS.violations))(
    'are published where they are asked for: an alarm on %s would never fire otherwise',
    (name, _, metricOf) => {
      const message = `RunMetricNotPublished at Stack/DataQuality: 'runMetrics' is false, allowed is true, where ${name} is asked for`;
      expect(() => metricOf(newMonitor(newStack()))).toThrow(message);
      expect(() => newMonitor(newStack()).metric(name)).toThrow(message);
    },
  );
});

test('the health is that of the monitor where it stands alone, and of an imported one where it counted', () => {
  const stack = newStack();
  expect(newMonitor(stack, { frequency: MonitoringFrequency.everyHours(4) }).metricHealth()).toMatchObject({
    namespace: METRIC_NAMESPACE,
    metricName: 'Health',
    dimensions: { MonitoringId: 'Stack/DataQuality' },
    statistic: 'Maximum',
    period: Duration.hours(4),
  });
  const attributes = { monitorId: 'Churn/Monitoring/DataQuality', monitorKind: MonitorKind.DATA_QUALITY };
  const of = (monitoringId?: string) =>
    Monitor.fromMonitorAttributes(stack, `Imported${monitoringId}`, { ...attributes, monitoringId }).metricHealth();
  expect(of().dimensions).toEqual({ MonitoringId: attributes.monitorId });
  expect(of('Churn/Monitoring').dimensions).toEqual({ MonitoringId: 'Churn/Monitoring' });
});

test('a metric by its name is that of the monitor, whatever the name', () => {
  const metric = newMonitor(newStack()).metric('Violations', { statistic: 'Minimum' });
  expect(metric).toMatchObject({
    namespace: METRIC_NAMESPACE,
    metricName: 'Violations',
    dimensions: { MonitorId: 'Stack/DataQuality' },
    statistic: 'Minimum',
  });
  expect(newMonitor(newStack()).metric('Mine')).toMatchObject({ metricName: 'Mine', statistic: 'Average' });
});

describe('[G6] the metric of a feature', () => {
  const monitor = () => newMonitor(newStack(), { featureMetrics: FeatureMetrics.of('tenure') });

  test('is the largest distance between two runs', () => {
    const metric = monitor().metricFeatureDrift('tenure');
    expect(metric).toMatchObject({
      namespace: METRIC_NAMESPACE,
      metricName: METRICS.featureDrift,
      dimensions: { MonitorId: 'Stack/DataQuality', Feature: 'tenure' },
      statistic: 'Maximum',
    });
    expect(metric.period.toHours()).toBe(1);
  });

  test('can have another statistic', () => {
    expect(monitor().metricFeatureDrift('tenure', { statistic: 'Average' }).statistic).toBe('Average');
  });

  test('fails where it is not published, since an alarm on it would never fire', () => {
    expect(() => monitor().metricFeatureDrift('fee')).toThrow(
      "FeatureMetricNotPublished at Stack/DataQuality: 'feature' is \"fee\", allowed is a feature of 'featureMetrics' " +
        '(its drift is not published, so an alarm on it would never fire: add it to featureMetrics)',
    );
  });

  test("is asked of the engine: on Model Monitor it is SageMaker's own", () => {
    const engine = MonitoringEngine.modelMonitor({ serviceMetrics: ServiceMetrics.published() });
    expect(newMonitor(newStack(), { engine }).metricFeatureDrift('tenure')).toMatchObject({
      namespace: 'aws/sagemaker/Endpoints/data-metrics',
      metricName: 'feature_baseline_drift_tenure',
      statistic: 'Maximum',
    });
  });

  test('is published for no feature by default', () => {
    expect(() => newMonitor(newStack()).metricFeatureDrift('tenure')).toThrow('FeatureMetricNotPublished');
  });
});

describe('a monitor', () => {
  test('is a group of one', () => {
    expect(newMonitor(newStack()).monitorIds).toEqual(['Stack/DataQuality']);
  });

  test('has an id that holds no token', () => {
    expect(Token.isUnresolved(newMonitor(newStack({})).monitorId)).toBe(false);
  });
});

describe('an imported monitor', () => {
  const imported = (interval?: Duration) =>
    Monitor.fromMonitorAttributes(newStack(), 'Imported', {
      monitorId: 'Churn/DataQuality',
      monitorKind: MonitorKind.DATA_QUALITY,
      endpointName: 'churn',
      interval,
    });

  test('is what its attributes say', () => {
    expect(imported()).toMatchObject({
      monitorId: 'Churn/DataQuality',
      monitorIds: ['Churn/DataQuality'],
      monitorKind: 'DataQuality',
      endpointName: 'churn',
    });
  });

  test('has the metrics of the monitor that it stands for, by default hourly', () => {
    const metric = imported().metricViolations();
    expect(metric.dimensions).toEqual({ MonitorId: 'Churn/DataQuality' });
    expect(metric.period.toHours()).toBe(1);
  });

  test('has metrics with its own period', () => {
    expect(imported(Duration.days(1)).metricFailed().period.toDays()).toBe(1);
  });

  test('has the metric of any feature: what it publishes is not known here', () => {
    expect(imported().metricFeatureDrift('tenure').dimensions).toEqual({
      MonitorId: 'Churn/DataQuality',
      Feature: 'tenure',
    });
  });
});

describe('what is granted to a monitor', () => {
  test.each([
    ['the role of its jobs', MonitoringEngine.modelMonitor(), 'DataQualityRole'],
    ['the function that reads captured data', MonitoringEngine.serverless(), 'AnalysisProfileRole'],
  ])('is granted to %s', (_, engine, role) => {
    const stack = newStack({ env: ENV });
    const grantee: iam.IGrantable = newMonitor(stack, { engine });
    new kms.Key(stack, 'Key').grantDecrypt(grantee);
    const decrypt = statementsOfRole(stack, role).filter(({ Action }) => Action === 'kms:Decrypt');
    expect(decrypt.map(({ Resource }) => Resource)).toEqual([`\${Key.Arn}`]);
  });

  test('is said to go nowhere, where an engine does not know its role', () => {
    const stack = newStack({ env: ENV });
    const bind = () => ({ metrics: {} as IEngineMetrics });
    const monitor = newMonitor(stack, { engine: { bind } });
    expect(monitor.grantPrincipal).toBeInstanceOf(iam.UnknownPrincipal);
  });
});
