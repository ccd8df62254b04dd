import { Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BucketLocation } from './contract';

/**
 * A bucket as handlers are told of it: by its name, and by its account where that is another than the stack's.
 *
 * Whose a bucket is, the CDK knows: one that the app makes is of the account of its stack, and one that is imported of that of its scope, unless
 * `Bucket.fromBucketAttributes` is told another `account`.
 *
 * @param scope of the stack whose handlers use the bucket
 * @internal
 */
export function bucketLocation(scope: Construct, bucket: IBucket): BucketLocation {
  return { bucket: bucket.bucketName, bucketOwner: ownerElsewhere(Stack.of(scope), bucket) };
}

/** Of a user's own implementation the account may be unknown: its bucket is taken for one of the stack's. */
function ownerElsewhere(stack: Stack, { env }: IBucket): string | undefined {
  const account: string | undefined = env?.account;
  const isHere = account === undefined || account === stack.account || isOfWhicheverStack(stack, account);
  return isHere ? undefined : account;
}

/** `AWS::AccountId` says the account of whichever stack it stands in. */
function isOfWhicheverStack(stack: Stack, account: string): boolean {
  return stack.resolve(account)?.Ref === 'AWS::AccountId';
}
