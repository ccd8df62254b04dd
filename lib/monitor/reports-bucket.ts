import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * The bucket that a stack's monitors report to when they are given none: private, encrypted, TLS only, kept when the stack goes.
 *
 * @internal
 */
export function reportsBucketOf(scope: Construct): s3.IBucket {
  const stack = Stack.of(scope);
  const id = 'SageMakerMonitoringReports';
  const existing = stack.node.tryFindChild(id) as s3.Bucket | undefined;
  return (
    existing ??
    new s3.Bucket(stack, id, {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
    })
  );
}
