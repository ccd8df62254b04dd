import * as alpha from '@aws-cdk/aws-sagemaker-alpha';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { CapturedData } from '../../lib/endpoint/captured-data';
import { Endpoint } from '../../lib/endpoint/endpoint';
import type { IEngineMetrics } from '../../lib/monitor/engine-metrics';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { IMonitoringEngine, MonitorSpec } from '../../lib/monitor/monitoring-engine';
import { MonitoringFrequency } from '../../lib/monitor/monitoring-frequency';
import { newVariant } from '../endpoint/fixtures';
import { ENV, givenBaseline, newEndpoint, newMonitor, newStack } from './fixtures';
import { readable, resourceOf } from './readable-template';

const METRICS = {} as IEngineMetrics;
const BINDING = { reconcilerId: 'reconciler', metrics: METRICS };

/** An engine that creates nothing and remembers what it was asked. */
function spyEngine(): { engine: IMonitoringEngine; specs: MonitorSpec[] } {
  const specs: MonitorSpec[] = [];
  const bind = (_: unknown, spec: MonitorSpec) => {
    specs.push(spec);
    return BINDING;
  };
  return { engine: { bind }, specs };
}

describe('a data-quality monitor', () => {
  test('hands the engine what it watches, hourly and without metrics per feature by default', () => {
    const stack = newStack();
    const endpoint = newEndpoint(stack);
    const baseline = givenBaseline(stack);
    const { engine, specs } = spyEngine();
    const monitor = newMonitor(stack, { data: MonitoredData.endpoint(endpoint), baseline, engine });
    expect(specs).toEqual([
      {
        kind: 'DataQuality',
        monitorId: 'Stack/DataQuality',
        monitoringId: 'Stack/DataQuality',
        endpointInput: {
          endpoint,
          endpointName: endpoint.endpointName,
          capturedData: endpoint.capturedData,
        },
        batchTransformInput: undefined,
        baseline,
        frequency: MonitoringFrequency.hourly(),
        reports: {
          bucket: monitor.reports.bucket,
          prefix: 'model-monitoring/Stack/DataQuality',
          stackPattern: 'model-monitoring/Stack/*',
        },
        dataQuality: { featureMetrics: [], excludedFeatures: [] },
      },
    ]);
  });

  test('knows its kind, endpoint, interval, reports and what the engine made', () => {
    const stack = newStack();
    const monitor = newMonitor(stack, { engine: spyEngine().engine, frequency: MonitoringFrequency.dailyAt(3) });
    expect(monitor.monitorKind).toBe('DataQuality');
    expect(readable(stack.resolve(monitor.endpointName))).toBe(`\${Endpoint.EndpointName}`);
    expect(monitor.interval.toHours()).toBe(24);
    expect(monitor.reports.prefix).toBe('model-monitoring/Stack/DataQuality');
    expect(monitor.engineBinding).toEqual({ reconcilerId: 'reconciler', metrics: METRICS });
  });

  test('reports to a bucket of the stack that is private, encrypted, TLS only and kept', () => {
    const stack = newStack();
    const { engine } = spyEngine();
    const endpoint = newEndpoint(stack);
    const baseline = givenBaseline(stack);
    const one = newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint), baseline }, 'One');
    const two = newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint), baseline }, 'Two');
    expect(one.reports.bucket).toBe(two.reports.bucket);
    expect(resourceOf(stack, 'AWS::S3::Bucket', 'Reports')).toMatchObject({
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Id: 'IntermediateObjects',
              Status: 'Enabled',
              TagFilters: [{ Key: 'cdk-sagemaker-monitoring', Value: 'intermediate' }],
              ExpirationInDays: 7,
            },
            {
              Id: 'AuditTrail',
              Status: 'Enabled',
              TagFilters: [{ Key: 'cdk-sagemaker-monitoring', Value: 'audit' }],
              ExpirationInDays: 365,
            },
            {
              Id: 'Leftovers',
              Status: 'Enabled',
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
              NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            },
          ],
        },
      },
      DeletionPolicy: 'Retain',
    });
    expect(resourceOf(stack, 'AWS::S3::BucketPolicy', 'ReportsPolicy').Properties.PolicyDocument.Statement).toEqual([
      {
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Resource: [`\${Reports.Arn}`, `\${Reports.Arn}/*`],
      },
    ]);
  });

  test('reports to the bucket and prefix that it is given', () => {
    const stack = newStack();
    const reportsBucket = new s3.Bucket(stack, 'Mine');
    const { engine, specs } = spyEngine();
    const monitor = newMonitor(stack, { engine, reportsBucket, reportsPrefix: 'team/churn' });
    expect(specs[0].reports).toMatchObject({ bucket: reportsBucket, prefix: 'team/churn/Stack/DataQuality' });
    expect(monitor.reports.prefix).toBe('team/churn/Stack/DataQuality');
    expect(
      Template.fromStack(stack).findResources('AWS::S3::Bucket', { Properties: { BucketEncryption: {} } }),
    ).toEqual({});
  });

  test('takes a prefix that is known at deployment only', () => {
    const stack = newStack();
    const reportsPrefix = new CfnParameter(stack, 'Prefix').valueAsString;
    const { engine, specs } = spyEngine();
    newMonitor(stack, { engine, reportsPrefix });
    expect(specs[0].reports.prefix).toBe(`${reportsPrefix}/Stack/DataQuality`);
  });

  test.each(['/reports', 'reports/', 'a//b', '', 'a*'])('fails for the prefix %j', (reportsPrefix) => {
    expect(() => newMonitor(newStack(), { reportsPrefix })).toThrow(
      `InvalidReportsPrefix at Stack/DataQuality: 'reportsPrefix' is "${reportsPrefix}", allowed is `,
    );
  });
});

describe('the endpoint of a monitor', () => {
  const captured = (stack: Stack) => CapturedData.at(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'capture');

  test('may be one that exists already', () => {
    const stack = newStack();
    const { engine, specs } = spyEngine();
    const endpoint = Endpoint.fromEndpointName(stack, 'Imported', 'Churn-Prod');
    newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint, { capturedData: captured(stack) }) });
    expect(specs[0].endpointInput?.endpointName).toBe('Churn-Prod');
    expect(specs[0].endpointInput?.capturedData.prefix).toBe('capture');
  });

  test('may be an L1, whose name is read from the resource and not from the ARN', () => {
    const stack = newStack();
    const { engine, specs } = spyEngine();
    const endpoint = new sagemaker.CfnEndpoint(stack, 'Plain', { endpointConfigName: 'config' });
    newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint, { capturedData: captured(stack) }) });
    expect(stack.resolve(specs[0].endpointInput?.endpointName)).toEqual({ 'Fn::GetAtt': ['Plain', 'EndpointName'] });
  });

  test('may be one that another library made, whether it is a reference or older than these', () => {
    const stack = newStack();
    const { engine, specs } = spyEngine();
    const endpoint = alpha.Endpoint.fromEndpointName(stack, 'Alpha', 'Churn-Alpha');
    expect('endpointRef' in endpoint).toBe(false);
    newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint, { capturedData: captured(stack) }) });
    expect(specs[0].endpointInput).toMatchObject({ endpoint, endpointName: 'Churn-Alpha' });
  });

  test('may be one that another library makes in the same app, by its name', () => {
    const stack = newStack();
    const { engine, specs } = spyEngine();
    const made = new alpha.Endpoint(stack, 'Alpha', {
      endpointConfig: alpha.EndpointConfig.fromEndpointConfigName(stack, 'Config', 'churn'),
    });
    const endpoint = Endpoint.fromEndpointName(stack, 'Endpoint', made.endpointName);
    newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint, { capturedData: captured(stack) }) });
    expect(stack.resolve(specs[0].endpointInput?.endpointName)).toEqual({
      'Fn::GetAtt': ['AlphaEndpoint834ADD33', 'EndpointName'],
    });
  });

  test('may be a mere reference with a name beside it', () => {
    const stack = newStack();
    const { engine, specs } = spyEngine();
    const endpoint = referenceByArn(stack);
    newMonitor(stack, {
      engine,
      data: MonitoredData.endpoint(endpoint, { endpointName: 'Churn', capturedData: captured(stack) }),
    });
    expect(specs[0].endpointInput?.endpointName).toBe('Churn');
  });

  test('fails as a mere reference, with everything that is missing at once', () => {
    const stack = newStack();
    expect(() => MonitoredData.endpoint(referenceByArn(stack))).toThrow(
      "InvalidMonitoredData at Stack/Reference: 'endpointName' is undefined, allowed is the name of the endpoint, as it was " +
        "created; 'capturedData' is undefined, allowed is CapturedData.at(bucket, prefix), or a 'dataCapture' of the endpoint",
    );
  });

  test('fails where it captures nothing', () => {
    const stack = newStack();
    const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)] });
    expect(() => newMonitor(stack, { data: MonitoredData.endpoint(endpoint) })).toThrow("'capturedData' is undefined");
  });

  test('fails where it does not say what it captures', () => {
    const stack = newStack();
    const endpoint = Endpoint.fromEndpointName(stack, 'Imported', 'churn');
    expect(() => newMonitor(stack, { data: MonitoredData.endpoint(endpoint) })).toThrow("'capturedData' is undefined");
  });

  test.each([
    ['account', { account: '444455556666', region: 'eu-west-1' }, '444455556666', '111122223333'],
    ['region', { account: '111122223333', region: 'us-east-1' }, 'us-east-1', 'eu-west-1'],
  ])('fails in another %s', (what, env, got, here) => {
    const app = new App();
    const endpoint = newEndpoint(new Stack(app, 'Elsewhere', { env }));
    expect(() => newMonitor(new Stack(app, 'Stack', { env: ENV }), { data: MonitoredData.endpoint(endpoint) })).toThrow(
      `InvalidMonitoredData at Stack/DataQuality: 'endpoint.env.${what}' is "${got}", allowed is that of the monitor's stack: ${here}`,
    );
  });

  test('fails in another account and another region with both at once', () => {
    const app = new App();
    const endpoint = newEndpoint(
      new Stack(app, 'Elsewhere', { env: { account: '444455556666', region: 'us-east-1' } }),
    );
    expect(() => newMonitor(new Stack(app, 'Stack', { env: ENV }), { data: MonitoredData.endpoint(endpoint) })).toThrow(
      /'endpoint\.env\.account'.*; 'endpoint\.env\.region'/,
    );
  });

  test('may be in a stack whose environment is known at deployment only', () => {
    const app = new App();
    const endpoint = newEndpoint(new Stack(app, 'Elsewhere'));
    const { engine } = spyEngine();
    expect(() => newMonitor(new Stack(app, 'Stack'), { data: MonitoredData.endpoint(endpoint), engine })).not.toThrow();
  });
});

/** As what another library hands over: an endpoint's ARN, and no name. */
function referenceByArn(stack: Stack): sagemaker.IEndpointRef {
  const imported = Endpoint.fromEndpointName(stack, 'Reference', 'churn');
  return { node: imported.node, env: imported.env, endpointRef: imported.endpointRef } as sagemaker.IEndpointRef;
}
