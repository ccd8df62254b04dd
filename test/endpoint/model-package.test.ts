import { Aws } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Model, type ModelProps } from '../../lib/endpoint/model';
import { ModelData } from '../../lib/endpoint/model-data';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ModelPackage } from '../../lib/endpoint/model-package';
import { IMAGE_URI, newStack, statementsAbout } from './fixtures';

const ARN = 'arn:aws:sagemaker:eu-west-1:444455556666:model-package/churn/3';

function modelOf(props: Partial<ModelProps> = {}, stack = newStack()) {
  const model = new Model(stack, 'Model', { modelPackage: ModelPackage.fromArn(ARN), ...props });
  return { stack, model };
}

test('a model of a package names it by its ARN, of whatever account, and neither image nor artifact', () => {
  const { stack, model } = modelOf({ environment: { LOG_LEVEL: 'INFO' } });
  Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Model', {
    ExecutionRoleArn: stack.resolve(model.role.roleArn),
    PrimaryContainer: {
      ModelPackageName: ARN,
      Image: Match.absent(),
      ModelDataUrl: Match.absent(),
      Environment: { LOG_LEVEL: 'INFO' },
    },
  });
});

test('its role may neither pull nor read anything that was not told', () => {
  const { stack } = modelOf();
  for (const service of ['ecr', 's3', 'sagemaker']) expect(statementsAbout(stack, service)).toEqual([]);
});

test('its role may pull the images and read the artifacts of which the package consists', () => {
  const stack = newStack();
  const images = [ModelImage.fromUri(IMAGE_URI)];
  const modelData = [ModelData.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'models'), 'churn/model.tar.gz')];
  modelOf({ modelPackage: ModelPackage.fromArn(ARN, { images, modelData }) }, stack);
  const asBefore = newStack();
  new Model(asBefore, 'Model', { image: images[0], modelData: modelData[0] });
  for (const service of ['ecr', 's3']) {
    expect(statementsAbout(stack, service)).toHaveLength(2);
    expect(statementsAbout(stack, service)).toEqual(statementsAbout(asBefore, service));
  }
});

test('its role takes what is granted to the model', () => {
  const { stack, model } = modelOf();
  ecr.Repository.fromRepositoryName(stack, 'Repository', 'churn').grantPull(model);
  expect(statementsAbout(stack, 'ecr')).toHaveLength(2);
});

test('a package of the same app is named by its reference', () => {
  const stack = newStack();
  const modelPackage = new sagemaker.CfnModelPackage(stack, 'Package', { modelPackageGroupName: 'churn' });
  modelOf({ modelPackage: ModelPackage.fromArn(modelPackage.attrModelPackageArn) }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Model', {
    PrimaryContainer: { ModelPackageName: { 'Fn::GetAtt': ['Package', 'ModelPackageArn'] } },
  });
});

test.each([
  ARN,
  'arn:aws-us-gov:sagemaker:us-gov-west-1:444455556666:model-package/own',
  'arn:aws-cn:sagemaker:cn-north-1:444455556666:model-package/a/999999999',
  Aws.STACK_NAME,
])('%s names a package', (arn) => {
  expect(ModelPackage.fromArn(arn).modelPackageArn).toBe(arn);
});

test.each([
  ['the ARN of a group', ARN.replace('package/churn/3', 'package-group/churn'), 'name a version, not the group'],
  ['a name', 'churn', 'model-package/{group}/{version}'],
  ['a version that is no number', ARN.replace('/3', '/latest'), 'model-package/{group}/{version}'],
  ['a model', ARN.replace('model-package/churn/3', 'model/churn'), 'model-package/{group}/{version}'],
])('fails for %s', (_name, arn, message) => {
  expect(() => ModelPackage.fromArn(arn)).toThrow(`InvalidModelPackage: 'modelPackageArn' is "${arn}"`);
  expect(() => ModelPackage.fromArn(arn)).toThrow(message);
});

test('a model fails without image and package', () => {
  expect(() => modelOf({ modelPackage: undefined })).toThrow(
    "InvalidModel at Stack/Model: 'image' is undefined, allowed is an image, or a 'modelPackage' in its place",
  );
});

test('a model fails with image or artifact beside a package, both at once', () => {
  const stack = newStack();
  const modelData = ModelData.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'models'), 'model.tar.gz');
  expect(() => modelOf({ image: ModelImage.fromUri(IMAGE_URI), modelData }, stack)).toThrow(
    /^InvalidModel at Stack\/Model: 'image' is "given beside 'modelPackage'", .*; 'modelData' is /,
  );
});

test('the content types of a model are a copy of what was given, and empty when nothing was', () => {
  const { model } = modelOf({ contentTypes: ['text/csv'] });
  model.contentTypes.push('image/png');
  expect(model.contentTypes).toEqual(['text/csv']);
  expect(modelOf().model.contentTypes).toEqual([]);
});
