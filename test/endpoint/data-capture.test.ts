import { Aws, Duration, Lazy, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type BucketCaptureOptions, CaptureMode, DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { Model } from '../../lib/endpoint/model';
import { ModelImage } from '../../lib/endpoint/model-image';
import { ProductionVariant } from '../../lib/endpoint/production-variant';
import { IMAGE_URI, newStack, newVariant, statementsAbout } from './fixtures';

function capture(options?: BucketCaptureOptions, stack: Stack = newStack(), bucket?: s3.IBucket) {
  const dataCapture = DataCapture.toBucket(bucket ?? s3.Bucket.fromBucketName(stack, 'Bucket', 'captured'), options);
  const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)], dataCapture });
  return { stack, endpoint, template: Template.fromStack(stack) };
}

const LEFTOVERS = {
  ...{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
  NoncurrentVersionExpiration: { NoncurrentDays: 1 },
};

const configOf = (template: Template) =>
  Object.values(template.findResources('AWS::SageMaker::EndpointConfig'))[0].Properties.DataCaptureConfig;

const S3_ARN = (path: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${path}`]] });

test('[C1][C2][C4] by default a fifth of requests and responses is captured, CSV and JSON as text', () => {
  expect(configOf(capture().template)).toEqual({
    EnableCapture: true,
    InitialSamplingPercentage: 20,
    DestinationS3Uri: 's3://captured/data-capture',
    CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
    CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json'] },
  });
});

test('[C2][C3][C4] everything can be chosen', () => {
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

test('[C7] the role of the model may put objects below the prefix, and do nothing else in S3', () => {
  const { stack } = capture({ prefix: 'team/churn' });
  expect(statementsAbout(stack, 's3')).toEqual([
    { Effect: 'Allow', Action: 's3:PutObject', Resource: S3_ARN('captured/team/churn/*') },
  ]);
});

test('[C7] the role of every model may put objects', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'captured');
  const variants = [newVariant(stack, 'live'), newVariant(stack, 'candidate')];
  new Endpoint(stack, 'Endpoint', { variants, dataCapture: DataCapture.toBucket(bucket) });
  expect(statementsAbout(stack, 's3')).toHaveLength(2);
});

test.each(['bucket', 'option'])(
  '[C6] the key of the %s encrypts, and the role of the model may encrypt with it',
  (owner) => {
    const stack = newStack();
    const key = new kms.Key(stack, 'Key');
    const bucket = new s3.Bucket(stack, 'Data', owner === 'bucket' ? { encryptionKey: key } : {});
    const { template } = capture(owner === 'option' ? { encryptionKey: key } : {}, stack, bucket);
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
  [
    'a content type in both lists',
    { csvContentTypes: ['text/csv', 'application/json'] },
    `'csvContentTypes' is ["application/json"], allowed is content types that are not in 'jsonContentTypes' (name each in the list of its format alone)`,
  ],
  ['eleven content types', { jsonContentTypes: Array(11).fill('a/b') }, 'allowed is 1 to 10 content types'],
])('[C2][C4][C8] fails for %s', (_name, options, message) => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Bucket', 'captured');
  expect(() => DataCapture.toBucket(bucket, options)).toThrow(message);
});

test.each([
  [CaptureMode.INPUT, ['Input']],
  [CaptureMode.OUTPUT, ['Output']],
  [CaptureMode.INPUT_AND_OUTPUT, ['Input', 'Output']],
])('[C3] %s captures %j', (mode, sides) => {
  expect(configOf(capture({ mode }).template).CaptureOptions).toEqual(sides.map((side) => ({ CaptureMode: side })));
});

test('[C11][I14] another sampling makes a new configuration, and the endpoint is only told of it', () => {
  const [before, after] = [20, 80].map((samplingPercentage) => capture({ samplingPercentage }).template.toJSON());
  const [[configId]] = Object.entries<{ Type: string }>(after.Resources).filter(
    ([, { Type }]) => Type === 'AWS::SageMaker::EndpointConfig',
  );
  // data capture is a create-only property, so CloudFormation makes a new one, for which it needs no name
  expect(after.Resources[configId].Properties.EndpointConfigName).toBeUndefined();
  expect(before.Resources[configId].Properties.DataCaptureConfig.InitialSamplingPercentage).toBe(20);
  before.Resources[configId].Properties.DataCaptureConfig.InitialSamplingPercentage = 80;
  expect(after).toEqual(before); // the endpoint has the same id and name: it is updated, not replaced
});

describe('a new bucket', () => {
  const bucketOf = (template: Template) => Object.values(template.findResources('AWS::S3::Bucket'))[0];

  test('[C8] is private, encrypted and kept, and its captured objects expire after three months', () => {
    const stack = newStack();
    DataCapture.toNewBucket(stack, 'Captured');
    const { Properties, DeletionPolicy } = bucketOf(Template.fromStack(stack));
    expect(DeletionPolicy).toBe('Retain');
    expect(Properties).toEqual({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      LifecycleConfiguration: {
        Rules: [{ ExpirationInDays: 90, Prefix: 'data-capture/', Status: 'Enabled', ...LEFTOVERS }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
  });

  test('[C6][C8] takes prefix, expiration and key, with which the model may encrypt', () => {
    const stack = newStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const dataCapture = DataCapture.toNewBucket(stack, 'Captured', {
      prefix: 'team/churn',
      expiration: Duration.days(30),
      encryptionKey,
    });
    new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)], dataCapture });
    const { Properties } = bucketOf(Template.fromStack(stack));
    expect(Properties.LifecycleConfiguration.Rules).toEqual([
      { ExpirationInDays: 30, Prefix: 'team/churn/', Status: 'Enabled', ...LEFTOVERS },
    ]);
    expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      {
        ServerSideEncryptionByDefault: { KMSMasterKeyID: stack.resolve(encryptionKey.keyArn), SSEAlgorithm: 'aws:kms' },
      },
    ]);
    expect(dataCapture.capturedData.bucket.encryptionKey).toBe(encryptionKey);
    expect(statementsAbout(stack, 's3')).toHaveLength(1);
    expect(statementsAbout(stack, 'kms')).toHaveLength(1);
  });

  test('fails for options that no bucket may have', () => {
    expect(() => DataCapture.toNewBucket(newStack(), 'Captured', { prefix: 'a//b' })).toThrow('InvalidDataCapture');
  });
});

describe('an endpoint with a model of known content types', () => {
  function warningsFor(contentTypes: string[] | undefined, dataCapture?: BucketCaptureOptions) {
    const stack = newStack();
    const model = new Model(stack, 'Model', { image: ModelImage.fromUri(IMAGE_URI), contentTypes });
    const instanceType = InstanceType.of('ml.m5.large');
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'captured');
    new Endpoint(stack, 'Endpoint', {
      variants: ['a', 'b'].map((name) => ProductionVariant.instances(name, { model, instanceType })),
      dataCapture: dataCapture && DataCapture.toBucket(bucket, dataCapture),
    });
    return Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  }

  test('[C5] warns once of those that would be captured in base64', () => {
    const warnings = warningsFor(['text/csv', 'application/x-npy', 'image/png'], {});
    expect(warnings).toHaveLength(1);
    expect(warnings[0].entry.data).toMatch(
      /^application\/x-npy, image\/png would be captured in base64, .*cdk-sagemaker-monitoring:base64Capture/,
    );
    expect(warnings[0].id).toBe('/Stack/Endpoint');
  });

  test.each<[string, string[] | undefined, BucketCaptureOptions | undefined]>([
    ['they are in the lists', ['text/csv', 'application/json'], {}],
    ['they differ in parameters and case', ['text/CSV; charset=utf-8'], {}],
    ['a list names them', ['application/x-npy'], { csvContentTypes: ['application/x-npy'] }],
    ['a list is only known at deployment', ['application/x-npy'], { csvContentTypes: [Aws.STACK_NAME] }],
    ['nothing is captured', ['application/x-npy'], undefined],
    ['they are not known', undefined, {}],
  ])('[C5] does not warn when %s', (_when, contentTypes, dataCapture) => {
    expect(warningsFor(contentTypes, dataCapture)).toEqual([]);
  });
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
