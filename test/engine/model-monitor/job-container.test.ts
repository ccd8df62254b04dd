import { Aws } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AnalysisScript } from '../../../lib/engine/model-monitor/analyzer/analysis-script';
import { newStack } from '../../monitor/fixtures';
import { addedStatements, jobOf, stackWith } from './job';

const OWN = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/analyzer:7';
const COPY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/copies/sagemaker-model-monitor-analyzer';

const texts = (count: number) => Array.from({ length: count }, () => 'x');
const variables = (count: number) => Object.fromEntries(texts(count).map((value, index) => [`V${index}`, value]));

/** A stack with a bucket that holds scripts. */
function scripts() {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Scripts', 'scripts');
  return { stack, script: (key: string) => AnalysisScript.fromBucket(bucket, key) };
}

describe('the environment of the container', () => {
  test('asks for metrics, and holds nothing else when nothing is said', () => {
    expect(jobOf().DataQualityAppSpecification.Environment).toEqual({ publish_cloudwatch_metrics: 'Disabled' });
  });

  test('[A7] holds what the options say, too', () => {
    const environment = { LEVEL: 'debug', _stack: Aws.STACK_NAME };
    expect(jobOf({ dataQuality: { environment } }).DataQualityAppSpecification.Environment).toEqual({
      LEVEL: 'debug',
      _stack: `\${AWS::StackName}`,
      publish_cloudwatch_metrics: 'Disabled',
    });
  });

  test.each<[string, { [name: string]: string }]>([
    ['49 variables', variables(49)],
    ['texts of 256 characters', { ['x'.repeat(256)]: 'x'.repeat(256) }],
    ['an empty value', { EMPTY: '' }],
  ])('may hold %s', (_, environment) => {
    expect(() => stackWith({ dataQuality: { environment } })).not.toThrow();
  });

  test.each<[string, { [name: string]: string }, string]>([
    [
      '50 variables',
      variables(50),
      `'dataQuality.environment' is "50 variables", allowed is a whole number, 1 to 49 variables`,
    ],
    [
      'a name with a hyphen',
      { 'my-name': '' },
      `'dataQuality.environment' is "my-name", allowed is a name of letters, digits and _`,
    ],
    [
      'a name that begins with a digit',
      { '1st': '' },
      `'dataQuality.environment' is "1st", allowed is a name of letters`,
    ],
    ['an empty name', { '': '' }, `'dataQuality.environment' is "", allowed is a name of letters`],
    ['a name of 257 characters', { ['x'.repeat(257)]: '' }, 'at most 256 characters'],
    ['a value of 257 characters', { A: 'x'.repeat(257) }, `'dataQuality.environment.A' is "xxx`],
    [
      'what this library sets',
      { publish_cloudwatch_metrics: 'Disabled' },
      `'dataQuality.environment' is "publish_cloudwatch_metrics", allowed is a name other than`,
    ],
    [
      'what the service sets',
      { dataset_source: '/' },
      `'dataQuality.environment' is "dataset_source", allowed is a name other than`,
    ],
  ])('cannot hold %s', (_, environment, message) => {
    expect(() => stackWith({ dataQuality: { environment } })).toThrow(message);
  });
});

describe('the command of the container', () => {
  test("is the image's own when nothing is said", () => {
    const { ContainerEntrypoint, ContainerArguments } = jobOf().DataQualityAppSpecification;
    expect([ContainerEntrypoint, ContainerArguments]).toEqual([undefined, undefined]);
  });

  test.each([
    ['a few texts', ['python3', '/main.py'], ['--verbose']],
    ['100 and 50 texts', texts(100), texts(50)],
    ['texts of 256 characters', ['x'.repeat(256)], ['x'.repeat(256)]],
  ])('[A7] of an own image may be %s', (_, containerEntrypoint, containerArguments) => {
    const dataQuality = { imageUri: OWN, containerEntrypoint, containerArguments };
    expect(jobOf({ dataQuality }).DataQualityAppSpecification).toMatchObject({
      ImageUri: OWN,
      ContainerEntrypoint: containerEntrypoint,
      ContainerArguments: containerArguments,
    });
  });

  test.each([
    [
      'an empty entry point',
      { containerEntrypoint: [] },
      `'dataQuality.containerEntrypoint' is "0 texts", allowed is a whole number, 1 to 100 texts`,
    ],
    [
      'an entry point of 101 texts',
      { containerEntrypoint: texts(101) },
      `'dataQuality.containerEntrypoint' is "101 texts"`,
    ],
    [
      'an entry point of 257 characters',
      { containerEntrypoint: ['x'.repeat(257)] },
      `'dataQuality.containerEntrypoint[0]' is "xxx`,
    ],
    [
      'an empty list of arguments',
      { containerArguments: [] },
      `'dataQuality.containerArguments' is "0 texts", allowed is a whole number, 1 to 50 texts`,
    ],
    ['51 arguments', { containerArguments: texts(51) }, `'dataQuality.containerArguments' is "51 texts"`],
    [
      'an argument of 257 characters',
      { containerArguments: ['a', 'x'.repeat(257)] },
      `'dataQuality.containerArguments[1]' is "xxx`,
    ],
  ])('cannot be %s', (_, options, message) => {
    expect(() => stackWith({ dataQuality: { imageUri: OWN, ...options } })).toThrow(message);
  });

  test.each(['containerEntrypoint', 'containerArguments'])("is no option for SageMaker's analyzer: %s", (prop) => {
    expect(() => stackWith({ dataQuality: { [prop]: ['x'] } })).toThrow(
      `'dataQuality.${prop}' is "given", allowed is nothing without 'imageUri' (SageMaker's analyzer has its own`,
    );
  });
});

describe('the scripts of the container', () => {
  test('are none when nothing is said', () => {
    const { RecordPreprocessorSourceUri, PostAnalyticsProcessorSourceUri } = jobOf().DataQualityAppSpecification;
    expect([RecordPreprocessorSourceUri, PostAnalyticsProcessorSourceUri]).toEqual([undefined, undefined]);
  });

  test('[B16][B17] lie in S3, where the job may read exactly them', () => {
    const { stack, script } = scripts();
    const dataQuality = { recordPreprocessor: script('a/pre.py'), postAnalytics: script('post.py') };
    expect(jobOf({ dataQuality }, stack).DataQualityAppSpecification).toMatchObject({
      RecordPreprocessorSourceUri: 's3://scripts/a/pre.py',
      PostAnalyticsProcessorSourceUri: 's3://scripts/post.py',
    });
    const bucket = `arn:\${AWS::Partition}:s3:::scripts`;
    const get = (key: string) => ({ Action: 's3:GetObject', Effect: 'Allow', Resource: `${bucket}/${key}` });
    const list = {
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': ['a/pre.py', 'post.py'] } },
      Effect: 'Allow',
      Resource: bucket,
    };
    expect(addedStatements(stack)).toEqual([get('a/pre.py'), get('post.py'), list]);
  });

  test.each(['recordPreprocessor', 'postAnalytics'])('are ignored by an own image, so it refuses them: %s', (prop) => {
    const { stack, script } = scripts();
    expect(() => stackWith({ dataQuality: { imageUri: OWN, [prop]: script('a.py') } }, {}, stack)).toThrow(
      `'dataQuality.${prop}' is "given", allowed is nothing with an image of your own (only SageMaker's analyzer runs scripts`,
    );
  });

  test.each([COPY, `${COPY}:1`, `${COPY}@sha256:abc`])('are run by a copy of the analyzer, %s', (imageUri) => {
    const { stack, script } = scripts();
    expect(() => stackWith({ dataQuality: { imageUri, recordPreprocessor: script('a.py') } }, {}, stack)).not.toThrow();
  });

  test('may be for an image that is known at deployment only', () => {
    const { stack, script } = scripts();
    const imageUri = `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/own:1`;
    expect(() => stackWith({ dataQuality: { imageUri, recordPreprocessor: script('a.py') } }, {}, stack)).not.toThrow();
  });
});
