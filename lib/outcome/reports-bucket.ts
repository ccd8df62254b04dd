import { Annotations, Duration } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bucketLocation } from '../core/bucket-location';
import { lookAtLifecycleRules } from '../core/lifecycle-rules';
import { privateBucket } from '../core/private-bucket';
import { stackSingleton } from '../core/stack-singleton';
import { INTERMEDIATE_TAG } from './contract';

/** Reports and baselines stay; what only a run needs does not. A rule with a tag may not abort uploads, so there are two. */
const LIFECYCLE: s3.LifecycleRule[] = [
  {
    id: 'IntermediateObjects',
    tagFilters: { [INTERMEDIATE_TAG.key]: INTERMEDIATE_TAG.value },
    expiration: Duration.days(7),
  },
  {
    id: 'Leftovers',
    abortIncompleteMultipartUploadAfter: Duration.days(7),
    noncurrentVersionExpiration: Duration.days(30), // for who turns versions on
  },
];

/**
 * The bucket that a stack's monitors report to when they are given none: private, encrypted, TLS only, kept when the stack goes.
 *
 * @internal
 */
export function reportsBucketOf(scope: Construct): s3.IBucket {
  return stackSingleton(scope, 'Reports', (stack, id) =>
    privateBucket(stack, id, {
      lifecycleRules: LIFECYCLE,
      unlogged: "who wants access logs gives a bucket of their own as 'reportsBucket': logs need a further bucket",
    }),
  );
}

/** As S3's API takes it; the key of the tag is this library's. */
const RULE = {
  ID: 'IntermediateObjects',
  Status: 'Enabled',
  Filter: { Tag: { Key: INTERMEDIATE_TAG.key, Value: INTERMEDIATE_TAG.value } },
  Expiration: { Days: 7 },
};

/**
 * Says, once per bucket, that what runs leave behind stays there: of a bucket of the user's that has no rule for it, as far as the app can know.
 *
 * @internal
 */
export function sayWhatStays(bucket: s3.IBucket): void {
  lookAtLifecycleRules(bucket, (rules) => {
    if (rules.includes(INTERMEDIATE_TAG.key)) return;
    Annotations.of(bucket).addInfoV2(
      'cdk-sagemaker-monitoring:intermediateObjects',
      `runs leave intermediate objects in this bucket, which stay unless it has a lifecycle rule as ${JSON.stringify(RULE)}`,
    );
  });
}

/**
 * Says, once per bucket, that a stack of the same name in another account would report to the same place: of a bucket of another account than the stack's,
 * which is there to be shared, where no prefix of the user's tells the accounts apart.
 *
 * @internal
 */
export function saySharedPlace(scope: Construct, bucket: s3.IBucket, reportsPrefix: string | undefined): void {
  if (reportsPrefix !== undefined || bucketLocation(scope, bucket).bucketOwner === undefined) return;
  Annotations.of(bucket).addInfoV2(
    'cdk-sagemaker-monitoring:sharedReportsPlace',
    'reports of stacks with the same name in several accounts lie in one place of this bucket, and are refused there (PlaceShared): ' +
      "where there are such stacks, give each a 'reportsPrefix' with its account, as model-monitoring/{account}",
  );
}
