import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { InlineRole } from '../../lib/core/inline-role';
import { localArn } from '../../lib/core/local-arn';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../lib/core/s3-grants';
import { CapturedData } from '../../lib/endpoint/captured-data';
import { newStack } from '../monitor/fixtures';
import { readable, statementsOfRole } from '../monitor/readable-template';

function make(bucketProps: (stack: ReturnType<typeof newStack>) => s3.BucketProps = () => ({})) {
  const stack = newStack();
  const bucket = new s3.Bucket(stack, 'Bucket', bucketProps(stack));
  return { stack, bucket, role: new InlineRole(stack, 'Role', { assumedBy: 'lambda.amazonaws.com', description: '' }) };
}

const withKey = (stack: ReturnType<typeof newStack>) => ({ encryptionKey: new kms.Key(stack, 'Key') });

test('getting objects is granted on exactly these keys', () => {
  const { stack, bucket, role } = make();
  grantGetObjects(role, bucket, 'a/one.json', 'b/*');
  expect(statementsOfRole(stack, 'Role')).toEqual([
    { Action: 's3:GetObject', Effect: 'Allow', Resource: [`\${Bucket.Arn}/a/one.json`, `\${Bucket.Arn}/b/*`] },
  ]);
});

test('putting objects is granted on exactly these keys', () => {
  const { stack, bucket, role } = make();
  grantPutObjects(role, bucket, 'b/*');
  expect(statementsOfRole(stack, 'Role')).toEqual([
    { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Bucket.Arn}/b/*` },
  ]);
});

test('listing is granted below exactly these prefixes', () => {
  const { stack, bucket, role } = make();
  grantListPrefixes(role, bucket, 'a/*', 'b/one.json');
  expect(statementsOfRole(stack, 'Role')).toEqual([
    {
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': ['a/*', 'b/one.json'] } },
      Effect: 'Allow',
      Resource: `\${Bucket.Arn}`,
    },
  ]);
});

test('listing a bucket is one statement, which grows with its prefixes, and other buckets have their own', () => {
  const { stack, bucket, role } = make();
  const other = new s3.Bucket(stack, 'Other');
  for (const one of [bucket, other]) grantListPrefixes(role, one, 'a/*'); // equal but for the bucket, as yet
  for (const prefix of ['b/*', 'a/*', 'c/*']) grantListPrefixes(role, bucket, prefix);
  CapturedData.at(other, 'capture').grantList(role, 'churn');
  const statement = (prefixes: string[], Resource: string) => ({
    Action: 's3:ListBucket',
    Condition: { StringLike: { 's3:prefix': prefixes } },
    Effect: 'Allow',
    Resource,
  });
  expect(statementsOfRole(stack, 'Role')).toEqual([
    statement(['a/*', 'b/*', 'c/*'], `\${Bucket.Arn}`),
    statement(['a/*', 'capture/churn/*'], `\${Other.Arn}`),
  ]);
});

test('who gets objects may decrypt with the key of the bucket', () => {
  const { stack, bucket, role } = make(withKey);
  grantGetObjects(role, bucket, 'a/*');
  expect(statementsOfRole(stack, 'Role')).toContainEqual({
    Action: 'kms:Decrypt',
    Effect: 'Allow',
    Resource: `\${Key.Arn}`,
  });
});

test('who puts objects may encrypt with the key of the bucket', () => {
  const { stack, bucket, role } = make(withKey);
  grantPutObjects(role, bucket, 'a/*');
  expect(statementsOfRole(stack, 'Role')).toContainEqual({
    Action: ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
    Effect: 'Allow',
    Resource: `\${Key.Arn}`,
  });
});

test('a local ARN has the partition, region and account of its stack', () => {
  const stack = newStack();
  expect(readable(stack.resolve(localArn(stack, 'events', 'event-bus/default')))).toBe(
    `arn:\${AWS::Partition}:events:eu-west-1:111122223333:event-bus/default`,
  );
});
