import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { warnOfWhatStays } from '../../lib/core/lifecycle-rules';

const WHAT = { id: 'records', days: 7, what: 'records' };

function warningsOf(fill: (stack: Stack) => s3.IBucket, prefixes: readonly string[]): string[] {
  const stack = new Stack(new App(), 'Stack');
  const bucket = fill(stack);
  for (const prefix of prefixes) warnOfWhatStays(bucket, { ...WHAT, prefix });
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('stay unless'))
    .map(({ entry }) => String(entry.data));
}

const imported = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Bucket', 'data');

test('a bucket is warned of once, with the prefixes of all that lack a rule', () => {
  const [warning, ...others] = warningsOf(imported, ['a', 'b', 'b', 'c']);
  expect(others).toEqual([]);
  expect(warning).toContain(
    '"Filter":{"Prefix":"a/"},"Expiration":{"Days":7}}, and one, with an ID of its own, for b/, c/ [ack: ',
  );
});

test('the prefixes of many monitors are counted', () => {
  const [warning] = warningsOf(imported, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  expect(warning).toContain('for b/, c/, d/, e/, f/ and 2 more, one for each monitor');
});

test('a prefix that has its rule is not named', () => {
  const bucket = (stack: Stack) => {
    const made = new s3.Bucket(stack, 'Bucket');
    made.addLifecycleRule({ prefix: 'a/', expiration: Duration.days(3) });
    return made;
  };
  const [warning] = warningsOf(bucket, ['a', 'b', 'c']);
  expect(warning).toContain('{"Prefix":"b/"},"Expiration":{"Days":7}}, and one, with an ID of its own, for c/ [');
  expect(warningsOf(bucket, ['a'])).toEqual([]);
});
