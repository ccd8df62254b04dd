import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { acknowledge } from './acknowledgement';

/** What a bucket of this library's own is for. */
export interface PrivateBucketProps {
  readonly lifecycleRules: s3.LifecycleRule[];
  /** why nothing logs who reads and writes in it */
  readonly unlogged: string;
}

/**
 * A bucket of this library's own: private, encrypted, TLS only, kept when the stack goes.
 *
 * @internal
 */
export function privateBucket(stack: Stack, id: string, { lifecycleRules, unlogged }: PrivateBucketProps): s3.Bucket {
  const bucket = new s3.Bucket(stack, id, {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules,
  });
  acknowledge(bucket, () => [{ rule: 'S1', reason: unlogged }]);
  return bucket;
}
