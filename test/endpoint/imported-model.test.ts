import { Aws, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DataCapture, Endpoint, type IModel, InstanceType, Model, Predictor, ProductionVariant } from '../../lib';
import { newModel, newStack } from './fixtures';

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:model/churn-7';

function serve(stack: Stack, model: IModel): Endpoint {
  const bucket = s3.Bucket.fromBucketName(stack, 'Captured', 'captured');
  return new Endpoint(stack, 'Endpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    dataCapture: DataCapture.toBucket(bucket),
  });
}

describe('a model that exists', () => {
  test('has its name and the ARN of its account and region', () => {
    const stack = newStack();
    const model = Model.fromModelName(stack, 'Existing', 'Churn-7');
    expect(model.modelName).toBe('Churn-7');
    expect(stack.resolve(model.modelRef.modelArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111122223333:model/Churn-7']],
    });
    expect(model.contentTypes).toEqual([]);
  });

  test('may be referred to by its ARN, also where only the deployment knows it', () => {
    const stack = newStack();
    expect(Model.fromModelArn(stack, 'Existing', ARN).modelName).toBe('churn-7');
    expect(stack.resolve(Model.fromModelArn(stack, 'Later', Aws.STACK_ID).modelName)).toMatchObject({
      'Fn::Select': expect.anything(),
    });
  });

  test('is served and captured with its role', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    serve(
      stack,
      Model.fromModelAttributes(stack, 'Existing', { modelName: 'churn-7', role, contentTypes: ['text/x'] }),
    );
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [Match.objectLike({ ModelName: 'churn-7' })],
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 's3:PutObject' })] },
    });
    template.hasResource('AWS::SageMaker::EndpointConfig', {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('Role')]),
    });
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('text/x would be captured in base64'));
  });

  test('without a role says which statement its role needs', () => {
    const stack = newStack();
    serve(stack, Model.fromModelName(stack, 'Existing', 'churn-7'));
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('s3:PutObject'));
  });

  test('may be asked by a predictor', () => {
    const model = Model.fromModelName(newStack(), 'Existing', 'churn-7');
    expect(Predictor.fromModel(model)).toMatchObject({ modelName: 'churn-7', modelArn: model.modelArn });
  });

  test.each([
    [() => Model.fromModelName(newStack(), 'Existing', ARN), `'modelName' is "${ARN}", allowed is 1 to 63 letters`],
    [
      () => Model.fromModelArn(newStack(), 'Existing', 'churn-7'),
      `'modelArn' is "churn-7", allowed is arn:{partition}:`,
    ],
    [() => Model.fromModelArn(newStack(), 'Existing', ARN.replace('model/', 'endpoint/')), `'modelArn' is "arn:aws`],
  ])('fails for what is none (%#)', (make, message) => {
    expect(make).toThrow(`InvalidModel at Stack: ${message}`);
  });

  test('a model of the app is one as well, for constructs that take any', () => {
    const model = newModel(newStack());
    expect(model.modelRef).toEqual({ modelArn: model.modelArn });
  });
});

describe('an endpoint that exists', () => {
  const arn = 'arn:aws:sagemaker:eu-central-1:444455556666:endpoint/churn';

  test('has account and region of its ARN, and the name in its own case', () => {
    const endpoint = Endpoint.fromEndpointAttributes(newStack(), 'Existing', {
      endpointName: 'Churn',
      endpointArn: arn,
    });
    expect(endpoint).toMatchObject({ endpointName: 'Churn', endpointArn: arn });
    expect(endpoint.env).toEqual({ account: '444455556666', region: 'eu-central-1' });
  });

  test('has no name where only its ARN is known', () => {
    const endpoint = Endpoint.fromEndpointArn(newStack(), 'Existing', arn);
    expect(endpoint.endpointRef).toEqual({ endpointArn: arn });
    expect(endpoint.env.region).toBe('eu-central-1');
    expect('endpointName' in endpoint).toBe(false);
  });

  test.each(['churn', arn.replace(':endpoint/', ':endpoint-config/')])('fails for the ARN %s', (endpointArn) => {
    const message = `InvalidEndpoint at Stack: 'endpointArn' is "${endpointArn}", allowed is arn:{partition}`;
    expect(() => Endpoint.fromEndpointArn(newStack(), 'Existing', endpointArn)).toThrow(message);
    const attributes = { endpointName: 'churn', endpointArn };
    expect(() => Endpoint.fromEndpointAttributes(newStack(), 'Existing', attributes)).toThrow(message);
  });
});
