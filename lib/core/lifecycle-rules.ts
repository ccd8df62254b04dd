import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * Looks at the lifecycle rules of a bucket when all of them are there, as JSON; empty where the app does not know them. Not before: older versions of the
 * CDK leave out what is added after the first look.
 *
 * @internal
 */
export function lookAtLifecycleRules(bucket: s3.IBucket, look: (rules: string) => void): void {
  bucket.node.addValidation({
    validate: () => {
      look(rulesOf(bucket));
      return [];
    },
  });
}

function rulesOf(bucket: s3.IBucket): string {
  const resource = bucket.node.defaultChild;
  if (!s3.CfnBucket.isCfnBucket(resource)) return '';
  return JSON.stringify(Stack.of(bucket).resolve(resource.lifecycleConfiguration)) ?? '';
}
