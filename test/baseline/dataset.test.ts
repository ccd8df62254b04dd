import * as path from 'node:path';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Dataset, datasetFormatOf } from '../../lib/baseline/dataset';
import { newStack } from '../monitor/fixtures';

const FILE = path.join(__dirname, 'fixtures/churn.csv');

describe('a dataset in S3', () => {
  test('has a header by default', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    expect(Dataset.csv(bucket, 'churn/train.csv').bind(stack)).toEqual({
      bucket,
      objectKey: 'churn/train.csv',
      header: true,
    });
  });

  test('may have no header', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    expect(Dataset.csv(bucket, 'churn/', { header: false }).bind(stack).header).toBe(false);
  });
});

test.each(['', '/train.csv', 'train*.csv'])('a dataset in S3 fails for the key %j', (key) => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Training', 'training');
  expect(() => Dataset.csv(bucket, key)).toThrow(`InvalidDataset: 'objectKey' is ${JSON.stringify(key)}`);
});

describe('a dataset of this machine', () => {
  test('is uploaded as an asset, whose key changes with the content only', () => {
    const [one, other] = [newStack(), newStack()].map((stack) => Dataset.csvFile(FILE).bind(stack));
    expect(one.objectKey).toMatch(/^[0-9a-f]{64}\.csv$/);
    expect(other.objectKey).toBe(one.objectKey);
    expect(one.header).toBe(true);
  });

  test('may have no header', () => {
    expect(Dataset.csvFile(FILE, { header: false }).bind(newStack()).header).toBe(false);
  });

  test('fails when the file does not exist', () => {
    expect(() => Dataset.csvFile('nowhere.csv').bind(newStack())).toThrow('nowhere.csv');
  });
});

test.each([true, false])("the format with header %p is written as Model Monitor's dataset_format", (header) => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Training', 'training');
  expect(datasetFormatOf({ bucket, objectKey: 'a.csv', header })).toEqual({ csv: { header } });
});
