import { App, Aws, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { bucketLocation } from '../../lib/core/bucket-location';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const OTHER = '444455556666';

/** Whose a bucket has to be, as it is said where it is not the stack's own. */
const ownerOf = (stack: Stack, bucket: s3.IBucket) => stack.resolve(bucketLocation(stack, bucket).bucketOwner);

const imported = (stack: Stack, account?: string) =>
  s3.Bucket.fromBucketAttributes(stack, 'Imported', { bucketName: 'imported', account });

describe.each([
  ['whose account is known', { env: ENV }],
  ['that goes anywhere', {}],
])('for a stack %s', (_, props) => {
  const newStack = () => new Stack(new App(), 'Stack', props);

  test('nothing is said of a bucket of its own, of one that is imported by its name, and of one in a nested stack', () => {
    const stack = newStack();
    expect(bucketLocation(stack, s3.Bucket.fromBucketName(stack, 'Named', 'named'))).toEqual({ bucket: 'named' });
    expect(ownerOf(stack, new s3.Bucket(stack, 'Own'))).toBeUndefined();
    const nested = new NestedStack(stack, 'Nested');
    expect(ownerOf(stack, new s3.Bucket(nested, 'Own'))).toBeUndefined();
    expect(ownerOf(nested, new s3.Bucket(stack, 'Outer'))).toBeUndefined();
  });

  test('nothing is said where the account is written as that of the stack', () => {
    const stack = newStack();
    expect(ownerOf(stack, imported(stack, Aws.ACCOUNT_ID))).toBeUndefined();
    expect(ownerOf(stack, imported(newStack(), stack.account))).toBeUndefined();
  });

  test('another account is said, one that only the deployment knows as well', () => {
    const stack = newStack();
    expect(ownerOf(stack, imported(stack, OTHER))).toBe(OTHER);
    const there = new Stack(stack.node.scope as App, 'There', { env: { ...ENV, account: OTHER } });
    expect(ownerOf(stack, new s3.Bucket(there, 'Bucket', { bucketName: 'there' }))).toBe(OTHER);
    const parameter = new CfnParameter(stack, 'Account').valueAsString;
    expect(ownerOf(newStack(), imported(newStack(), parameter))).toEqual({ Ref: 'Account' });
  });
});

test("a user's own implementation that says no account is of the stack's", () => {
  const stack = new Stack();
  const { env, ...bucket } = { bucketName: 'theirs', env: undefined } as unknown as s3.IBucket;
  expect(bucketLocation(stack, bucket as s3.IBucket)).toEqual({ bucket: 'theirs' });
});
