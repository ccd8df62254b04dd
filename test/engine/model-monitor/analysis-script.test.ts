import * as path from 'node:path';
import { Aws } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AnalysisScript } from '../../../lib/engine/model-monitor/analysis-script';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourcesOf } from '../../monitor/readable-template';
import { addedStatements, jobOf, stackWith } from './job';

const PREPROCESSOR = path.join(__dirname, 'fixtures/preprocessor.py');
const ASSETS = `cdk-hnb659fds-assets-111122223333-eu-west-1`;

describe('a script that is a file', () => {
  test('is uploaded, and named by its content', () => {
    const uri = jobOf({ dataQuality: { recordPreprocessor: AnalysisScript.fromAsset(PREPROCESSOR) } })
      .DataQualityAppSpecification.RecordPreprocessorSourceUri;
    expect(uri).toMatch(new RegExp(`^s3://${ASSETS}/[0-9a-f]{64}\\.py$`));
  });

  test('may be read by the job, and nothing else of the assets', () => {
    const stack = stackWith({ dataQuality: { postAnalytics: AnalysisScript.fromAsset(PREPROCESSOR) } });
    const [get, list, ...others] = addedStatements(stack);
    const bucket = `arn:\${AWS::Partition}:s3:::${ASSETS}`;
    const key = expect.stringMatching(/^[0-9a-f]{64}\.py$/);
    expect(get).toEqual({
      Action: 's3:GetObject',
      Effect: 'Allow',
      Resource: expect.stringMatching(/:s3:::cdk-hnb659fds-assets-\d+-eu-west-1\/[0-9a-f]{64}\.py$/),
    });
    expect(list).toEqual({
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': [key] } },
      Effect: 'Allow',
      Resource: bucket,
    });
    expect(others).toEqual([]);
  });

  test('may serve both purposes, and several monitors of one engine', () => {
    const stack = newStack();
    const script = AnalysisScript.fromAsset(PREPROCESSOR);
    const engine = MonitoringEngine.modelMonitor({
      dataQuality: { recordPreprocessor: script, postAnalytics: script },
    });
    const endpoint = newEndpoint(stack);
    const baseline = givenBaseline(stack);
    for (const id of ['One', 'Two']) newMonitor(stack, { engine, endpoint, baseline }, id);
    const uris = resourcesOf(stack, 'AWS::SageMaker::DataQualityJobDefinition').flatMap(
      ({ Properties: { DataQualityAppSpecification: container } }) => [
        container.RecordPreprocessorSourceUri,
        container.PostAnalyticsProcessorSourceUri,
      ],
    );
    expect(uris).toHaveLength(4);
    expect(new Set(uris).size).toBe(1);
  });

  test('has to exist', () => {
    expect(() => stackWith({ dataQuality: { recordPreprocessor: AnalysisScript.fromAsset('/nowhere/a.py') } })).toThrow(
      'Cannot find asset at /nowhere/a.py',
    );
  });

  test.each(['a.txt', 'scripts/', 'scripts/.py', ''])('cannot be %j', (file) => {
    expect(() => AnalysisScript.fromAsset(file)).toThrow(
      `InvalidAnalysisScript: 'path' is "${file}", allowed is the name of a Python file, ending in .py`,
    );
  });
});

describe('a script that is an object', () => {
  test('may be read with the key of its bucket', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Scripts', { encryptionKey: new kms.Key(stack, 'Key') });
    stackWith({ dataQuality: { recordPreprocessor: AnalysisScript.fromBucket(bucket, 'pre.py') } }, {}, stack);
    expect(addedStatements(stack)).toContainEqual({
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: `\${Key.Arn}`,
    });
  });

  test('may have a key that is known at deployment only', () => {
    const stack = newStack();
    const script = AnalysisScript.fromBucket(s3.Bucket.fromBucketName(stack, 'Scripts', 'scripts'), Aws.STACK_NAME);
    const { RecordPreprocessorSourceUri } = jobOf(
      { dataQuality: { recordPreprocessor: script } },
      stack,
    ).DataQualityAppSpecification;
    expect(RecordPreprocessorSourceUri).toBe(`s3://scripts/\${AWS::StackName}`);
  });

  test.each([
    ['', 'without leading slash'],
    ['/pre.py', 'without leading slash'],
    ['*.py', 'without * and ?'],
    ['pre?.py', 'without * and ?'],
    ['pre.txt', 'ending in .py'],
    ['.py', 'ending in .py'],
  ])('cannot be %j', (key, allowed) => {
    const bucket = s3.Bucket.fromBucketName(newStack(), 'Scripts', 'scripts');
    expect(() => AnalysisScript.fromBucket(bucket, key)).toThrow(/^InvalidAnalysisScript: 'objectKey' is /);
    expect(() => AnalysisScript.fromBucket(bucket, key)).toThrow(allowed);
  });
});
