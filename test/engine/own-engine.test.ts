import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import {
  Baseline,
  CapturedData,
  Dataset,
  Endpoint,
  type EngineBinding,
  type IEngineMetrics,
  type IMonitoringEngine,
  ModelMonitoring,
  MonitoredData,
  MonitoringEngine,
  type MonitorSpec,
} from '../../lib';

/** No metric but those of the outcome. */
class NoMetrics implements IEngineMetrics {
  public readonly featureDrift = none;
  public readonly featureNonNull = none;
  public readonly featureData = none;
  public readonly modelQuality = none;
  public readonly bias = none;
  public readonly featureAttribution = none;
}

function none(): never {
  throw new Error('this engine publishes no such metric');
}

/** An engine as a user writes it, with what the package exports: it analyses nothing, but knows its baseline. */
class OwnEngine implements IMonitoringEngine {
  public readonly specs: MonitorSpec[] = [];

  public bind(scope: Construct, spec: MonitorSpec): EngineBinding {
    this.specs.push(spec);
    const role = new iam.Role(scope, 'Job', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const { kind: monitorKind, reports } = spec;
    const { constraintsKey } = spec.baseline.bind(scope, { monitorKind, reports, grantPrincipal: role });
    new CfnOutput(scope, 'Constraints', { value: constraintsKey });
    return { metrics: new NoMetrics() };
  }
}

function monitored(makeBaseline: (bucket: s3.IBucket) => Baseline) {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = s3.Bucket.fromBucketName(stack, 'Data', 'data');
  const engine = new OwnEngine();
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(Endpoint.fromEndpointName(stack, 'Endpoint', 'churn'), {
      capturedData: CapturedData.at(bucket, 'capture'),
    }),
    engine,
  });
  const monitor = monitoring.addDataQualityMonitor('DataQuality', { baseline: makeBaseline(bucket) });
  return { stack, engine, monitor };
}

const givenFiles = (bucket: s3.IBucket) =>
  Baseline.fromFiles({ bucket, statisticsKey: 'statistics.json', constraintsKey: 'constraints.json' });

test('is asked with the kind, the part of the kind and the place of the reports', () => {
  const { engine, monitor } = monitored(givenFiles);
  expect(engine.specs).toMatchObject([
    { kind: 'DataQuality', monitorId: 'Stack/Monitoring/DataQuality', dataQuality: { excludedFeatures: [] } },
  ]);
  expect(engine.specs[0].reports).toBe(monitor.reports);
});

test('has alarms on drift and on failed runs, and none of a reconciler that does not watch it', () => {
  const { stack } = monitored(givenFiles);
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'))).toHaveLength(2);
});

test('reads a given baseline, also one with overrides', () => {
  const template = (baseline: (bucket: s3.IBucket) => Baseline) => Template.fromStack(monitored(baseline).stack);
  template(givenFiles).hasOutput('*', { Value: 'constraints.json' });
  const overridden = template((bucket) => givenFiles(bucket).withOverrides({ domainContentThreshold: 0.9 }));
  overridden.resourceCountIs('Custom::SageMakerMonitoringBaseline', 1);
});

test('takes no dataset, which it could not analyse', () => {
  expect(() => monitored((bucket) => Baseline.fromDataset(Dataset.csv(bucket, 'train.csv')))).toThrow(
    /^UnsupportedBaseline at Stack\/Monitoring\/DataQuality: 'baseline' is "a dataset", allowed is files, or the baseline of a model package/,
  );
});

describe.each([
  ['serverless', MonitoringEngine.serverless()],
  ['modelMonitor', MonitoringEngine.modelMonitor()],
])('the engine %s refuses a specification', (_, engine) => {
  test.each<[string, Partial<MonitorSpec>, string]>([
    ['without the part of its kind', { dataQuality: undefined }, '[]'],
    ['with the part of another kind', { dataQuality: undefined, modelBias: {} as never }, '["modelBias"]'],
    ['with a further part', { modelBias: {} as never }, '["dataQuality","modelBias"]'],
  ])('%s', (__, change, got) => {
    const { stack, engine: own } = monitored(givenFiles);
    expect(() => engine.bind(stack, { ...own.specs[0], ...change })).toThrow(
      `InvalidMonitorSpec at Stack: 'spec' is ${got}, allowed is 'dataQuality' and no other of them`,
    );
  });
});
