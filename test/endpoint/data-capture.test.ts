import { Aws, Lazy, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type BucketCaptureOptions, CaptureMode, DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { newStack, newVariant, statementsAbout } from './fixtures';

function capture(options?: BucketCaptureOptions, stack: Stack = newStack(), bucket?: s3.IBucket) {
  const dataCapture = DataCapture.toBucket(bucket ?? s3.Bucket.fromBucketName(stack, 'Bucket', 'captured'), options);
  const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)], dataCapture });
  return { stack, endpoint, template: Template.fromStack(stack) };
}

const configOf = (template: Template) =>
  Object.values(template.findResources('AWS::SageMaker::EndpointConfig'))[0].Properties.DataCaptureConfig;

const S3_ARN = (path: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${path}`]] });

test('by default a fifth of requests and responses is captured, CSV and JSON as text', () => {
  expect(configOf(capture().template)).toEqual({
    EnableCapture: true,
    InitialSamplingPercentage: 20,
    DestinationS3Uri: 's3://captured/data-capture',
    CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
    CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json'] },
  });
});

test('everything can be chosen', () => {
  const { template } = capture({
    prefix: 'team/churn',
    samplingPercentage: 100,
    mode: CaptureMode.OUTPUT,
    csvContentTypes: ['text/csv', 'application/csv'],
    jsonContentTypes: ['application/jsonlines'],
  });
  expect(configOf(template)).toEqual({
    EnableCapture: true,
    InitialSamplingPercentage: 100,
    DestinationS3Uri: 's3://captured/team/churn',
    CaptureOptions: [{ CaptureMode: 'Output' }],
    CaptureContentTypeHeader: {
      CsvContentTypes: ['text/csv', 'application/csv'],
      JsonContentTypes: ['application/jsonlines'],
    },
  });
});

test('the endpoint knows where its captured data lie', () => {
  const { endpoint } = capture({ prefix: 'team/churn' });
  expect(endpoint.capturedData?.bucket.bucketName).toBe('captured');
  expect(endpoint.capturedData?.prefix).toBe('team/churn');
});

test('the role of the model may put objects below the prefix, and do nothing else in S3', () => {
  const { stack } = capture({ prefix: 'team/churn' });
  expect(statementsAbout(stack, 's3')).toEqual([
    { Effect: 'Allow', Action: 's3:PutObject', Resource: S3_ARN('captured/team/churn/*') },
  ]);
});

test('the role of every model may put objects', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'captured');
  const variants = [newVariant(stack, 'live'), newVariant(stack, 'candidate')];
  new Endpoint(stack, 'Endpoint', { variants, dataCapture: DataCapture.toBucket(bucket) });
  expect(statementsAbout(stack, 's3')).toHaveLength(2);
});

test.each(['bucket', 'option'])(
  'the key of the %s encrypts, and the role of the model may encrypt with it',
  (owner) => {
    const stack = newStack();
    const key = new kms.Key(stack, 'Key');
    const bucket = new s3.Bucket(stack, 'Data', owner === 'bucket' ? { encryptionKey: key } : {});
    const { template } = capture(owner === 'option' ? { kmsKey: key } : {}, stack, bucket);
    expect(configOf(template).KmsKeyId).toEqual(stack.resolve(key.keyArn));
    expect(statementsAbout(stack, 'kms')).toEqual([
      { Effect: 'Allow', Action: ['kms:Encrypt', 'kms:GenerateDataKey*'], Resource: stack.resolve(key.keyArn) },
    ]);
  },
);

test('a content type may have 256 characters, or be a token', () => {
  const longest = `a/${'b'.repeat(254)}`;
  const { template } = capture({ csvContentTypes: [longest, Aws.STACK_NAME] });
  expect(configOf(template).CaptureContentTypeHeader.CsvContentTypes).toEqual([longest, { Ref: 'AWS::StackName' }]);
});

test.each([0, 1, 100, Lazy.number({ produce: () => 7 })])('the sampling percentage may be %d', (samplingPercentage) => {
  const { template } = capture({ samplingPercentage });
  expect(configOf(template).InitialSamplingPercentage).toBeLessThanOrEqual(100);
});

test.each<[string, BucketCaptureOptions, string]>([
  [
    'sampling below 0',
    { samplingPercentage: -1 },
    "'samplingPercentage' is -1, allowed is a whole number from 0 to 100",
  ],
  ['sampling above 100', { samplingPercentage: 101 }, "'samplingPercentage' is 101"],
  ['a share in place of a percentage', { samplingPercentage: 0.2 }, '(it is a percentage, not a share)'],
  ['sampling that is no number', { samplingPercentage: Number.NaN }, "'samplingPercentage' is NaN"],
  ['a double slash', { prefix: 'a//b' }, `'prefix' is "a//b", allowed is no '//'`],
  ['a content type with parameters', { csvContentTypes: ['text/csv; charset=utf-8'] }, `(write 'text/csv')`],
  ['a content type without subtype', { jsonContentTypes: ['json'] }, `'jsonContentTypes' is "json"`],
  ['a content type with a plus', { jsonContentTypes: ['application/ld+json'] }, `"application/ld+json"`],
  ['a content type of 257 characters', { csvContentTypes: [`a/${'b'.repeat(255)}`] }, 'at most 256 characters'],
  ['no content type', { csvContentTypes: [] }, "'csvContentTypes' is [], allowed is 1 to 10 content types"],
  ['eleven content types', { jsonContentTypes: Array(11).fill('a/b') }, 'allowed is 1 to 10 content types'],
])('fails for %s', (_name, options, message) => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Bucket', 'captured');
  expect(() => DataCapture.toBucket(bucket, options)).toThrow(message);
});

test('fails with all problems of the options at once', () => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Bucket', 'captured');
  expect(() => DataCapture.toBucket(bucket, { prefix: '/a', samplingPercentage: 200 })).toThrow(
    /^InvalidDataCapture: 'prefix' .*; 'samplingPercentage' /,
  );
});

test.each([
  ['of a known name', true, 512 - 's3://captured/'.length],
  ['whose name is chosen at deployment', false, 512 - 's3:///'.length - 63],
])('the S3 URI of a bucket %s holds at most 512 characters', (_name, known, limit) => {
  const stack = newStack();
  const bucket = known ? s3.Bucket.fromBucketName(stack, 'Known', 'captured') : new s3.Bucket(stack, 'Unknown');
  expect(() => DataCapture.toBucket(bucket, { prefix: 'p'.repeat(limit) })).not.toThrow();
  expect(() => DataCapture.toBucket(bucket, { prefix: 'p'.repeat(limit + 1) })).toThrow(`at most ${limit} characters`);
});
