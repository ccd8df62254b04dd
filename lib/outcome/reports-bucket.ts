import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { stackSingleton } from '../core/stack-singleton';

/**
 * The bucket that a stack's monitors report to when they are given none: private, encrypted, TLS only, kept when the stack goes.
 *
 * @internal
 */
export function reportsBucketOf(scope: Construct): s3.IBucket {
  return stackSingleton(scope, 'Reports', (stack, id) => {
    return new s3.Bucket(stack, id, {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
    });
  });
}
