import { App, Aws, CfnResource, Resource, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint, type EndpointProps } from '../../lib/endpoint/endpoint';
import { endpointNameOf } from '../../lib/endpoint/endpoint-name';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { Model } from '../../lib/endpoint/model';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ProductionVariant } from '../../lib/endpoint/production-variant';
import { awaitedBy, resourceOf } from '../monitor/readable-template';
import { ENV, IMAGE_URI, newModel, newStack, newVariant, statementsAbout } from './fixtures';

function make(props: Partial<EndpointProps> = {}, stack: Stack = newStack()) {
  const endpoint = new Endpoint(stack, 'Endpoint', { ...props, variants: props.variants ?? [newVariant(stack)] });
  const idOf = (type: string) => Object.keys(Template.fromStack(stack).findResources(`AWS::SageMaker::${type}`))[0];
  return { stack, endpoint, idOf };
}

describe('an endpoint', () => {
  test('[I1] has a configuration that CloudFormation names, with its variants', () => {
    const { stack, endpoint, idOf } = make();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      EndpointConfigName: Match.absent(),
      DataCaptureConfig: Match.absent(),
      KmsKeyId: Match.absent(),
      ProductionVariants: [
        {
          VariantName: 'live',
          ModelName: { 'Fn::GetAtt': [idOf('Model'), 'ModelName'] },
          InstanceType: 'ml.m5.large',
          InitialInstanceCount: 1,
          InitialVariantWeight: 1,
        },
      ],
    });
    template.hasResourceProperties('AWS::SageMaker::Endpoint', {
      EndpointName: Match.absent(),
      EndpointConfigName: { 'Fn::GetAtt': [idOf('EndpointConfig'), 'EndpointConfigName'] },
    });
    expect(stack.resolve(endpoint.endpointConfig.ref)).toEqual({ Ref: idOf('EndpointConfig') });
  });

  test('takes its name from the attribute and its ARN from the reference', () => {
    const { stack, endpoint, idOf } = make({ endpointName: 'Churn' });
    expect(stack.resolve(endpoint.endpointName)).toEqual({ 'Fn::GetAtt': [idOf('Endpoint'), 'EndpointName'] });
    expect(stack.resolve(endpoint.endpointArn)).toEqual({ Ref: idOf('Endpoint') });
    expect(endpoint.endpointRef.endpointArn).toBe(endpoint.endpointArn);
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Endpoint', { EndpointName: 'Churn' });
  });

  test('waits with its configuration for the roles of its models', () => {
    const stack = newStack();
    make({ dataCapture: DataCapture.toBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'captured')) }, stack);
    const { id, Properties } = resourceOf(stack, 'AWS::IAM::Role');
    expect(awaitedBy(stack, 'AWS::SageMaker::EndpointConfig')).toContain(id);
    expect(JSON.stringify(Properties.Policies)).toContain(':s3:::captured/'); // in the role, not beside it
  });

  test('waits for the policy of a role that was given to a model, which permits to capture', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Given', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    const model = new Model(stack, 'Model', { image: ModelImage.fromUri(IMAGE_URI), role });
    const variants = [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })];
    const dataCapture = DataCapture.toBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'captured'));
    make({ variants, dataCapture }, stack);
    const template = Template.fromStack(stack);
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    template.hasResource('AWS::SageMaker::EndpointConfig', { DependsOn: Match.arrayWith([policy]) });
  });

  test('encrypts its volumes with a key, for which the models may create grants', () => {
    const stack = newStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    make({ encryptionKey }, stack);
    const key = stack.resolve(encryptionKey.keyArn);
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::EndpointConfig', { KmsKeyId: key });
    expect(statementsAbout(stack, 'kms')).toEqual([
      { Effect: 'Allow', Action: ['kms:CreateGrant', 'kms:DescribeKey'], Resource: key },
    ]);
  });

  test('lists its variants in order, as a copy', () => {
    const stack = newStack();
    const { endpoint } = make({ variants: [newVariant(stack, 'b'), newVariant(stack, 'a')] }, stack);
    endpoint.variantNames.push('c');
    expect(endpoint.variantNames).toEqual(['b', 'a']);
  });

  test('grants a model that serves two variants once', () => {
    const stack = newStack();
    const model = newModel(stack);
    const variant = (name: string) =>
      ProductionVariant.instances(name, { model, instanceType: InstanceType.of('ml.m5.large') });
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'captured');
    make({ variants: [variant('a'), variant('b')], dataCapture: DataCapture.toBucket(bucket) }, stack);
    expect(statementsAbout(stack, 's3')).toHaveLength(1);
  });

  test('synthesizes to the same template twice', () => {
    const json = () => JSON.stringify(Template.fromStack(make().stack).toJSON());
    expect(json()).toBe(json());
  });

  test('may be called from another stack, whose role is granted exactly that', () => {
    const { stack, endpoint } = make();
    const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
    endpoint.grantInvoke(new iam.Role(other, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(statementsAbout(other, 'sagemaker')).toEqual([
      {
        Effect: 'Allow',
        Action: 'sagemaker:InvokeEndpoint',
        Resource: { 'Fn::ImportValue': expect.stringMatching(/^Stack:ExportsOutputRef/) },
      },
    ]);
  });
});

describe('an endpoint fails', () => {
  test.each([0, 11])('with %d variants', (count) => {
    const stack = newStack();
    const variants = Array.from({ length: count }, (_, i) => newVariant(stack, `v${i}`));
    expect(() => make({ variants }, stack)).toThrow(
      /^InvalidEndpoint at Stack\/Endpoint: .*allowed is 1 to 10 variants/,
    );
  });

  test('with two variants of one name', () => {
    const stack = newStack();
    const variant = newVariant(stack);
    expect(() => make({ variants: [variant, variant] }, stack)).toThrow(
      'allowed is names that differ (rename a variant)',
    );
  });

  test.each(['', '-a', 'a_b', 'x'.repeat(64)])('with the name %j', (endpointName) => {
    expect(() => make({ endpointName })).toThrow(`'endpointName' is "${endpointName}"`);
  });

  test('with all problems at once', () => {
    expect(() => make({ variants: [], endpointName: '_' })).toThrow(/'variants'.*; 'endpointName'/);
  });
});

test('ten variants are fine, and so is a name that is a token', () => {
  const stack = newStack();
  const variants = Array.from({ length: 10 }, (_, i) => newVariant(stack, `v${i}`));
  expect(() => make({ variants, endpointName: Aws.STACK_NAME }, stack)).not.toThrow();
});

describe('a metric of an endpoint', () => {
  test.each([
    ['metricInvocations', 'Invocations', 'Sum'],
    ['metricModelLatency', 'ModelLatency', 'Average'],
    ['metricInvocation5XXErrors', 'Invocation5XXErrors', 'Sum'],
  ] as const)('[defect 13][defect 15] %s is %s, per endpoint and variant', (method, metricName, statistic) => {
    const { stack, endpoint, idOf } = make();
    const metric = endpoint[method]();
    expect(metric).toMatchObject({ namespace: 'AWS/SageMaker', metricName, statistic });
    expect(stack.resolve(metric.dimensions)).toEqual({
      EndpointName: { 'Fn::GetAtt': [idOf('Endpoint'), 'EndpointName'] },
      VariantName: 'live',
    });
  });

  test('metric is any by its name, average unless asked otherwise', () => {
    const { stack, endpoint, idOf } = make();
    const metric = endpoint.metric('OverheadLatency');
    expect(metric).toMatchObject({ namespace: 'AWS/SageMaker', metricName: 'OverheadLatency', statistic: 'Average' });
    expect(stack.resolve(metric.dimensions)).toEqual({
      EndpointName: { 'Fn::GetAtt': [idOf('Endpoint'), 'EndpointName'] },
      VariantName: 'live',
    });
    expect(endpoint.metric('Invocation4XXErrors', 'live', { statistic: 'Sum' }).statistic).toBe('Sum');
    expect(() => endpoint.metric('OverheadLatency', 'other')).toThrow('UnknownVariant');
  });

  test('[C9] metricDiskUtilization is DiskUtilization of the instances, per endpoint and variant', () => {
    const { stack, endpoint, idOf } = make();
    const metric = endpoint.metricDiskUtilization();
    expect(metric).toMatchObject({
      namespace: '/aws/sagemaker/Endpoints',
      metricName: 'DiskUtilization',
      statistic: 'Maximum',
    });
    expect(stack.resolve(metric.dimensions)).toEqual({
      EndpointName: { 'Fn::GetAtt': [idOf('Endpoint'), 'EndpointName'] },
      VariantName: 'live',
    });
    expect(endpoint.metricDiskUtilization('live', { statistic: 'Average' }).statistic).toBe('Average');
    expect(() => endpoint.metricDiskUtilization('other')).toThrow('UnknownVariant');
  });

  test('takes the options of metrics', () => {
    const metric = make().endpoint.metricModelLatency('live', { statistic: cloudwatch.Stats.p(99), label: 'p99' });
    expect(metric).toMatchObject({ statistic: 'p99', label: 'p99' });
  });

  test('fails without a variant when there are two, and for a variant that there is not', () => {
    const stack = newStack();
    const { endpoint } = make({ variants: [newVariant(stack, 'a'), newVariant(stack, 'b')] }, stack);
    expect(endpoint.metricInvocations('b').dimensions?.VariantName).toBe('b');
    expect(() => endpoint.metricInvocations()).toThrow("'variantName' is undefined, allowed is a, b");
    expect(() => endpoint.metricInvocations('c')).toThrow(
      `UnknownVariant at Stack/Endpoint: 'variantName' is "c", allowed is a, b`,
    );
  });
});

describe('an endpoint that exists already', () => {
  test('is known by its name in its own case', () => {
    const stack = newStack();
    const endpoint = Endpoint.fromEndpointName(stack, 'Existing', 'Churn');
    expect(endpoint.endpointName).toBe('Churn');
    expect(endpoint.endpointRef.endpointArn).toBe(endpoint.endpointArn);
    expect(stack.resolve(endpoint.endpointArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:sagemaker:${ENV.region}:${ENV.account}:endpoint/Churn`]],
    });
  });

  test.each([
    ['Churn', 2],
    ['churn', 1],
    [Aws.STACK_NAME, 1],
  ])('may be invoked as %s by %d ARN(s)', (name, count) => {
    const stack = newStack();
    const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    Endpoint.fromEndpointName(stack, 'Existing', name).grantInvoke(caller);
    const [statement] = statementsAbout(stack, 'sagemaker');
    expect(statement.Action).toBe('sagemaker:InvokeEndpoint');
    expect([statement.Resource].flat()).toHaveLength(count);
  });

  test('fails for a name that no endpoint can have', () => {
    expect(() => Endpoint.fromEndpointName(newStack(), 'Existing', 'a_b')).toThrow(
      `InvalidEndpoint at Stack: 'endpointName' is "a_b"`,
    );
  });
});

describe('the name of any endpoint', () => {
  test('is the attribute of one of ours', () => {
    const { stack, endpoint, idOf } = make();
    const name = { 'Fn::GetAtt': [idOf('Endpoint'), 'EndpointName'] };
    expect(stack.resolve(endpointNameOf(endpoint))).toEqual(name);
    expect(stack.resolve(endpointNameOf(endpoint.node.defaultChild as sagemaker.CfnEndpoint))).toEqual(name);
  });

  test('is the attribute of an L1 even when the L1 names itself', () => {
    const stack = newStack();
    const endpoint = new sagemaker.CfnEndpoint(stack, 'L1', { endpointConfigName: 'config', endpointName: 'Churn' });
    expect(stack.resolve(endpointNameOf(endpoint))).toEqual({ 'Fn::GetAtt': ['L1', 'EndpointName'] });
  });

  test('is the name of an imported one', () => {
    expect(endpointNameOf(Endpoint.fromEndpointName(newStack(), 'Existing', 'Churn'))).toBe('Churn');
  });

  test('is not known of a reference that only holds the ARN', () => {
    class ArnOnly extends Resource {
      public readonly endpointRef = { endpointArn: 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn' };
    }
    expect(endpointNameOf(new ArnOnly(newStack(), 'ArnOnly'))).toBeUndefined();
  });
});

test('every resource of an endpoint is reachable', () => {
  const { endpoint } = make();
  const made = endpoint.node.findAll().filter(CfnResource.isCfnResource);
  expect(made).toEqual(expect.arrayContaining([endpoint.endpointConfig, endpoint.node.defaultChild]));
  expect(made).toHaveLength(2);
});

test('endpoint, reader and alarm in three stacks have no cycle', () => {
  const app = new App();
  const [serving, monitoring, alarms] = ['Serving', 'Monitoring', 'Alarms'].map(
    (id) => new Stack(app, id, { env: ENV }),
  );
  const bucket = new s3.Bucket(serving, 'Bucket', { encryptionKey: new kms.Key(serving, 'Key') });
  const { endpoint } = make({ dataCapture: DataCapture.toBucket(bucket) }, serving);
  const reader = new iam.Role(monitoring, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  endpoint.capturedData?.grantRead(reader, endpoint.endpointName);
  endpoint.metricInvocations().createAlarm(alarms, 'Idle', { threshold: 1, evaluationPeriods: 1 });
  app.synth();
  expect(serving.dependencies).toEqual([]);
});
