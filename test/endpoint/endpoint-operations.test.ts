import * as alpha from '@aws-cdk/aws-sagemaker-alpha';
import { App, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { EndpointOperations } from '../../lib/endpoint/endpoint-operations';
import { OperationsMetric } from '../../lib/endpoint/operations-metric';
import { existingEndpoint } from './existing-endpoint';
import { ENV, newStack, newVariant } from './fixtures';

const theirs = () => Endpoint.fromEndpointName(newStack(), 'Theirs', 'Churn');
const LIVE = { variantName: 'live' };
const ofVariant = { EndpointName: 'Churn', VariantName: 'live' };

/**
 * Namespace, name, dimensions and unit as SageMaker documents them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-monitoring.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html
 */
const REQUESTS = [
  'AWS/SageMaker Invocations',
  'AWS/SageMaker Invocation4XXErrors',
  'AWS/SageMaker Invocation5XXErrors',
  'AWS/SageMaker InvocationModelErrors',
  'AWS/SageMaker ModelLatency in microseconds',
  'AWS/SageMaker OverheadLatency in microseconds',
];
const HOST = ['CPU', 'Memory', 'GPU', 'GPUMemory', 'Disk'].map((one) => `/aws/sagemaker/Endpoints ${one}Utilization`);
const COMPONENT = ['CPU', 'Memory', 'GPU', 'GPUMemory'].map(
  (one) => `/aws/sagemaker/InferenceComponents ${one}UtilizationNormalized`,
);
const QUEUE = ['ApproximateBacklogSize', 'ApproximateAgeOfOldestRequest', 'HasBacklogWithoutCapacity'];

/** All metrics of what is watched, in words. */
function published(operations: EndpointOperations): string[] {
  return operations.metrics.map((metric) => {
    const { namespace, metricName } = operations._metric(metric);
    const isConverted = 'expression' in operations.metric(metric);
    return `${namespace} ${metricName}${isConverted ? ' in microseconds' : ''}`;
  });
}

test('a variant on instances has the metrics of requests and of instances', () => {
  expect(published(EndpointOperations.instances(theirs(), LIVE))).toEqual([...REQUESTS, ...HOST]);
});

test('a serverless variant has no instances, but the time that containers take to start', () => {
  expect(published(EndpointOperations.serverless(theirs(), LIVE))).toEqual([
    ...REQUESTS.filter((one) => !one.includes('ModelErrors')),
    'AWS/SageMaker ModelSetupTime in microseconds',
    HOST[1],
  ]);
});

test('an asynchronous variant has no invocations but those that were processed, spelled as documented, and a backlog', () => {
  const operations = EndpointOperations.asynchronous(theirs(), LIVE);
  expect(published(operations)).toEqual([
    'AWS/SageMaker InvocationsProcesssed',
    REQUESTS[1],
    REQUESTS[2],
    REQUESTS[4],
    ...HOST,
    ...QUEUE.map((one) => `AWS/SageMaker ${one}`),
  ]);
  expect(operations._metric(OperationsMetric.OLDEST_REQUEST_AGE).dimensions).toEqual({ EndpointName: 'Churn' });
});

test('[G17] an inference component has its own dimension, and no variant', () => {
  const operations = EndpointOperations.inferenceComponent('summaries');
  expect(published(operations)).toEqual([...REQUESTS, ...COMPONENT]);
  for (const metric of operations.metrics) {
    expect(operations._metric(metric).dimensions).toEqual({ InferenceComponentName: 'summaries' });
  }
});

test('[G17] the metrics of a variant have its endpoint and itself as dimensions', () => {
  const operations = EndpointOperations.instances(theirs(), LIVE);
  for (const metric of operations.metrics) {
    expect(operations._metric(metric).dimensions).toEqual(ofVariant);
  }
});

test('[G16] durations are handed out in milliseconds', () => {
  const operations = EndpointOperations.instances(theirs(), LIVE);
  const metric = operations.metric(OperationsMetric.MODEL_LATENCY, { statistic: 'p90' });
  expect(metric.toMetricConfig()).toMatchObject({
    mathExpression: {
      expression: 'microseconds / 1000',
      period: 300,
      usingMetrics: { microseconds: { metricName: 'ModelLatency', statistic: 'p90' } },
    },
    renderingProperties: { label: 'ModelLatency (milliseconds)' },
  });
});

test('fails for a metric that is not published, and says which are', () => {
  const operations = EndpointOperations.asynchronous(theirs(), LIVE);
  expect(() => operations.metric(OperationsMetric.OVERHEAD_LATENCY)).toThrow(
    /^MetricNotPublished: 'metric' is "OverheadLatency", allowed is what a variant of an asynchronous endpoint has: Invocations, /,
  );
});

describe('of an endpoint of the app', () => {
  const served = (operations: EndpointOperations) => [
    operations.metrics.includes(OperationsMetric.BACKLOG_SIZE),
    operations.metrics.includes(OperationsMetric.MODEL_SETUP_TIME),
  ];

  test('of this library, the only variant is found', () => {
    const stack = newStack();
    const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)] });
    const operations = EndpointOperations.of(endpoint);
    expect(served(operations)).toEqual([false, false]);
    expect(stack.resolve(operations._metric(OperationsMetric.INVOCATIONS).dimensions)).toEqual({
      EndpointName: stack.resolve(endpoint.endpointName),
      VariantName: 'live',
    });
  });

  test('written by hand, the configuration says how it answers', () => {
    const serverlessConfig = { maxConcurrency: 1, memorySizeInMb: 1024 };
    const serverless = existingEndpoint(newStack(), { variant: { serverlessConfig } });
    expect(served(EndpointOperations.of(serverless.endpoint))).toEqual([false, true]);
    const asyncInferenceConfig = { outputConfig: { s3OutputPath: 's3://b/out' } };
    const asynchronous = existingEndpoint(newStack(), { config: { asyncInferenceConfig } });
    expect(served(EndpointOperations.of(asynchronous.endpoint))).toEqual([true, false]);
  });

  test('of the alpha library, the variant is found', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const image = alpha.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Images', 'churn'));
    const model = new alpha.Model(stack, 'Model', { containers: [{ image }] });
    const endpointConfig = new alpha.EndpointConfig(stack, 'Config', {
      instanceProductionVariants: [{ model, variantName: 'live' }],
    });
    const endpoint = new alpha.Endpoint(stack, 'Endpoint', { endpointConfig });
    const operations = EndpointOperations.instances(endpoint as unknown as sagemaker.IEndpointRef, LIVE); // older than references
    expect(stack.resolve(operations._metric(OperationsMetric.INVOCATIONS).dimensions)?.EndpointName).toEqual(
      stack.resolve(endpoint.endpointName),
    );
  });

  test('fails for inference components, whose metrics are their own', () => {
    const { endpoint } = existingEndpoint(newStack(), { variant: { modelName: undefined } });
    expect(() => EndpointOperations.of(endpoint)).toThrow('EndpointOperations.inferenceComponent(name)');
  });

  test('fails where the app does not tell how it answers, or which variant is meant', () => {
    expect(() => EndpointOperations.of(theirs())).toThrow(
      'say how it answers: EndpointOperations.instances, serverless or asynchronous',
    );
    const stack = newStack();
    const byArn = Endpoint.fromEndpointArn(stack, 'Arn', 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn');
    expect(() => EndpointOperations.instances(byArn)).toThrow(
      /^InvalidEndpointOperations at Stack\/Arn: 'endpointName' is undefined.*'variantName' is undefined/,
    );
    const two = new Endpoint(stack, 'Two', { variants: [newVariant(stack, 'a'), newVariant(stack, 'b')] });
    expect(() => EndpointOperations.of(two)).toThrow("'variantName' is undefined");
    expect(EndpointOperations.of(two, { variantName: 'b' }).metrics).toHaveLength(11);
  });
});

test('an L1 endpoint is known by the attribute of its name', () => {
  const stack = newStack();
  const endpoint = new sagemaker.CfnEndpoint(stack, 'L1', { endpointConfigName: 'config' });
  const { dimensions } = EndpointOperations.instances(endpoint, LIVE)._metric(OperationsMetric.INVOCATIONS);
  expect(stack.resolve(dimensions)?.EndpointName).toEqual({ 'Fn::GetAtt': ['L1', 'EndpointName'] });
});
