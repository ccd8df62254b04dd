import { s3AddressOf } from '../../lib/core/s3-address';

test.each([
  ['s3://bucket', 'bucket', ''],
  ['s3://bucket/', 'bucket', ''],
  ['s3://bucket/a', 'bucket', 'a'],
  ['s3://bucket/a/b//', 'bucket', 'a/b'],
  ['s3://bucket//a/', 'bucket', '/a'],
])('%s names the bucket %s and the prefix "%s"', (text, bucket, prefix) => {
  expect(s3AddressOf(text)).toEqual({ bucket, prefix });
});

test.each(['', 's3://', 's3:///a', 'bucket/a', 'https://bucket/a', ' s3://bucket'])('"%s" is no address', (text) => {
  expect(s3AddressOf(text)).toBeUndefined();
});
