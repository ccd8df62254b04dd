import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AnalysisScript,
  Baseline,
  BatchTransformData,
  CapturedData,
  DataCapture,
  Dataset,
  DatasetFormat,
  GroundTruth,
  ModelData,
  ShapBaseline,
} from '../../lib';

const BUCKET = s3.Bucket.fromBucketName(new Stack(), 'Bucket', 'churn');
const PACKAGE = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3';
const PLACE = { bucket: BUCKET, prefix: 'data' };
const BATCH = { captured: PLACE, transformInput: PLACE, transformOutput: PLACE, format: DatasetFormat.csv() };

/** Everything of the API that takes a key or a prefix beside a bucket. */
const TAKERS: { [name: string]: (text: string) => unknown } = {
  'Dataset.csv': (key) => Dataset.csv(BUCKET, key),
  'Dataset.json': (key) => Dataset.json(BUCKET, key),
  'Dataset.jsonLines': (key) => Dataset.jsonLines(BUCKET, key),
  'Dataset.parquet': (key) => Dataset.parquet(BUCKET, key),
  'statisticsKey of Baseline.fromFiles': (statisticsKey) =>
    Baseline.fromFiles({ bucket: BUCKET, statisticsKey, constraintsKey: 'constraints.json' }),
  'constraintsKey of Baseline.fromFiles': (constraintsKey) => Baseline.fromFiles({ bucket: BUCKET, constraintsKey }),
  'Baseline.fromModelPackage': (prefix) => Baseline.fromModelPackage(PACKAGE, { bucket: BUCKET, prefix }),
  'ModelData.fromBucket': (key) => ModelData.fromBucket(BUCKET, key),
  'AnalysisScript.fromBucket': (key) => AnalysisScript.fromBucket(BUCKET, key),
  'ShapBaseline.fromBucket': (key) => ShapBaseline.fromBucket(BUCKET, key),
  'CapturedData.at': (prefix) => CapturedData.at(BUCKET, prefix),
  'DataCapture.toBucket': (prefix) => DataCapture.toBucket(BUCKET, { prefix }),
  'DataCapture.toNewBucket': (prefix) => DataCapture.toNewBucket(new Stack(), 'Capture', { prefix }),
  'GroundTruth.fromBucket': (prefix) => GroundTruth.fromBucket(BUCKET, prefix),
  'BatchTransformData.captured': (prefix) => new BatchTransformData({ ...BATCH, captured: { ...PLACE, prefix } }),
  'BatchTransformData.transformInput': (prefix) =>
    new BatchTransformData({ ...BATCH, transformInput: { ...PLACE, prefix } }),
  'BatchTransformData.transformOutput': (prefix) =>
    new BatchTransformData({ ...BATCH, transformOutput: { ...PLACE, prefix } }),
};

describe.each(Object.entries(TAKERS))('%s', (_name, make) => {
  test.each(['s3://churn/data/file', BUCKET.s3UrlForObject('data/file'), BUCKET.arnForObjects('data/file')])(
    'refuses the address %s, and says what is allowed',
    (address) => {
      expect(() => make(address)).toThrow(
        /^Invalid[A-Za-z]+: .* allowed is the (key|prefix) alone, without scheme, bucket or ARN/,
      );
    },
  );

  test('refuses what begins with a slash, and what is empty', () => {
    expect(() => make('/data/file')).toThrow(/^Invalid[A-Za-z]+: .* allowed is no leading slash/);
    expect(() => make('')).toThrow(/^Invalid[A-Za-z]+: .* is "", allowed is /);
  });
});

const OBJECTS = [
  'statisticsKey of Baseline.fromFiles',
  'constraintsKey of Baseline.fromFiles',
  'ShapBaseline.fromBucket',
  'ModelData.fromBucket',
];

test.each([...OBJECTS, 'AnalysisScript.fromBucket'])('%s refuses a folder, as it reads one object', (name) => {
  expect(() => TAKERS[name]('data/')).toThrow('allowed is the key of one object, without trailing slash');
});

test('a dataset may be a folder', () => {
  expect(() => Dataset.parquet(BUCKET, 'data/')).not.toThrow();
});
