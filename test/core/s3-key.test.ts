import { Lazy } from 'aws-cdk-lib';
import { validateKey } from '../../lib/core/s3-key';

test.each(['training.csv', 'a/b/c d.csv', 'folder/', 'a//b'])('%s is a key', (key) => {
  expect(validateKey('objectKey', key)).toEqual([]);
});

test('a token is taken as it is', () => {
  expect(validateKey('objectKey', Lazy.string({ produce: () => '*' }))).toEqual([]);
});

test.each(['', '/training.csv', '*', 'training/*.csv', 'train?ng.csv'])('fails for %j', (key) => {
  expect(validateKey('objectKey', key)).toEqual([
    expect.objectContaining({ prop: 'objectKey', got: key, allowed: 'a key without leading slash, without * and ?' }),
  ]);
});
