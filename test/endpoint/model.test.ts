import { Aws, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Model } from '../../lib/endpoint/model';
import { ModelData } from '../../lib/endpoint/model-data';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ENV, IMAGE_URI, newModel, newStack, statementsAbout, statementsOf } from './fixtures';

const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${rest}`]] });
const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];

describe('a model', () => {
  test('names its image, artifact, environment and role, and has no name of its own', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'models');
    const model = new Model(stack, 'Model', {
      image: ModelImage.fromUri(IMAGE_URI),
      modelData: ModelData.fromBucket(bucket, 'churn/model.tar.gz'),
      environment: { LOG_LEVEL: 'INFO' },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Model', {
      ModelName: Match.absent(),
      ExecutionRoleArn: stack.resolve(model.role.roleArn),
      PrimaryContainer: {
        Image: IMAGE_URI,
        ModelDataUrl: 's3://models/churn/model.tar.gz',
        Environment: { LOG_LEVEL: 'INFO' },
      },
    });
  });

  test('needs neither artifact nor environment', () => {
    const stack = newStack();
    newModel(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { Image: IMAGE_URI },
    });
    expect(statementsAbout(stack, 's3')).toEqual([]);
  });

  test('takes name and ARN from the resource', () => {
    const stack = newStack();
    const model = newModel(stack);
    const [logicalId] = Object.keys(Template.fromStack(stack).findResources('AWS::SageMaker::Model'));
    expect(stack.resolve(model.modelName)).toEqual({ 'Fn::GetAtt': [logicalId, 'ModelName'] });
    expect(stack.resolve(model.modelArn)).toEqual({ Ref: logicalId });
  });
});

describe('the role of a model', () => {
  test('trusts SageMaker for sources of this account and region', () => {
    const stack = newStack();
    newModel(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'sagemaker.amazonaws.com' },
            Condition: { ArnLike: { 'aws:SourceArn': arn(`sagemaker:${ENV.region}:${ENV.account}:*`) } },
          },
        ],
      },
    });
  });

  test('may write logs of endpoints and metrics of SageMaker, and pull the image', () => {
    const stack = newStack();
    newModel(stack);
    expect(statementsOf(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: arn(`logs:${ENV.region}:${ENV.account}:log-group:/aws/sagemaker/Endpoints/*`),
      },
      {
        Effect: 'Allow',
        Action: 'cloudwatch:PutMetricData',
        Resource: '*',
        Condition: { StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'aws/sagemaker/*'] } },
      },
      { Effect: 'Allow', Action: PULL, Resource: arn('ecr:eu-west-1:141502667606:repository/sagemaker-xgboost') },
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    ]);
  });

  test('may read the artifact, and no other object', () => {
    const stack = newStack();
    const key = new kms.Key(stack, 'Key');
    const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: key });
    new Model(stack, 'Model', {
      image: ModelImage.fromUri(IMAGE_URI),
      modelData: ModelData.fromBucket(bucket, 'churn/model.tar.gz'),
    });
    const bucketArn = stack.resolve(bucket.bucketArn);
    expect([...statementsAbout(stack, 's3'), ...statementsAbout(stack, 'kms')]).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [bucketArn, '/churn/model.tar.gz']] } },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: bucketArn,
        Condition: { StringEquals: { 's3:prefix': 'churn/model.tar.gz' } },
      },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(key.keyArn) },
    ]);
  });

  test('can be given: then what the model needs is added, and the model waits for it', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Given', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    new Model(stack, 'Model', { image: ModelImage.fromUri(IMAGE_URI), role });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Role', 1);
    expect(statementsAbout(stack, 'ecr')).toHaveLength(2);
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    template.hasResource('AWS::SageMaker::Model', { DependsOn: Match.arrayWith([policy]) });
  });

  test('stays as it is when it is imported as immutable', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleArn(stack, 'Given', `arn:aws:iam::${ENV.account}:role/model`, { mutable: false });
    new Model(stack, 'Model', { image: ModelImage.fromUri(IMAGE_URI), role });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('takes grants of others to the model', () => {
    const stack = newStack();
    const table = s3.Bucket.fromBucketName(stack, 'Bucket', 'lookup');
    table.grantRead(newModel(stack));
    expect(statementsAbout(stack, 's3')).toHaveLength(1);
  });
});

describe('an image', () => {
  test('of a repository is pulled from that repository', () => {
    const stack = newStack();
    const repository = new ecr.Repository(stack, 'Repository');
    new Model(stack, 'Model', { image: ModelImage.fromEcrRepository(repository, '1.4.0') });
    expect(statementsAbout(stack, 'ecr')).toEqual([
      { Effect: 'Allow', Action: PULL, Resource: stack.resolve(repository.repositoryArn) },
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { Image: stack.resolve(repository.repositoryUriForTag('1.4.0')) },
    });
  });

  test.each([
    [undefined, ':latest'],
    ['1.4.0', ':1.4.0'],
    [`sha256:${'0'.repeat(64)}`, `@sha256:${'0'.repeat(64)}`],
  ])('of a repository with tag or digest %s ends with %s', (tagOrDigest, suffix) => {
    const stack = newStack();
    const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'churn');
    new Model(stack, 'Model', { image: ModelImage.fromEcrRepository(repository, tagOrDigest) });
    const [model] = Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Model'));
    expect(JSON.stringify(model.Properties.PrimaryContainer.Image)).toContain(`churn${suffix}"`);
  });

  test.each([
    [
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/team/churn:1',
      'ecr:cn-north-1:111122223333:repository/team/churn',
    ],
    ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/churn', 'ecr:us-gov-west-1:111122223333:repository/churn'],
    [`111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn@sha256:00`, 'ecr:eu-west-1:111122223333:repository/churn'],
  ])('%s is pulled from %s', (uri, repository) => {
    const stack = newStack();
    new Model(stack, 'Model', { image: ModelImage.fromUri(uri) });
    expect(statementsAbout(stack, 'ecr')[0].Resource).toEqual(arn(repository));
  });

  test('whose URI is only known at deployment is pulled from any repository', () => {
    const stack = newStack();
    new Model(stack, 'Model', { image: ModelImage.fromUri(Aws.STACK_NAME) });
    expect(statementsAbout(stack, 'ecr')[0].Resource).toEqual(arn('ecr:*:*:repository/*'));
  });

  test.each(['xgboost:1.7', 'docker.io/library/python:3', `${IMAGE_URI}${'0'.repeat(255)}`, ''])(
    'fails for %s',
    (uri) => {
      expect(() => ModelImage.fromUri(uri)).toThrow("InvalidModelImage: 'uri' is ");
    },
  );
});

describe('an artifact', () => {
  test('may have a key that is only known at deployment', () => {
    const bucket = s3.Bucket.fromBucketName(new Stack(), 'Bucket', 'models');
    expect(() => ModelData.fromBucket(bucket, Aws.STACK_NAME)).not.toThrow();
  });

  test.each([
    ['/churn/model.tar.gz', 'no leading slash (remove the slash at the start)'],
    ['churn/model.pkl', 'the key of a .tar.gz archive (pack the artifact with tar and gzip)'],
    ['', 'a key of at least one character (name the object)'],
  ])('fails for the key %j', (key, allowed) => {
    const bucket = s3.Bucket.fromBucketName(new Stack(), 'Bucket', 'models');
    expect(() => ModelData.fromBucket(bucket, key)).toThrow(
      `InvalidModelData: 'objectKey' is "${key}", allowed is ${allowed}`,
    );
  });
});
