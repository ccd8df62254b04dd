import { Aws, Lazy } from 'aws-cdk-lib';
import { validateKey, validateKeyOrFolder } from '../../lib/core/s3-key';

const TOKEN = Lazy.string({ produce: () => '*' });

describe('the key of an object', () => {
  test.each(['training.csv', 'a/b/c d.csv', 'a//b', 'year=2026/a:b.csv', 'k'.repeat(1024)])('may be %s', (key) => {
    expect(validateKey('objectKey', key)).toEqual([]);
  });

  test.each([TOKEN, `training/${TOKEN}.csv`, `${TOKEN}/training.csv`])('may be known at deployment only: %s', (key) => {
    expect(validateKey('objectKey', key)).toEqual([]);
  });

  const address = 'the key alone, without scheme, bucket or ARN';
  test.each([
    ['', 'a key of at least one character'],
    ['/training.csv', 'no leading slash'],
    ['training/', 'the key of one object, without trailing slash'],
    ['*', 'a key without *, ? and ${'],
    ['training/*.csv', 'a key without *, ? and ${'],
    ['train?ng.csv', 'a key without *, ? and ${'],
    [`\${aws:username}/training.csv`, 'a key without *, ? and ${'],
    ['ä'.repeat(513), 'at most 1024 bytes'],
    ['s3://churn/training.csv', address],
    ['S3://churn/training.csv', address],
    ['s3a://churn/training.csv', address],
    ['https://churn.s3.eu-west-1.amazonaws.com/training.csv', address],
    ['arn:aws:s3:::churn/training.csv', address],
    [`s3://${Aws.ACCOUNT_ID}-churn/training.csv`, address],
    [`arn:${Aws.PARTITION}:s3:::churn/training.csv`, address],
    [`/${TOKEN}`, 'no leading slash'],
    [`${TOKEN}/`, 'the key of one object, without trailing slash'],
  ])('fails as %j, and says what is allowed', (got, allowed) => {
    expect(validateKey('objectKey', got)).toEqual([
      { prop: 'objectKey', got, allowed, advice: expect.stringMatching(/\w/) },
    ]);
  });

  test('fails with all faults at once, but an address with one', () => {
    expect(validateKey('objectKey', '/a*/')).toHaveLength(3);
    expect(validateKey('objectKey', 's3://churn/training/*')).toHaveLength(1);
  });
});

describe('the key of an object or a folder', () => {
  test.each(['training.csv', 'training/', `${TOKEN}/`])('may be %s', (key) => {
    expect(validateKeyOrFolder('objectKey', key)).toEqual([]);
  });

  test.each(['', '/', '/training/', 'training/*', 's3://churn/training/'])('fails as %j', (key) => {
    expect(validateKeyOrFolder('objectKey', key)).toHaveLength(1);
  });
});
