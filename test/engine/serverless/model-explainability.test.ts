import { Size, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  Baseline,
  DataCapture,
  Dataset,
  Endpoint,
  InstanceType,
  Model,
  ModelImage,
  MonitoredData,
  MonitoringEngine,
  Predictor,
  PredictorRequest,
  PredictorResponse,
  ProductionVariant,
  RecordTransformation,
  ShapAnalysis,
  type ShapAnalysisOptions,
  ShapBaseline,
} from '../../../lib';
import type { BaselineSpec } from '../../../lib/baseline/contract';
import type { MonitorRequest } from '../../../lib/engine/serverless/contract';
import {
  ModelExplainabilityMonitor,
  type ModelExplainabilityMonitorProps,
} from '../../../lib/monitor/model-explainability-monitor';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourceOf, resourcesOf } from '../../monitor/readable-template';

// A monitor of feature attributions on the serverless engine: what is made, what may ask, what is refused.

const imageIn = (stack: Stack) =>
  ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Images', 'model'), '1.0');

const HEADERS = ['age', 'sex', 'job'];

const shap = (options: Partial<ShapAnalysisOptions> = {}) =>
  ShapAnalysis.of({
    predictor: Predictor.fromModelName('churn-v1'),
    baseline: ShapBaseline.rows([[37, 1, 4]]),
    headers: HEADERS,
    ...options,
  });

function stackWith(
  analysis: ShapAnalysis = shap(),
  props: Partial<ModelExplainabilityMonitorProps> = {},
  stack: Stack = newStack(),
): Stack {
  new ModelExplainabilityMonitor(stack, 'Attributions', {
    engine: MonitoringEngine.serverless(),
    analysis,
    ...props,
    data: props.data ?? MonitoredData.endpoint(newEndpoint(stack)),
    baseline: props.baseline ?? givenBaseline(stack),
  });
  return stack;
}

const EXPLAIN = 'AnalysisExplainRole';

/** What the function that asks models may do, as text. */
const permissionsOf = (stack: Stack): string =>
  JSON.stringify(resourceOf(stack, 'AWS::IAM::Role', EXPLAIN).Properties.Policies);

const requestOf = (stack: Stack): MonitorRequest =>
  JSON.parse(resourceOf(stack, 'AWS::Scheduler::Schedule', 'ServerlessSchedule').Properties.Target.Input);

test('the model gets a serverless endpoint, whose variant has its name', () => {
  const stack = stackWith(
    shap({ predictor: Predictor.fromModelName('churn-v1', { memorySize: Size.gibibytes(4), maxConcurrency: 8 }) }),
  );
  const configs = resourcesOf(stack, 'AWS::SageMaker::EndpointConfig').map(({ Properties }) => Properties);
  expect(configs).toContainEqual({
    ProductionVariants: [
      {
        InitialVariantWeight: 1,
        ModelName: 'churn-v1',
        VariantName: 'churn-v1',
        ServerlessConfig: { MemorySizeInMB: 4096, MaxConcurrency: 8 },
      },
    ],
  });
  expect(requestOf(stack).explanation?.model).toMatchObject({
    variant: 'churn-v1',
    requestsAtOnce: 8,
    recordsPerRequest: 200,
  });
});

test('it says on a bill which monitor it is of', () => {
  const endpoint = resourceOf(stackWith(), 'AWS::SageMaker::Endpoint', 'PredictorEndpoint');
  expect(endpoint.Properties.Tags).toEqual([{ Key: 'cdk-sagemaker-monitoring:monitor', Value: 'Stack/Attributions' }]);
});

test('one function may ask it, and nothing else; no other stack has that function', () => {
  const stack = stackWith();
  const roles = resourcesOf(stack, 'AWS::IAM::Role');
  const asking = roles.filter((role) => JSON.stringify(role).includes('sagemaker:InvokeEndpoint'));
  expect(asking.map(({ id }) => id.endsWith(EXPLAIN))).toEqual([true]);
  const text = permissionsOf(stack);
  expect(text).toContain('PredictorEndpoint');
  expect(text).not.toMatch(/"sagemaker:InvokeEndpoint","Effect":"Allow","Resource":"\*"/);
  const machine = JSON.stringify(resourceOf(stack, 'AWS::StepFunctions::StateMachine'));
  expect(machine).toContain('AnythingToExplain');
  const plain = newStack();
  newMonitor(plain);
  expect(JSON.stringify(resourceOf(plain, 'AWS::StepFunctions::StateMachine'))).not.toContain('Explain');
});

test('an endpoint that is given is asked, and nothing is made', () => {
  const stack = newStack();
  const given = Endpoint.fromEndpointName(stack, 'Given', 'Churn-Scores');
  stackWith(shap({ predictor: Predictor.fromEndpoint(given, { recordsPerRequest: 10 }) }), {}, stack);
  expect(JSON.stringify(resourcesOf(stack, 'AWS::SageMaker::EndpointConfig'))).not.toContain('ServerlessConfig');
  const text = permissionsOf(stack);
  expect(text).toMatch(/endpoint\/Churn-Scores/);
  expect(text).toMatch(/endpoint\/churn-scores/);
  expect(requestOf(stack).explanation?.model).toEqual({
    endpointName: 'Churn-Scores',
    recordsPerRequest: 10,
    request: { contentType: 'text/csv' },
    requestsAtOnce: 5,
  });
});

test('a run is told all that the analysis says', () => {
  const predictor = Predictor.fromModelName('churn-v1', {
    request: PredictorRequest.json('{"instances":$records}', '{"features":$features}'),
    response: PredictorResponse.JSON,
    labelHeaders: ['stays', 'leaves'],
    customAttributes: 'who=monitor',
  });
  const analysis = shap({
    predictor,
    baseline: ShapBaseline.json('[{"features":[37,1,4]}]'),
    features: 'instances[*].features',
    probability: 'predictions[*].scores',
    sampleCount: 64,
    recordCount: 250,
    seed: 7,
    useLogit: true,
  });
  expect(requestOf(stackWith(analysis)).explanation).toMatchObject({
    headers: HEADERS,
    features: { keys: ['instances'], itemKeys: ['features'] },
    recordCount: 250,
    sampleCount: 64,
    aggregation: 'mean_abs',
    useLogit: true,
    seed: 7,
    baseline: { text: '[{"features":[37,1,4]}]' },
    model: {
      request: {
        contentType: 'application/json',
        template: '{"instances":$records}',
        recordTemplate: '{"features":$features}',
      },
      accept: 'application/json',
      customAttributes: 'who=monitor',
      scores: { path: { keys: ['predictions'], itemKeys: ['scores'] } },
      labels: ['stays', 'leaves'],
    },
  });
});

test('of data with transformations, features are columns, and no path leads to them', () => {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack), { transformations: [RecordTransformation.unwrap('person')] });
  expect(requestOf(stackWith(shap(), { data }, stack)).transformations).toEqual([{ unwrap: 'person' }]);
  const predictor = Predictor.fromModelName('churn-v1', {
    request: PredictorRequest.json('{"instances":$records}', '{"features":$features}'),
  });
  expect(() => stackWith(shap({ features: 'instances[*]', predictor }), { data })).toThrow(
    /^UnsupportedOnServerless at Stack\/Attributions: 'analysis.features' is .*rows of these data have columns/,
  );
});

test('rows go to the bucket of extracts, by the key of the captured data, and expire there', () => {
  const stack = newStack();
  const key = new kms.Key(stack, 'Key');
  const bucket = new s3.Bucket(stack, 'Captured', { encryptionKey: key });
  const endpoint = new Endpoint(stack, 'Own', {
    variants: [
      ProductionVariant.instances('live', {
        model: new Model(stack, 'Live', { image: imageIn(stack) }),
        instanceType: InstanceType.of('ml.m5.large'),
      }),
    ],
    dataCapture: DataCapture.toBucket(bucket, { encryptionKey: key }),
  });
  stackWith(shap(), { data: MonitoredData.endpoint(endpoint) }, stack);
  expect(requestOf(stack).explanation?.samples.encryptionKey).toBeDefined();
  const rules = resourcesOf(stack, 'AWS::S3::Bucket').flatMap(
    ({ Properties }) => Properties.LifecycleConfiguration?.Rules ?? [],
  );
  expect(rules).toContainEqual({ ExpirationInDays: 2, Id: 'Samples', Prefix: 'samples/Stack/', Status: 'Enabled' });
  const text = permissionsOf(stack);
  expect(text).toMatch(/kms:Decrypt/);
  expect(text).toMatch(/samples\/Stack\/\*/);
});

describe('a baseline of a dataset', () => {
  const specOf = (analysis: ShapAnalysis, dataset: (bucket: s3.IBucket) => Dataset): [BaselineSpec, Stack] => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Own', 'own');
    stackWith(analysis, { baseline: Baseline.fromDataset(dataset(bucket)) }, stack);
    const { Spec } = resourceOf(stack, 'Custom::SageMakerMonitoringBaseline').Properties;
    return [JSON.parse(Spec), stack];
  };

  test('is asked of the same model in the same way, once the endpoint is there', () => {
    const columns = { label: 'left', prediction: 'said' };
    const [{ dataset }, stack] = specOf(shap(), (bucket) => Dataset.csv(bucket, 'train.csv', { columns }));
    expect(dataset).toMatchObject({
      onlyFile: 'analysis.json',
      explanation: { headers: HEADERS, model: { variant: 'churn-v1' } },
    });
    expect(dataset?.explanation?.otherColumns).toBeUndefined();
    const baseline = JSON.stringify(resourceOf(stack, 'Custom::SageMakerMonitoringBaseline'));
    expect(baseline).toContain(`\${AttributionsServerlessPredictorEndpoint.EndpointName}`);
  });

  test('without a header leaves out the columns that are no features', () => {
    const options = { header: false, columns: { label: '_c0', prediction: '_c4' } };
    const [{ dataset }] = specOf(shap(), (bucket) => Dataset.csv(bucket, 'train.csv', options));
    expect(dataset?.explanation?.otherColumns).toEqual(['_c0', '_c4']);
  });

  test('is CSV, whose other columns are known by their places', () => {
    expect(() => specOf(shap(), (bucket) => Dataset.parquet(bucket, 'a.parquet'))).toThrow(/UnsupportedDataset/);
    const options = { header: false, columns: { label: 'left' } };
    expect(() => specOf(shap(), (bucket) => Dataset.csv(bucket, 'train.csv', options))).toThrow(
      /IncompleteDataset.*_c0, _c1/s,
    );
  });
});

describe('what is refused', () => {
  test.each<[string, Partial<ShapAnalysisOptions>, RegExp]>([
    ['no names', { headers: undefined }, /'analysis\.headers'/],
    ['no SHAP baseline', { baseline: undefined }, /'analysis\.baseline'/],
    ['clusters', { baseline: ShapBaseline.clusters(3) }, /ShapBaseline\.clusters/],
    ['values of single records', { saveLocalValues: true }, /'analysis\.saveLocalValues'/],
    [
      'a path that is none',
      { probability: 'predictions[0].score' },
      /'analysis\.probability'.*predictions\[\*\]\.score/s,
    ],
    [
      'instances',
      { predictor: Predictor.fromModelName('m', { instanceCount: 2 }) },
      /'analysis\.predictor\.instanceCount'/,
    ],
    [
      'a type of instance',
      { predictor: Predictor.fromModelName('m', { instanceType: InstanceType.of('ml.m5.large') }) },
      /instanceType/,
    ],
    [
      'Parquet',
      { predictor: Predictor.fromModelName('m', { request: PredictorRequest.parquet() }) },
      /PredictorRequest\.parquet/,
    ],
  ])('%s', (_, options, words) => {
    const given = () => stackWith(shap(options));
    expect(given).toThrow(/UnsupportedOnServerless/);
    expect(given).toThrow(words);
  });

  test('the endpoint that is watched', () => {
    const stack = newStack();
    const endpoint = newEndpoint(stack);
    const analysis = shap({ predictor: Predictor.fromEndpoint(endpoint) });
    const watching = () => stackWith(analysis, { data: MonitoredData.endpoint(endpoint) }, stack);
    expect(watching).toThrow(/UnsupportedOnServerless.*the endpoint that is watched.*Predictor\.fromModel/s);
  });

  test('models that no serverless endpoint takes', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const inVpc = Predictor.fromModel(new Model(stack, 'InVpc', { image: imageIn(stack), vpc }));
    expect(() => stackWith(shap({ predictor: inVpc }), {}, stack)).toThrow(
      /a model with a VPC.*Predictor\.fromEndpoint/s,
    );
    const other = newStack();
    const isolated = new sagemaker.CfnModel(other, 'Isolated', {
      enableNetworkIsolation: true,
      containers: [{ image: 'a' }, { image: 'b' }],
      executionRoleArn: 'arn:aws:iam::111122223333:role/r',
    });
    const predictor = Predictor.fromModelName(isolated.attrModelName);
    expect(() => stackWith(shap({ predictor }), {}, other)).toThrow(/network isolation, 2 containers/);
  });
});
