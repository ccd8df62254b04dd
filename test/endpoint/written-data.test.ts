import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { WrittenData } from '../../lib/endpoint/written-data';
import { newStack, statementsOf } from './fixtures';

function given(stack = newStack()) {
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'records');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  return { stack, bucket, role, data: new WrittenData({ name: 'churn', bucket, prefix: 'team/written' }) };
}

const S3_ARN = (path: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${path}`]] });

test('a writer may put records of this name, and nothing else', () => {
  const { stack, role, data } = given();
  data.grantWrite(role);
  expect(statementsOf(stack)).toEqual([
    { Effect: 'Allow', Action: 's3:PutObject', Resource: S3_ARN('records/team/written/churn/*') },
  ]);
});

test('a reader may list and read records of this name, and nothing else', () => {
  const { stack, role, data } = given();
  data.grantRead(role);
  expect(statementsOf(stack).map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).toEqual([
    ['s3:GetObject', S3_ARN('records/team/written/churn/*'), undefined],
    ['s3:ListBucket', S3_ARN('records'), { StringLike: { 's3:prefix': ['team/written/churn/*'] } }],
  ]);
});

test.each(['of the data', 'of the bucket'])('writers encrypt with the key %s, and readers decrypt', (whose) => {
  const { stack, role } = given();
  const key = new kms.Key(stack, 'Key');
  const bucket = new s3.Bucket(stack, 'Own', { encryptionKey: whose === 'of the bucket' ? key : undefined });
  const encryptionKey = whose === 'of the data' ? key : undefined;
  const data = new WrittenData({ name: 'churn', bucket, prefix: 'written', encryptionKey });
  data.grantWrite(role);
  data.grantRead(role);
  const actions = statementsOf(stack).flatMap(({ Action }) => Action as string | string[]);
  expect(actions.filter((action) => action.startsWith('kms:'))).toEqual([
    'kms:Encrypt',
    'kms:GenerateDataKey*',
    'kms:Decrypt',
  ]);
});

test('a writer is told its destination', () => {
  expect(given().data.destination).toBe('s3://records/team/written/churn');
});

test.each(['', 'a/b', '-a', 'a-', 'a b', '..', 'n'.repeat(64)])('the name %j is refused', (name) => {
  const { bucket } = given();
  expect(() => new WrittenData({ name, bucket, prefix: 'written' })).toThrow(/InvalidWrittenData[\s\S]*'name'/);
});

test.each(['', '/written', 'written/', 'a//b', '*'])('the prefix %j is refused', (prefix) => {
  const { bucket } = given();
  expect(() => new WrittenData({ name: 'churn', bucket, prefix })).toThrow(/InvalidWrittenData[\s\S]*'prefix'/);
});

test('the longest name is taken, and one that is known at deployment only', () => {
  const { bucket } = given();
  for (const name of ['n'.repeat(63), Token.asString({ Ref: 'Name' })]) {
    expect(new WrittenData({ name, bucket, prefix: 'written' }).name).toBe(name);
  }
});
