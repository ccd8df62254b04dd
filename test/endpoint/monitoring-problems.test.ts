import { App, Aws, Fn, Lazy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { monitoringProblems } from '../../lib/endpoint/monitoring-problems';
import { type ExistingEndpointParts, existingEndpoint } from './existing-endpoint';
import { ENV, newStack, newVariant } from './fixtures';

type Capture = sagemaker.CfnEndpointConfig.DataCaptureConfigProperty;

const CAPTURE: Capture = {
  captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
  destinationS3Uri: 's3://captured/own',
  initialSamplingPercentage: 100,
  captureContentTypeHeader: { csvContentTypes: ['text/csv'] },
};

const capturing = (changes: Partial<Capture> = {}) => ({ config: { dataCaptureConfig: { ...CAPTURE, ...changes } } });

/** Each problem as prop and what was got. */
function problemsOf(parts: ExistingEndpointParts, stack = newStack()) {
  return monitoringProblems(existingEndpoint(stack, parts).endpoint).map(({ prop, got }) => [prop, got]);
}

const UNKNOWN_LIST = { csvContentTypes: ['text/csv'], jsonContentTypes: Fn.split(',', Aws.STACK_NAME) };
const HEADER = 'endpoint.dataCaptureConfig.captureContentTypeHeader';

test('an endpoint that captures as text has no problem', () => {
  expect(problemsOf(capturing())).toEqual([]);
});

test('an endpoint that is given another configuration is judged by that', () => {
  const stack = newStack();
  const { endpoint, config } = existingEndpoint(stack, capturing());
  expect(monitoringProblems(endpoint)).toEqual([]);
  const { productionVariants } = config;
  const other = new sagemaker.CfnEndpointConfig(stack, 'Other', { productionVariants });
  endpoint.endpointConfigName = other.attrEndpointConfigName;
  expect(monitoringProblems(endpoint)).toMatchObject([{ got: 'no data capture' }]);
});

test('[C10] a serverless variant is a problem', () => {
  const variant = { serverlessConfig: { maxConcurrency: 1, memorySizeInMb: 1024 } };
  expect(problemsOf({ ...capturing(), variant })).toEqual([['endpoint', 'serverless variant live']]);
});

test.each(['SingleModel', undefined])('[C10] a container of mode %s is none', (mode) => {
  expect(problemsOf({ ...capturing(), container: { mode } })).toEqual([]);
});

test('[C10] a container of many models is a problem', () => {
  expect(problemsOf({ ...capturing(), container: { mode: 'MultiModel' } })).toEqual([
    ['endpoint', 'a container of many models'],
  ]);
});

test('[C10] so is one among several containers', () => {
  const stack = newStack();
  const { model, endpoint, config } = existingEndpoint(stack, capturing());
  model.primaryContainer = undefined;
  model.containers = [{ image: 'a' }, { image: 'b', mode: 'MultiModel' }];
  config.productionVariants = [{ variantName: 'live', modelName: model.attrModelName }];
  expect(monitoringProblems(endpoint)).toHaveLength(1);
});

describe('the sides of an invocation that are captured', () => {
  const needing = (sides: ('Input' | 'Output')[], parts: ExistingEndpointParts) =>
    monitoringProblems(existingEndpoint(newStack(), parts).endpoint, { sides, reason: 'it compares them' });
  const modes = (...captureModes: string[]) =>
    capturing({ captureOptions: captureModes.map((captureMode) => ({ captureMode })) });

  test.each<[string, ('Input' | 'Output')[], ExistingEndpointParts]>([
    ['both, as two options', ['Input', 'Output'], modes('Input', 'Output')],
    ['both, as one option', ['Input', 'Output'], modes('InputAndOutput')],
    ['the one that is needed', ['Output'], modes('Output')],
    ['one, where either is enough', [], modes('Input')],
    ['both, where one is needed', ['Input'], modes('InputAndOutput')],
    ['known at deployment only', ['Input', 'Output'], modes('Input', Aws.STACK_NAME)],
    [
      'a list that is known at deployment only',
      ['Input'],
      capturing({ captureOptions: Lazy.any({ produce: () => [] }) }),
    ],
    [
      'an option that is known at deployment only',
      ['Input'],
      capturing({ captureOptions: [Lazy.any({ produce: () => ({}) })] }),
    ],
  ])('may be %s', (_, sides, parts) => {
    expect(needing(sides, parts)).toEqual([]);
  });

  test.each<[string, ('Input' | 'Output')[], string[], string]>([
    ['requests alone, where responses are needed', ['Output'], ['Input'], 'Input'],
    ['requests alone, where both are needed', ['Input', 'Output'], ['Input'], 'Input'],
    ['responses alone, where requests are needed', ['Input'], ['Output'], 'Output'],
    ['responses alone, where both are needed', ['Input', 'Output'], ['Output', 'Output'], 'Output, Output'],
  ])('are a problem as %s', (_, sides, captured, got) => {
    expect(needing(sides, modes(...captured))).toEqual([
      {
        prop: 'endpoint.dataCaptureConfig.captureOptions',
        got,
        allowed: `capture of ${sides.join(' and ')}`,
        advice: 'it compares them: use CaptureMode.INPUT_AND_OUTPUT',
      },
    ]);
  });
});

test('[C10] asynchronous inference is none: no source says that it is not captured or monitored', () => {
  const asyncInferenceConfig = { outputConfig: { s3OutputPath: 's3://captured/async' } };
  expect(problemsOf({ config: { ...capturing().config, asyncInferenceConfig } })).toEqual([]);
});

test('no data capture is a problem', () => {
  expect(problemsOf({})).toEqual([['endpoint', 'no data capture']]);
});

test('data capture that is disabled is a problem', () => {
  expect(problemsOf(capturing({ enableCapture: false }))).toEqual([['endpoint', 'data capture that is disabled']]);
});

test('a paused capture is none: the monitor runs, and says that there are no data', () => {
  expect(problemsOf(capturing({ initialSamplingPercentage: 0 }))).toEqual([]);
});

test.each([undefined, {}])('[C5] content types that are missing are a problem: %j', (captureContentTypeHeader) => {
  expect(problemsOf(capturing({ captureContentTypeHeader }))).toEqual([[HEADER, undefined]]);
});

test('[C5] content types that SageMaker does not take are a problem, each', () => {
  const captureContentTypeHeader = { csvContentTypes: ['text/csv; charset=utf-8'], jsonContentTypes: [] };
  expect(problemsOf(capturing({ captureContentTypeHeader }))).toEqual([
    [`${HEADER}.csvContentTypes`, 'text/csv; charset=utf-8'],
    [`${HEADER}.jsonContentTypes`, []],
  ]);
});

describe('a model package of the same app, which names the content types of its requests,', () => {
  function problemsWith(supportedContentTypes: string[], changes?: Partial<Capture>) {
    const stack = newStack();
    const modelPackage = new sagemaker.CfnModelPackage(stack, 'Package', {
      inferenceSpecification: { containers: [], supportedContentTypes, supportedResponseMimeTypes: ['image/png'] },
    });
    const container = { image: undefined, modelPackageName: modelPackage.attrModelPackageArn };
    return problemsOf({ ...capturing(changes), container }, stack);
  }

  test('[C5] is a problem when all of them would be captured in base64', () => {
    expect(problemsWith(['application/x-recordio-protobuf', 'image/png'])).toEqual([[HEADER, ['text/csv']]]);
  });

  test.each<[string, string[], Partial<Capture>]>([
    ['one of them is captured as text', ['image/png', 'text/csv'], {}],
    ['requests are not captured', ['image/png'], { captureOptions: [{ captureMode: 'Output' }] }],
    ['it names none', [], {}],
    ['they are only known at deployment', Fn.split(',', Aws.STACK_NAME), {}],
    ['what is captured is only known at deployment', ['image/png'], { captureContentTypeHeader: UNKNOWN_LIST }],
  ])('[C5] is none when %s', (_when, contentTypes, changes) => {
    expect(problemsWith(contentTypes, changes)).toEqual([]);
  });
});

test('all problems are found at once', () => {
  const variant = { serverlessConfig: { maxConcurrency: 1, memorySizeInMb: 1024 } };
  expect(problemsOf({ container: { mode: 'MultiModel' }, variant })).toHaveLength(3);
});

test('the references are followed from stack to stack', () => {
  const app = new App();
  const { config } = existingEndpoint(new Stack(app, 'Models', { env: ENV }), { container: { mode: 'MultiModel' } });
  const serving = new Stack(app, 'Serving', { env: ENV });
  const endpoint = new sagemaker.CfnEndpoint(serving, 'Endpoint', {
    endpointConfigName: config.attrEndpointConfigName,
  });
  expect(monitoringProblems(endpoint)).toHaveLength(2);
});

describe('an endpoint of this library', () => {
  test('has no problem with data capture', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'captured');
    const dataCapture = DataCapture.toBucket(bucket);
    const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)], dataCapture });
    expect(monitoringProblems(endpoint)).toEqual([]);
  });

  test('has one without', () => {
    const stack = newStack();
    const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)] });
    expect(monitoringProblems(endpoint)).toHaveLength(1);
  });
});

describe('what the app does not tell is no problem:', () => {
  test('an endpoint that exists already', () => {
    expect(monitoringProblems(Endpoint.fromEndpointName(newStack(), 'Existing', 'Churn'))).toEqual([]);
  });

  test.each(['config', Aws.STACK_NAME, `a-${Aws.STACK_NAME}`, Lazy.string({ produce: () => 'config' })])(
    'a configuration that is called %s',
    (endpointConfigName) => {
      const endpoint = new sagemaker.CfnEndpoint(newStack(), 'Endpoint', { endpointConfigName });
      expect(monitoringProblems(endpoint)).toEqual([]);
    },
  );

  test('a name that is the attribute of something else', () => {
    const stack = newStack();
    const { model } = existingEndpoint(stack);
    const endpoint = new sagemaker.CfnEndpoint(stack, 'Other', { endpointConfigName: model.attrModelName });
    expect(monitoringProblems(endpoint)).toEqual([]);
  });

  test.each<[string, ExistingEndpointParts]>([
    ['data capture', { config: { dataCaptureConfig: Lazy.any({ produce: () => CAPTURE }) } }],
    ['content types', capturing({ captureContentTypeHeader: Lazy.any({ produce: () => ({}) }) })],
    ['variants', { config: { ...capturing().config, productionVariants: Lazy.any({ produce: () => [] }) } }],
    ['a model that is named by a text', { ...capturing(), variant: { modelName: 'churn' } }],
  ])('%s only known at deployment', (_name, parts) => {
    expect(problemsOf(parts)).toEqual([]);
  });
});
