import * as alpha from '@aws-cdk/aws-sagemaker-alpha';
import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { CapturedData } from '../../lib/endpoint/captured-data';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { AbTest } from '../../lib/variant-test/ab-test';
import { ShadowTest } from '../../lib/variant-test/shadow-test';
import { VariantMeasure } from '../../lib/variant-test/variant-measure';
import { newStack } from '../monitor/fixtures';
import { permissionsOfRole, resourceOf } from '../monitor/readable-template';
import { monitorOf } from './fixtures';

// Teams have endpoints: tests of variants are of those that this library does not make as well, and leave them as they are.

const PAIR = { reference: 'blue', candidate: 'green', leastEffect: 0.02 };
const MEASURES = [
  VariantMeasure.serverErrors(0.001),
  VariantMeasure.modelLatency(Duration.millis(5)),
  VariantMeasure.predictions(0.02),
];

function ofAlpha(stack: Stack) {
  const image = alpha.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Images', 'churn'));
  const model = new alpha.Model(stack, 'Model', { containers: [{ image }] });
  const instanceProductionVariants = ['blue', 'green'].map((variantName) => ({ variantName, model }));
  const endpointConfig = new alpha.EndpointConfig(stack, 'Config', { instanceProductionVariants });
  const made = new alpha.Endpoint(stack, 'Endpoint', { endpointConfig });
  return Endpoint.fromEndpointName(stack, 'Named', made.endpointName);
}

function byHand(stack: Stack, isShadow = false) {
  const variant = (variantName: string) => ({
    variantName,
    modelName: 'churn',
    instanceType: 'ml.m5.large',
    initialInstanceCount: 1,
  });
  const variants = isShadow
    ? { productionVariants: [variant('blue')], shadowProductionVariants: [variant('green')] }
    : { productionVariants: ['blue', 'green'].map(variant) };
  const dataCaptureConfig = {
    captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
    destinationS3Uri: 's3://data/captured',
    initialSamplingPercentage: 100,
    enableCapture: true,
    captureContentTypeHeader: { csvContentTypes: ['text/csv'] },
  };
  const config = new sagemaker.CfnEndpointConfig(stack, 'Config', { ...variants, dataCaptureConfig });
  return new sagemaker.CfnEndpoint(stack, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });
}

const named = (stack: Stack) => Endpoint.fromEndpointName(stack, 'Endpoint', 'Churn-Live');

/** A monitor of both variants of an endpoint that is there. */
function monitorOn(stack: Stack, endpoint: Parameters<typeof MonitoredData.endpoint>[0]) {
  const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Captured', 'data'), 'captured');
  const data = MonitoredData.endpoint(endpoint, { capturedData, variants: ['blue', 'green'], perVariant: true });
  return monitorOf(stack, data);
}

/** What the function may do to endpoints and read of metrics, by action. */
const allowed = (stack: Stack) =>
  permissionsOfRole(stack, 'WindowsFunctionRole').flatMap(({ Action, Resource }) =>
    [Action]
      .flat()
      .filter((action) => /^(sagemaker|cloudwatch):/.test(action))
      .map((action) => [action, JSON.stringify(Resource)] as const),
  );

type Made = (stack: Stack) => Parameters<typeof MonitoredData.endpoint>[0];

const MADE: readonly (readonly [string, Made])[] = [
  ['of the alpha library', ofAlpha],
  ['made by hand', byHand],
  ['known by its name', named],
];

describe.each(MADE)('an endpoint %s', (_, made) => {
  test('has tests that take back and read metrics, of it alone, and stays as it is', () => {
    const stack = newStack();
    const endpoint = made(stack);
    const before = JSON.stringify(Template.fromStack(stack).findResources('AWS::SageMaker::Endpoint'));
    const anew = newStack();
    new AbTest(anew, 'Test', {
      monitor: monitorOn(anew, made(anew)),
      ...PAIR,
      measures: MEASURES,
      backToReference: true,
    });
    const found = allowed(anew);
    expect([...new Set(found.map(([action]) => action))].sort()).toEqual([
      'cloudwatch:GetMetricData',
      'sagemaker:DescribeEndpoint',
      'sagemaker:UpdateEndpointWeightsAndCapacities',
    ]);
    for (const [action, resource] of found)
      if (action.startsWith('sagemaker:')) expect(resource).not.toContain('endpoint/*');
    expect(JSON.stringify(Template.fromStack(anew).findResources('AWS::SageMaker::Endpoint'))).toBe(before);
    expect(endpoint.endpointRef).toBeDefined();
  });

  test('has the weights of its own code', () => {
    const stack = newStack();
    const monitor = monitorOn(stack, made(stack));
    expect(() => new AbTest(stack, 'Test', { monitor, ...PAIR, backToReference: true, candidateShare: 0.2 })).toThrow(
      /'candidateShare'[\s\S]*this library does not make/,
    );
  });
});

test.each<[string, Made]>([
  ['made by hand', (stack) => byHand(stack, true)],
  ['known by its name', named],
])('a shadow of an endpoint %s is tested, and the message leaves open whether it is scaled', (_, made) => {
  const stack = newStack();
  new ShadowTest(stack, 'Test', {
    monitor: monitorOn(stack, made(stack)),
    ...PAIR,
    measures: [VariantMeasure.disagreement(0.1)],
  });
  const { Targets } = resourceOf(stack, 'AWS::Events::Rule', 'TestWindowsRule').Properties;
  expect(Targets[0].InputTransformer.InputTemplate).toContain('"shadow":{}');
  expect(allowed(stack)).toEqual([]);
});

test('of one made by hand the app knows which variant is a shadow', () => {
  const stack = newStack();
  const monitor = monitorOn(stack, byHand(stack, true));
  expect(() => new AbTest(stack, 'Test', { monitor, ...PAIR })).toThrow(
    /'candidate' is "green"[\s\S]*ShadowTest tests a shadow/,
  );
});
