import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Aws } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AnalysisScript } from '../../../lib/engine/model-monitor/analyzer/analysis-script';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourcesOf, statementsOfRole } from '../../monitor/readable-template';
import { addedStatements, jobOf, stackWith } from './job';
import { qualityStackWith } from './quality';

const fixture = (name: string) => path.join(__dirname, 'fixtures', name);
const PREPROCESSOR = fixture('preprocessor.py');
const POSTPROCESSOR = fixture('postprocessor.py');
const ASSETS = `cdk-hnb659fds-assets-111122223333-eu-west-1`;

describe('a script that is a file', () => {
  test('is uploaded, and named by its content', () => {
    const uri = jobOf({ dataQuality: { recordPreprocessor: AnalysisScript.fromAsset(PREPROCESSOR) } })
      .DataQualityAppSpecification.RecordPreprocessorSourceUri;
    expect(uri).toMatch(new RegExp(`^s3://${ASSETS}/[0-9a-f]{64}\\.py$`));
  });

  test('may be read by the job, and nothing else of the assets', () => {
    const stack = stackWith({ dataQuality: { postAnalytics: AnalysisScript.fromAsset(POSTPROCESSOR) } });
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
    const script = AnalysisScript.fromAsset(fixture('handlers.py'));
    const engine = MonitoringEngine.modelMonitor({
      dataQuality: { recordPreprocessor: script, postAnalytics: script },
    });
    const endpoint = newEndpoint(stack);
    const baseline = givenBaseline(stack);
    for (const id of ['One', 'Two'])
      newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint), baseline }, id);
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
    ['', 'a key of at least one character'],
    ['/pre.py', 'no leading slash'],
    ['*.py', 'a key without *, ? and ${'],
    ['pre?.py', 'a key without *, ? and ${'],
    ['pre.txt', 'ending in .py'],
    ['.py', 'ending in .py'],
  ])('cannot be %j', (key, allowed) => {
    const bucket = s3.Bucket.fromBucketName(newStack(), 'Scripts', 'scripts');
    expect(() => AnalysisScript.fromBucket(bucket, key)).toThrow(/^InvalidAnalysisScript: 'objectKey' is /);
    expect(() => AnalysisScript.fromBucket(bucket, key)).toThrow(allowed);
  });
});

describe('the function that a script has to define', () => {
  const refused = 'allowed is a script that defines';

  test('[B18] is there in a file that is made for the purpose', () => {
    const recordPreprocessor = AnalysisScript.fromAsset(PREPROCESSOR);
    const postAnalytics = AnalysisScript.fromAsset(POSTPROCESSOR);
    expect(() => stackWith({ dataQuality: { recordPreprocessor, postAnalytics } })).not.toThrow();
    expect(() => qualityStackWith({ modelQuality: { recordPreprocessor, postAnalytics } })).not.toThrow();
  });

  test.each(['dataQuality', 'modelQuality'])('[B18] is missed where the two scripts of %s are confused', (kind) => {
    const recordPreprocessor = AnalysisScript.fromAsset(POSTPROCESSOR);
    const postAnalytics = AnalysisScript.fromAsset(PREPROCESSOR);
    const make = kind === 'dataQuality' ? stackWith : qualityStackWith;
    const options = { [kind]: { recordPreprocessor, postAnalytics } };
    expect(() => make(options)).toThrow(/^InvalidModelMonitorEngine/);
    expect(() => make(options)).toThrow(
      `'${kind}.recordPreprocessor' is "${POSTPROCESSOR}", ${refused} preprocess_handler`,
    );
    expect(() => make(options)).toThrow(`'${kind}.postAnalytics' is "${PREPROCESSOR}", ${refused} postprocess_handler`);
  });

  describe.each([
    ['defined', 'def preprocess_handler(inference_record, logger):\n  return []', true],
    ['defined further below', 'import os\r\n\r\ndef preprocess_handler (record):\r\n  return []', true],
    ['defined under a condition', 'if True:\n\tdef preprocess_handler(record):\n\t\treturn {}', true],
    ['assigned', 'preprocess_handler = lambda record: {}', true],
    ['imported', 'from json import loads as preprocess_handler', true],
    ['in a comment', '# def preprocess_handler(record):\n', false],
    ['called otherwise', 'def preprocess_handler_v2(record):\n  return {}', false],
    ['only called', 'print(preprocess_handler(1))', false],
    ['nowhere', '', false],
  ])('%s', (_, source, isThere) => {
    test(`[B18] is ${isThere ? '' : 'not '}found`, () => {
      const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'script-')), 'script.py');
      fs.writeFileSync(file, source);
      const make = () => stackWith({ dataQuality: { recordPreprocessor: AnalysisScript.fromAsset(file) } });
      if (isThere) expect(make).not.toThrow();
      else expect(make).toThrow(`${refused} preprocess_handler`);
      fs.rmSync(path.dirname(file), { recursive: true });
    });
  });

  test('[B18] cannot be looked for in a folder', () => {
    const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'script-')), 'folder.py');
    fs.mkdirSync(folder);
    const make = () => stackWith({ dataQuality: { recordPreprocessor: AnalysisScript.fromAsset(folder) } });
    expect(make).toThrow(`'dataQuality.recordPreprocessor' is "${folder}", allowed is a file`);
    fs.rmSync(path.dirname(folder), { recursive: true });
  });

  test('[B18] is not looked for in S3', () => {
    const script = AnalysisScript.fromBucket(s3.Bucket.fromBucketName(newStack(), 'Scripts', 'scripts'), 'pre.py');
    expect(() => stackWith({ dataQuality: { postAnalytics: script } })).not.toThrow();
  });
});

test('[B16][B17] model quality has scripts of its own, which its job may read', () => {
  const stack = qualityStackWith({
    modelQuality: {
      recordPreprocessor: AnalysisScript.fromAsset(PREPROCESSOR),
      postAnalytics: AnalysisScript.fromAsset(POSTPROCESSOR),
    },
  });
  const { ModelQualityAppSpecification } = resourcesOf(stack, 'AWS::SageMaker::ModelQualityJobDefinition')[0]
    .Properties;
  const { RecordPreprocessorSourceUri: before, PostAnalyticsProcessorSourceUri: after } = ModelQualityAppSpecification;
  expect(before).not.toBe(after);
  const read = statementsOfRole(stack, 'ModelQualityRole')
    .filter(({ Action }) => Action === 's3:GetObject')
    .flatMap(({ Resource }) => Resource);
  for (const uri of [before, after]) {
    expect(uri).toMatch(new RegExp(`^s3://${ASSETS}/[0-9a-f]{64}\\.py$`));
    expect(read).toContainEqual(expect.stringContaining(uri.replace(/^s3:\/\/[^/]+\//, '/')));
  }
});
