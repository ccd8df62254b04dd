import { Aws } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CapturedData } from '../../lib/endpoint/captured-data';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { newStack, newVariant, statementsOf } from './fixtures';

function readerIn(scope = newStack()) {
  const bucket = s3.Bucket.fromBucketName(scope, 'Bucket', 'captured');
  const reader = new iam.Role(scope, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  return { stack: scope, bucket, reader };
}

const S3_ARN = (path: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${path}`]] });

test('a reader may read and list the data of one endpoint, and nothing else', () => {
  const { stack, bucket, reader } = readerIn();
  CapturedData.at(bucket, 'team/data-capture').grantRead(reader, 'Churn');
  expect(statementsOf(stack)).toEqual([
    { Effect: 'Allow', Action: 's3:GetObject', Resource: S3_ARN('captured/team/data-capture/Churn/*') },
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: S3_ARN('captured'),
      Condition: { StringLike: { 's3:prefix': ['team/data-capture/Churn/*'] } },
    },
  ]);
});

test.each([
  ['grantGet', ['s3:GetObject', 'kms:Decrypt']],
  ['grantList', ['s3:ListBucket']],
] as const)('%s permits its part alone', (method, actions) => {
  const { stack, reader } = readerIn();
  const bucket = new s3.Bucket(stack, 'Data', { encryptionKey: new kms.Key(stack, 'Key') });
  CapturedData.at(bucket, 'data-capture')[method](reader, 'Churn');
  expect(statementsOf(stack).map(({ Action }) => Action)).toEqual(actions);
});

test.each([
  ['data-capture/Churn/', true],
  ['data-capture/Churn/live/2026/01/31/09/', true],
  ['data-capture/', false],
  ['data-capture/Churn2/', false],
  ['', false],
])('a listing of %j is permitted: %s', (prefix, permitted) => {
  const { stack, bucket, reader } = readerIn();
  CapturedData.at(bucket, 'data-capture').grantRead(reader, 'Churn');
  const [, list] = statementsOf(stack) as [unknown, { Condition: { StringLike: { 's3:prefix': [string] } } }];
  const [literal] = list.Condition.StringLike['s3:prefix'][0].split('*'); // the only wildcard is at the end
  expect(prefix.startsWith(literal)).toBe(permitted);
});

test('the name of an endpoint of the same app is taken from its attribute', () => {
  const { stack, bucket, reader } = readerIn();
  const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)] });
  CapturedData.at(bucket, 'data-capture').grantRead(reader, endpoint.endpointName);
  const name = { 'Fn::GetAtt': [stack.resolve(endpoint.endpointArn).Ref, 'EndpointName'] };
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Resource: {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::captured/data-capture/', name, '/*']],
          },
        },
        { Condition: { StringLike: { 's3:prefix': [{ 'Fn::Join': ['', ['data-capture/', name, '/*']] }] } } },
      ],
    },
  });
});

test.each(['bucket', 'option'])('a reader may decrypt with the key of the %s', (owner) => {
  const { stack, reader } = readerIn();
  const key = new kms.Key(stack, 'Key');
  const bucket = new s3.Bucket(stack, 'Data', owner === 'bucket' ? { encryptionKey: key } : {});
  CapturedData.at(bucket, 'data-capture', owner === 'option' ? { encryptionKey: key } : {}).grantRead(reader, 'Churn');
  expect(statementsOf(stack)).toContainEqual({
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: stack.resolve(key.keyArn),
  });
});

test('[C7] a writer may put objects below the prefix, encrypt them, and do nothing else', () => {
  const { stack, reader: writer } = readerIn();
  const key = new kms.Key(stack, 'Key');
  const bucket = new s3.Bucket(stack, 'Data', { encryptionKey: key });
  expect(CapturedData.at(bucket, 'data-capture').grantWrite(writer).success).toBe(true);
  expect(statementsOf(stack)).toEqual([
    {
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [stack.resolve(bucket.bucketArn), '/data-capture/*']] },
    },
    { Effect: 'Allow', Action: ['kms:Encrypt', 'kms:GenerateDataKey*'], Resource: stack.resolve(key.keyArn) },
  ]);
});

test('the grant reports that it succeeded', () => {
  const { bucket, reader } = readerIn();
  expect(CapturedData.at(bucket, 'data-capture').grantRead(reader, 'Churn').success).toBe(true);
});

test('a prefix may be a token', () => {
  const { bucket } = readerIn();
  expect(CapturedData.at(bucket, Aws.STACK_NAME).prefix).toBe(Aws.STACK_NAME);
});

test('[C8] fails for a prefix with slashes at both ends, both at once', () => {
  const { bucket } = readerIn();
  expect(() => CapturedData.at(bucket, '/data-capture/')).toThrow(
    `InvalidCapturedData: 'prefix' is "/data-capture/", allowed is no leading slash (remove the slash at the start); 'prefix' is "/data-capture/", allowed is no trailing slash (remove the slash at the end)`,
  );
});
