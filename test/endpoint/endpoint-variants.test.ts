import { App, Annotations as CdkAnnotations, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { AsyncInferenceOptions } from '../../lib/endpoint/async-inference';
import { Endpoint, type EndpointProps } from '../../lib/endpoint/endpoint';
import { EndpointOperations } from '../../lib/endpoint/endpoint-operations';
import { Model } from '../../lib/endpoint/model';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ModelPackage } from '../../lib/endpoint/model-package';
import { OperationsMetric } from '../../lib/endpoint/operations-metric';
import { Pieces, SCALING } from './endpoint-pieces';
import { ENV, IMAGE_URI, statementsAbout } from './fixtures';

const pieces = () => new Pieces();

describe('a shadow variant', () => {
  test('[I3] is described beside the production variant, and its role may capture', () => {
    const p = pieces();
    const endpoint = p.endpoint({ variants: [p.onInstances()], shadowVariant: p.shadow(), dataCapture: p.capture() });
    expect(p.config().ShadowProductionVariants).toEqual([
      {
        VariantName: 'candidate',
        ModelName: expect.anything(),
        InstanceType: 'ml.m5.large',
        InitialInstanceCount: 1,
        InitialVariantWeight: 1,
      },
    ]);
    expect(statementsAbout(p.stack, 's3')).toHaveLength(2);
    expect(endpoint.variantNames).toEqual(['live']);
    expect(endpoint.metricInvocations('candidate').dimensions).toMatchObject({ VariantName: 'candidate' });
    expect(endpoint.metricInvocations().dimensions).toMatchObject({ VariantName: 'live' });
    expect(() => endpoint.metricInvocations('other')).toThrow('allowed is live, candidate');
  });

  test('tells its name and its model', () => {
    const p = pieces();
    const shadow = p.shadow();
    expect([shadow.variantName, shadow.model.modelName]).toEqual(['candidate', expect.any(String)]);
  });

  test('may be scaled by itself', () => {
    const p = pieces();
    p.endpoint({ variants: [p.onInstances()], shadowVariant: p.shadow(1, 'ml.m5.large', SCALING) });
    const { ResourceId } = Object.values(
      Template.fromStack(p.stack).findResources('AWS::ApplicationAutoScaling::ScalableTarget'),
    )[0].Properties;
    expect(JSON.stringify(ResourceId)).toContain('/variant/candidate');
  });
});

describe('a serverless endpoint', () => {
  test('[I11] has no instances, and the metrics of its kind', () => {
    const p = pieces();
    const endpoint = p.endpoint({ variants: [p.serverless()] });
    expect(p.config().ProductionVariants).toEqual([
      {
        VariantName: 'live',
        ModelName: expect.anything(),
        InitialVariantWeight: 1,
        ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 },
      },
    ]);
    expect(EndpointOperations.of(endpoint).metrics).toContain(OperationsMetric.MODEL_SETUP_TIME);
  });
});

describe('an asynchronous endpoint', () => {
  test('[I12] answers into a bucket, below a prefix each for answers and failures, where the role of its model may put them', () => {
    const p = pieces();
    const endpoint = p.endpoint({ variants: [p.onInstances()], asyncInference: p.asynchronous() });
    expect(p.config().AsyncInferenceConfig).toEqual({
      OutputConfig: {
        S3OutputPath: 's3://answers/async-inference',
        S3FailurePath: 's3://answers/async-inference-failures',
      },
    });
    expect(statementsAbout(p.stack, 's3')).toEqual([
      {
        Action: 's3:PutObject',
        Effect: 'Allow',
        Resource: ['async-inference/*', 'async-inference-failures/*'].map((keys) => ({
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::answers/${keys}`]],
        })),
      },
    ]);
    expect(EndpointOperations.of(endpoint).metrics).toContain(OperationsMetric.BACKLOG_SIZE);
  });

  test('is invoked by the action of its kind', () => {
    const p = pieces();
    const endpoint = p.endpoint({ variants: [p.onInstances()], asyncInference: p.asynchronous() });
    endpoint.grantInvoke(new iam.Role(p.stack, 'Client', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(statementsAbout(p.stack, 'sagemaker')).toEqual([
      { Action: 'sagemaker:InvokeEndpointAsync', Effect: 'Allow', Resource: p.stack.resolve(endpoint.endpointArn) },
    ]);
  });

  test('[I12] tells topics, encrypts, and gives an instance no more requests than it is told', () => {
    const p = pieces();
    const [successTopic, errorTopic] = ['Answered', 'Failed'].map((id) => new sns.Topic(p.stack, id));
    const encryptionKey = new kms.Key(p.stack, 'Key');
    const options = { successTopic, errorTopic, encryptionKey, prefix: 'a/b', failurePrefix: 'c' };
    p.endpoint({
      variants: [p.onInstances()],
      asyncInference: p.asynchronous({ ...options, maxConcurrentInvocationsPerInstance: 4 }),
    });
    expect(p.config().AsyncInferenceConfig).toEqual({
      OutputConfig: {
        S3OutputPath: 's3://answers/a/b',
        S3FailurePath: 's3://answers/c',
        KmsKeyId: p.stack.resolve(encryptionKey.keyArn),
        NotificationConfig: {
          SuccessTopic: p.stack.resolve(successTopic.topicArn),
          ErrorTopic: p.stack.resolve(errorTopic.topicArn),
        },
      },
      ClientConfig: { MaxConcurrentInvocationsPerInstance: 4 },
    });
    expect(statementsAbout(p.stack, 'sns').map(({ Action }) => Action)).toEqual(['sns:Publish']);
    expect(statementsAbout(p.stack, 'kms')).toHaveLength(1);
  });

  test.each<[AsyncInferenceOptions, string]>([
    [{ prefix: '/a' }, "InvalidAsyncInference: 'prefix' is"],
    [{ failurePrefix: 'a/' }, "'failurePrefix' is"],
    [
      { maxConcurrentInvocationsPerInstance: 0 },
      "'maxConcurrentInvocationsPerInstance' is 0, allowed is a whole number from 1 to 1000",
    ],
    [{ maxConcurrentInvocationsPerInstance: 1001 }, "'maxConcurrentInvocationsPerInstance' is 1001"],
  ])('fails with %j', (options, problem) => {
    expect(() => pieces().asynchronous(options)).toThrow(problem);
  });
});

describe('a scaled variant', () => {
  test('[I10] follows its requests, and updates keep the count that was reached, but not weights', () => {
    const p = pieces();
    const { endpointName } = p.endpoint({ variants: [p.onInstances('live', 'ml.m5.large', SCALING)] });
    const template = Template.fromStack(p.stack);
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'sagemaker',
      ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
      ResourceId: { 'Fn::Join': ['', ['endpoint/', p.stack.resolve(endpointName), '/variant/live']] },
      MinCapacity: 2,
      MaxCapacity: 6,
      RoleARN: Match.absent(),
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 600,
        PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
      },
    });
    template.hasResourceProperties('AWS::SageMaker::Endpoint', {
      RetainAllVariantProperties: true,
      ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredWeight' }],
    });
  });

  test('[I9] alone makes updates keep anything: what is not scaled is as the app says', () => {
    const p = pieces();
    p.endpoint({ variants: [p.onInstances()] });
    Template.fromStack(p.stack).hasResourceProperties('AWS::SageMaker::Endpoint', {
      RetainAllVariantProperties: Match.absent(),
      ExcludeRetainedVariantProperties: Match.absent(),
    });
  });
});

test('[I13][I15][I19] what has no prop is set on the configuration itself', () => {
  const p = pieces();
  const { endpointConfig } = p.endpoint({ variants: [p.onInstances()] });
  endpointConfig.metricsConfig = { enableEnhancedMetrics: true };
  endpointConfig.explainerConfig = {
    clarifyExplainerConfig: { shapConfig: { shapBaselineConfig: { shapBaseline: '1,2' } } },
  };
  endpointConfig.addPropertyOverride(
    'ProductionVariants.0.RoutingConfig.RoutingStrategy',
    'LEAST_OUTSTANDING_REQUESTS',
  );
  expect(p.config()).toMatchObject({
    MetricsConfig: { EnableEnhancedMetrics: true },
    ExplainerConfig: { ClarifyExplainerConfig: { ShapConfig: { ShapBaselineConfig: { ShapBaseline: '1,2' } } } },
    ProductionVariants: [{ VariantName: 'live', RoutingConfig: { RoutingStrategy: 'LEAST_OUTSTANDING_REQUESTS' } }],
  });
});

/** What does not go together, each with a word of the way out. */
const REFUSED: readonly [string, (p: Pieces) => EndpointProps, string, string][] = [
  [
    'a serverless variant and data capture',
    (p) => ({ variants: [p.serverless()], dataCapture: p.capture() }),
    "'dataCapture' is",
    'WrittenData',
  ],
  [
    'a serverless variant and another one',
    (p) => ({ variants: [p.serverless(), p.onInstances('other')] }),
    "'variants' is \"2 beside the serverless variant 'live'\", allowed is one",
    'on two endpoints',
  ],
  [
    'a serverless variant and a shadow',
    (p) => ({ variants: [p.serverless()], shadowVariant: p.shadow() }),
    "'shadowVariant' is",
    'a production variant on instances',
  ],
  [
    'a serverless variant and a VPC',
    (p) => {
      const vpc = new ec2.Vpc(p.stack, 'Vpc');
      const model = new Model(p.stack, 'InVpc', { image: ModelImage.fromUri(IMAGE_URI), vpc });
      return { variants: [p.serverless(model)] };
    },
    "'variants.model' is",
    'in no VPC',
  ],
  [
    'a shadow and two production variants',
    (p) => ({ variants: [p.onInstances(), p.onInstances('other')], shadowVariant: p.shadow() }),
    "'variants' is \"2 beside 'shadowVariant'\", allowed is one",
    'compare by weights',
  ],
  [
    'a shadow of the name of the production variant',
    (p) => ({ variants: [p.onInstances('candidate')], shadowVariant: p.shadow() }),
    "'variants' is",
    'rename a variant',
  ],
  [
    'a shadow on ml.inf1',
    (p) => ({ variants: [p.onInstances()], shadowVariant: p.shadow(1, 'ml.inf1.xlarge') }),
    '\'shadowVariant\' is "on ml.inf1.xlarge"',
    'other instances than ml.inf1',
  ],
  [
    'a shadow of a variant on ml.inf1',
    (p) => ({ variants: [p.onInstances('live', 'ml.inf1.xlarge')], shadowVariant: p.shadow() }),
    '\'shadowVariant\' is "on ml.inf1.xlarge"',
    'refuses shadows',
  ],
  [
    'a shadow and asynchronous answers',
    (p) => ({ variants: [p.onInstances()], shadowVariant: p.shadow(), asyncInference: p.asynchronous() }),
    "'shadowVariant' is \"beside 'asyncInference'\"",
    'answers at once',
  ],
  [
    'asynchronous answers and scaling',
    (p) => ({ variants: [p.onInstances('live', 'ml.m5.large', SCALING)], asyncInference: p.asynchronous() }),
    "'variants.scaling' is \"beside 'asyncInference'\"",
    'ApproximateBacklogSizePerInstance',
  ],
];

describe('refused is', () => {
  test.each(REFUSED)('%s', (_, props, problem, wayOut) => {
    const p = pieces();
    const given = props(p);
    expect(() => p.endpoint(given)).toThrow(problem);
    expect(() => new Endpoint(p.stack, 'Again', given)).toThrow(wayOut);
  });
});

/** What no source says, by the id that acknowledges it. */
const UNKNOWN: readonly [string, (p: Pieces) => EndpointProps][] = [
  [
    'asynchronousCapture',
    (p) => ({ variants: [p.onInstances()], asyncInference: p.asynchronous(), dataCapture: p.capture() }),
  ],
  [
    'asynchronousVariants',
    (p) => ({ variants: [p.onInstances(), p.onInstances('b')], asyncInference: p.asynchronous() }),
  ],
  ['asynchronousServerless', (p) => ({ variants: [p.serverless()], asyncInference: p.asynchronous() })],
  ['shadowShare', (p) => ({ variants: [p.onInstances()], shadowVariant: p.shadow(0.5) })],
  [
    'marketplacePackage',
    (p) => {
      const modelPackage = ModelPackage.fromArn(`arn:aws:sagemaker:eu-west-1:${ENV.account}:model-package/bought`);
      return { variants: [p.serverless(new Model(p.stack, 'Bought', { modelPackage }))] };
    },
  ],
];

describe('said to be unknown is', () => {
  test.each(UNKNOWN)('%s, until it is acknowledged', (id, props) => {
    const p = pieces();
    const endpoint = p.endpoint(props(p));
    const warnings = () =>
      Annotations.fromStack(p.stack).findWarning('*', Match.stringLikeRegexp(`cdk-sagemaker-monitoring:${id}`));
    expect(warnings()).toHaveLength(1);
    expect(Annotations.fromStack(p.stack).findWarning('*', Match.anyValue())).toHaveLength(1);
    expect(endpoint.node.metadata.some(({ data }) => String(data).includes('no source says whether'))).toBe(true);
  });

  test('nothing of what is documented', () => {
    const p = pieces();
    const modelPackage = ModelPackage.fromArn(`arn:aws:sagemaker:eu-west-1:${ENV.account}:model-package/own/1`);
    p.endpoint({ variants: [p.serverless(new Model(p.stack, 'Own', { modelPackage }))] });
    new Endpoint(p.stack, 'Shadowed', {
      variants: [p.onInstances()],
      shadowVariant: p.shadow(),
      dataCapture: p.capture(),
    });
    expect(Annotations.fromStack(p.stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('nothing that was acknowledged', () => {
    const p = pieces();
    const endpoint = p.endpoint({ variants: [p.onInstances()], shadowVariant: p.shadow(0.5) });
    CdkAnnotations.of(endpoint).acknowledgeWarning('cdk-sagemaker-monitoring:shadowShare', 'tried');
    expect(Annotations.fromStack(p.stack).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

test('an endpoint with all of it synthesizes twice to the same template', () => {
  const made = () => {
    const app = new App();
    const p = new Pieces(new Stack(app, 'Stack', { env: ENV }));
    p.endpoint({
      variants: [p.onInstances()],
      shadowVariant: p.shadow(1, 'ml.m5.large', SCALING),
      dataCapture: p.capture(),
    });
    return JSON.stringify(Template.fromStack(p.stack).toJSON());
  };
  expect(made()).toBe(made());
});
