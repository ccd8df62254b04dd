import * as path from 'node:path';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CsvDelimiter, Dataset, DatasetEncoding, datasetFormatOf } from '../../lib/baseline/dataset';
import { DatasetFormat } from '../../lib/core/dataset-format';
import { newStack } from '../monitor/fixtures';

const FILE = path.join(__dirname, 'fixtures/churn.csv');

describe('a dataset in S3', () => {
  test('has a header by default', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    expect(Dataset.csv(bucket, 'churn/train.csv')._bind(stack)).toEqual({
      bucket,
      objectKey: 'churn/train.csv',
      format: DatasetFormat.csv(),
    });
  });

  test('may have no header', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    expect(Dataset.csv(bucket, 'churn/', { header: false })._bind(stack).format.header).toBe(false);
  });
});

describe('a delimiter', () => {
  const formatWith = (delimiter?: CsvDelimiter) => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    const datasets = [Dataset.csv(bucket, 'train.csv', { delimiter }), Dataset.csvFile(FILE, { delimiter })];
    return datasets.map((dataset) => JSON.stringify(datasetFormatOf(dataset._bind(stack)).csv));
  };

  test.each([CsvDelimiter.SEMICOLON, CsvDelimiter.TAB, CsvDelimiter.PIPE])('%j is part of the format', (delimiter) => {
    const format = JSON.stringify({ header: true, delimiter });
    expect(formatWith(delimiter)).toEqual([format, format]);
  });

  test.each([undefined, CsvDelimiter.COMMA])(
    '%j goes without saying: what was computed before is found again',
    (delimiter) => {
      expect(formatWith(delimiter)).toEqual(['{"header":true}', '{"header":true}']);
    },
  );

  test('fails for what is none', () => {
    const bucket = s3.Bucket.fromBucketName(newStack(), 'Training', 'training');
    expect(() => Dataset.csv(bucket, 'train.csv', { delimiter: '::' as CsvDelimiter })).toThrow(
      /^InvalidProps: 'options.delimiter' is "::", allowed is/,
    );
  });
});

describe('an encoding', () => {
  const formatsWith = (encoding?: DatasetEncoding) => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    const options = { encoding };
    const datasets = [
      Dataset.csv(bucket, 'a.csv', options),
      Dataset.csvFile(FILE, options),
      Dataset.json(bucket, 'a.json', options),
      Dataset.jsonLines(bucket, 'a.jsonl', options),
    ];
    return datasets.map((dataset) => JSON.stringify(datasetFormatOf(dataset._bind(stack))));
  };

  test.each([DatasetEncoding.UTF_16LE, DatasetEncoding.UTF_16BE, DatasetEncoding.WINDOWS_1252])(
    '%s is part of the format',
    (encoding) => {
      const csv = JSON.stringify({ csv: { header: true, encoding } });
      const json = [false, true].map((lines) => JSON.stringify({ json: { lines, encoding } }));
      expect(formatsWith(encoding)).toEqual([csv, csv, ...json]);
    },
  );

  test('of UTF-8 goes without saying: what was computed before is found again', () => {
    expect(formatsWith(DatasetEncoding.UTF_8)).toEqual(formatsWith());
    expect(formatsWith()[0]).toBe('{"csv":{"header":true}}');
  });

  test('fails for what is none', () => {
    expect(() => formatsWith('ebcdic' as DatasetEncoding)).toThrow(
      /^InvalidProps: 'options.encoding' is "ebcdic", allowed is one of UTF-8, UTF-16LE, UTF-16BE, Windows-1252/,
    );
  });
});

describe('lists of JSON', () => {
  const MAKERS = { json: Dataset.json, jsonLines: Dataset.jsonLines };
  const make = (name: keyof typeof MAKERS, listLengths?: { [column: string]: number }) => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    return JSON.stringify(datasetFormatOf(MAKERS[name](bucket, 'train', { listLengths })._bind(stack)));
  };

  test.each(['json', 'jsonLines'] as const)('are part of the format of %s, and go without saying', (name) => {
    const lines = name === 'jsonLines';
    const lists = { embedding: 1000, 'user.scores': 1 };
    expect(make(name, lists)).toBe(JSON.stringify({ json: { lines, listLengths: lists } }));
    expect(make(name)).toBe(JSON.stringify({ json: { lines } }));
  });

  test.each(['json', 'jsonLines'] as const)('of %s fail where they cannot have such a length', (name) => {
    for (const length of [0, 1001, 2.5]) {
      expect(() => make(name, { embedding: length })).toThrow(
        `InvalidDataset: 'listLengths.embedding' is ${length}, allowed is a whole number from 1 to 1000`,
      );
    }
  });
});

test.each(['', '/train.csv', 'train*.csv'])('a dataset in S3 fails for the key %j', (key) => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Training', 'training');
  expect(() => Dataset.csv(bucket, key)).toThrow(`InvalidDataset: 'objectKey' is ${JSON.stringify(key)}`);
});

describe('a dataset of this machine', () => {
  test('is uploaded as an asset, whose key changes with the content only', () => {
    const [one, other] = [newStack(), newStack()].map((stack) => Dataset.csvFile(FILE)._bind(stack));
    expect(one.objectKey).toMatch(/^[0-9a-f]{64}\.csv$/);
    expect(other.objectKey).toBe(one.objectKey);
    expect(one.format.header).toBe(true);
  });

  test('may have no header', () => {
    expect(Dataset.csvFile(FILE, { header: false })._bind(newStack()).format.header).toBe(false);
  });

  test('fails for a folder, which would be uploaded as an archive', () => {
    const stack = newStack();
    expect(() => Dataset.csvFile(path.dirname(FILE))._bind(stack)).toThrow(
      /^InvalidDataset at Stack: 'path' is .* allowed is the path of a file/,
    );
  });

  test('fails when the file does not exist', () => {
    expect(() => Dataset.csvFile('nowhere.csv')._bind(newStack())).toThrow('nowhere.csv');
  });
});

describe("the format is written as Model Monitor's dataset_format", () => {
  const format = (make: (bucket: s3.IBucket) => Dataset) => {
    const stack = newStack();
    return datasetFormatOf(make(s3.Bucket.fromBucketName(stack, 'Training', 'training'))._bind(stack));
  };

  test.each([true, false])('for CSV with header %p', (header) => {
    expect(format((bucket) => Dataset.csv(bucket, 'a.csv', { header }))).toEqual({ csv: { header } });
  });

  test('for JSON, JSON Lines and Parquet', () => {
    expect(format((bucket) => Dataset.json(bucket, 'a.json'))).toEqual({ json: { lines: false } });
    expect(format((bucket) => Dataset.jsonLines(bucket, 'a.jsonl'))).toEqual({ json: { lines: true } });
    expect(format((bucket) => Dataset.parquet(bucket, 'a/'))).toEqual({ parquet: {} });
  });
});
