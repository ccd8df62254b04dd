import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { InlineRole } from '../../lib/core/inline-role';
import { GroundTruth } from '../../lib/monitor/ground-truth';
import { newStack } from './fixtures';
import { resourcesOf, statementsOfRole } from './readable-template';

function collector(stack = newStack()) {
  const assumedBy = 'lambda.amazonaws.com';
  return { stack, role: new InlineRole(stack, 'Collector', { assumedBy, description: 'Collects labels' }) };
}

test('[B19] labels have a place, as the API takes it', () => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Bucket', 'labels');
  expect(GroundTruth.fromBucket(bucket, 'churn/truth').s3Uri).toBe('s3://labels/churn/truth');
});

test.each(['', '/a', 'a/', 'a//b', 'a/*'])('[B19] labels cannot lie below %j', (prefix) => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Bucket', 'labels');
  expect(() => GroundTruth.fromBucket(bucket, prefix)).toThrow(/^InvalidGroundTruth: 'prefix' is /);
});

test('[B19] whoever reads labels may list and get them, and nothing else', () => {
  const { stack, role } = collector();
  GroundTruth.fromBucket(new s3.Bucket(stack, 'Labels'), 'truth').grantRead(role);
  expect(statementsOfRole(stack, 'Collector')).toEqual([
    {
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': ['truth/*'] } },
      Effect: 'Allow',
      Resource: `\${Labels.Arn}`,
    },
    { Action: 's3:GetObject', Effect: 'Allow', Resource: `\${Labels.Arn}/truth/*` },
  ]);
});

test('[B19] who is of another account may read labels by the policy of their bucket, as the grant tells', () => {
  const stack = newStack();
  const bucket = new s3.Bucket(stack, 'Labels');
  const grant = GroundTruth.fromBucket(bucket, 'truth').grantRead(new iam.AccountPrincipal('444455556666'));
  expect(grant.success).toBe(true);
  const [{ Properties }] = resourcesOf(stack, 'AWS::S3::BucketPolicy');
  const actions = Properties.PolicyDocument.Statement.map(({ Action }: { Action: string }) => Action);
  expect(actions).toEqual(['s3:ListBucket', 's3:GetObject']);
});

test('[B20] whoever collects labels may put them, and nothing else', () => {
  const { stack, role } = collector();
  GroundTruth.fromBucket(new s3.Bucket(stack, 'Labels'), 'truth').grantWrite(role);
  expect(statementsOfRole(stack, 'Collector')).toEqual([
    { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Labels.Arn}/truth/*` },
  ]);
});

test('[B20] labels may come from another account, by the policy of their bucket', () => {
  const stack = newStack();
  const labelling = new iam.AccountPrincipal('444455556666');
  GroundTruth.fromBucket(new s3.Bucket(stack, 'Labels'), 'truth').grantWrite(labelling);
  const [{ Properties }] = resourcesOf(stack, 'AWS::S3::BucketPolicy');
  expect(Properties.PolicyDocument.Statement).toEqual([
    {
      Action: 's3:PutObject',
      Effect: 'Allow',
      Principal: { AWS: `arn:\${AWS::Partition}:iam::444455556666:root` },
      Resource: `\${Labels.Arn}/truth/*`,
    },
  ]);
});

describe('the key of labels', () => {
  const actions = (stack: ReturnType<typeof newStack>) =>
    statementsOfRole(stack, 'Collector')
      .filter(({ Resource }) => String(Resource).includes('Key'))
      .map(({ Action, Resource }) => [Action, Resource]);

  test('[B19][B20] is that of their bucket when nothing is said', () => {
    const { stack, role } = collector();
    const bucket = new s3.Bucket(stack, 'Labels', { encryptionKey: new kms.Key(stack, 'Key') });
    const truth = GroundTruth.fromBucket(bucket, 'truth');
    truth.grantRead(role);
    truth.grantWrite(role);
    expect(actions(stack)).toEqual([
      ['kms:Decrypt', `\${Key.Arn}`],
      [['kms:Encrypt', 'kms:GenerateDataKey*'], `\${Key.Arn}`],
    ]);
  });

  test('[B19][B20] may be another one', () => {
    const { stack, role } = collector();
    const bucket = s3.Bucket.fromBucketName(stack, 'Labels', 'labels');
    const truth = GroundTruth.fromBucket(bucket, 'truth', { encryptionKey: new kms.Key(stack, 'Key') });
    truth.grantRead(role);
    truth.grantWrite(role);
    expect(actions(stack)).toEqual([
      ['kms:Decrypt', `\${Key.Arn}`],
      [['kms:Encrypt', 'kms:GenerateDataKey*'], `\${Key.Arn}`],
    ]);
  });
});
