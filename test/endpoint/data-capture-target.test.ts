import { Aws, Lazy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Baseline } from '../../lib/baseline/baseline';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { DataQualityMonitor } from '../../lib/monitor/data-quality-monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { type ExistingEndpointParts, existingEndpoint } from './existing-endpoint';
import { newStack, statementsOf } from './fixtures';

function applied(parts: ExistingEndpointParts = {}, stack = newStack()) {
  const existing = existingEndpoint(stack, parts);
  const bucket = new s3.Bucket(stack, 'Captured', { encryptionKey: new kms.Key(stack, 'Key') });
  const dataCapture = DataCapture.toBucket(bucket, { samplingPercentage: 50 });
  const apply = () => dataCapture.applyTo(existing.config, { grantee: existing.role });
  return { stack, bucket, apply, ...existing };
}

describe('a configuration that was written by hand', () => {
  test('[C1] captures, and remains as it is otherwise', () => {
    const { stack, bucket, apply } = applied();
    const before = Template.fromStack(existingOnly()).findResources('AWS::SageMaker::EndpointConfig').Config;
    apply();
    const after = Template.fromStack(stack).findResources('AWS::SageMaker::EndpointConfig').Config;
    const { DataCaptureConfig, ...others } = after.Properties;
    expect(others).toEqual(before.Properties);
    expect(DataCaptureConfig).toEqual({
      EnableCapture: true,
      InitialSamplingPercentage: 50,
      DestinationS3Uri: { 'Fn::Join': ['', ['s3://', stack.resolve(bucket.bucketName), '/data-capture']] },
      CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
      CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json'] },
      KmsKeyId: stack.resolve(bucket.encryptionKey?.keyArn),
    });
  });

  test('[C6][C7] lets the role of its models put and encrypt objects, and nothing else', () => {
    const { stack, bucket, apply } = applied();
    apply();
    expect(statementsOf(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [stack.resolve(bucket.bucketArn), '/data-capture/*']] },
      },
      {
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:GenerateDataKey*'],
        Resource: stack.resolve(bucket.encryptionKey?.keyArn),
      },
    ]);
  });

  test('waits for the policies of that role', () => {
    const { stack, apply } = applied();
    apply();
    const [policy] = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    Template.fromStack(stack).hasResource('AWS::SageMaker::EndpointConfig', { DependsOn: Match.arrayWith([policy]) });
  });

  test('gives further roles of its models what they need', () => {
    const { stack, apply } = applied();
    const second = new iam.Role(stack, 'Second', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    apply().grantWrite(second);
    expect(statementsOf(stack)).toHaveLength(4);
  });

  test('is monitored with the data that it captures', () => {
    const { stack, endpoint, apply } = applied();
    const capturedData = apply();
    const monitor = new DataQualityMonitor(stack, 'DataQuality', {
      data: MonitoredData.endpoint(endpoint, { endpointName: endpoint.attrEndpointName, capturedData }),
      engine: MonitoringEngine.serverless(),
      baseline: Baseline.fromFiles({
        bucket: s3.Bucket.fromBucketName(stack, 'Baselines', 'baselines'),
        statisticsKey: 'churn/statistics.json',
        constraintsKey: 'churn/constraints.json',
      }),
    });
    expect(stack.resolve(monitor.endpointName)).toEqual({ 'Fn::GetAtt': ['Endpoint', 'EndpointName'] });
    expect(JSON.stringify(statementsOf(stack))).toContain('/data-capture/');
  });
});

function existingOnly() {
  const stack = newStack();
  existingEndpoint(stack);
  return stack;
}

const CAPTURE: sagemaker.CfnEndpointConfig.DataCaptureConfigProperty = {
  captureOptions: [{ captureMode: 'Input' }],
  destinationS3Uri: 's3://captured/own',
  initialSamplingPercentage: 100,
};

describe('data capture cannot be applied to a configuration', () => {
  test.each<[string, ExistingEndpointParts, string]>([
    [
      'with a fixed name, which its replacement would collide with',
      { config: { endpointConfigName: 'churn' } },
      `'endpointConfigName' is "churn", allowed is no name (remove it, and let the endpoint refer to attrEndpointConfigName)`,
    ],
    [
      'with a fixed name that is a token',
      { config: { endpointConfigName: Aws.STACK_NAME } },
      "'endpointConfigName' is",
    ],
    [
      'that captures already',
      { config: { dataCaptureConfig: CAPTURE } },
      `'dataCaptureConfig' is "set already", allowed is no data capture`,
    ],
    [
      'that captures already, in words only known at deployment',
      { config: { dataCaptureConfig: Lazy.any({ produce: () => CAPTURE }) } },
      "'dataCaptureConfig' is",
    ],
    [
      '[C10] with serverless variants',
      { variant: { serverlessConfig: { maxConcurrency: 1, memorySizeInMb: 1024 } } },
      `'productionVariants' is ["live"], allowed is variants on instances`,
    ],
  ])('%s', (_name, parts, message) => {
    const { stack, apply } = applied(parts);
    expect(apply).toThrow(`InvalidDataCaptureTarget at Stack/Config: ${message}`);
    expect(statementsOf(stack)).toEqual([]);
  });

  test('twice', () => {
    const { apply } = applied();
    apply();
    expect(apply).toThrow('InvalidDataCaptureTarget');
  });

  test('with several faults, which are named at once', () => {
    const { apply } = applied({ config: { endpointConfigName: 'churn', dataCaptureConfig: CAPTURE } });
    expect(apply).toThrow(/'endpointConfigName' is .*; 'dataCaptureConfig' is /);
  });
});
