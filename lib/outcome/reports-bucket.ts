import { Annotations, Duration } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bucketLocation } from '../core/bucket-location';
import { lookAtLifecycleRules, warnOfWhatStays } from '../core/lifecycle-rules';
import { privateBucket } from '../core/private-bucket';
import { stackSingleton } from '../core/stack-singleton';
import { INTERMEDIATE_TAG } from './contract';
import { AUDIT_TAG } from './exception/contract';
import type { ReportsPlace } from './reports-place';

/** Days for which is kept what only a run needs: some, for who looks into one that failed. */
const KEPT_DAYS = 7;

/** For which is kept what people did about findings. */
const AUDIT_DAYS = 365;

/** Reports and baselines stay; what only a run needs does not, nor, after a year, what people did about findings. A rule with a tag may not abort uploads, so there are two. */
const LIFECYCLE: s3.LifecycleRule[] = [
  {
    id: 'IntermediateObjects',
    tagFilters: { [INTERMEDIATE_TAG.key]: INTERMEDIATE_TAG.value },
    expiration: Duration.days(KEPT_DAYS),
  },
  { id: 'AuditTrail', tagFilters: { [AUDIT_TAG.key]: AUDIT_TAG.value }, expiration: Duration.days(AUDIT_DAYS) },
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
  return stackSingleton(scope, 'Reports', (stack, id) => {
    const bucket = privateBucket(stack, id, {
      lifecycleRules: LIFECYCLE,
      unlogged: "who wants access logs gives a bucket of their own as 'reportsBucket': logs need a further bucket",
    });
    OWN.add(bucket);
    return bucket;
  });
}

const OWN = new WeakSet<s3.IBucket>();

/**
 * Warns, once per bucket, that records of what people did about findings stay there for ever: of a bucket of the user's without a rule for their tag, as far as the app can know.
 *
 * @internal
 */
export function warnOfAuditTrail(bucket: s3.IBucket): void {
  if (OWN.has(bucket)) return;
  lookAtLifecycleRules(bucket, (rules) => {
    if (rules.includes(JSON.stringify(AUDIT_TAG.value))) return;
    Annotations.of(bucket).addWarningV2(
      'cdk-sagemaker-monitoring:auditTrail',
      `who accepts, snoozes or pauses leaves a record in this bucket, which stays unless it has a lifecycle rule as ${JSON.stringify(AUDIT_RULE)}`,
    );
  });
}

const AUDIT_RULE = {
  ID: 'AuditTrail',
  Status: 'Enabled',
  Filter: { Tag: { Key: AUDIT_TAG.key, Value: AUDIT_TAG.value } },
  Expiration: { Days: AUDIT_DAYS },
};

/** As S3's API takes it; the key of the tag is this library's. */
const RULE = {
  ID: 'IntermediateObjects',
  Status: 'Enabled',
  Filter: { Tag: { Key: INTERMEDIATE_TAG.key, Value: INTERMEDIATE_TAG.value } },
  Expiration: { Days: KEPT_DAYS },
};

/**
 * Lets what runs leave in a folder below the reports of a monitor, and read in the same hour, expire: in the library's own bucket by a rule, in any other by the user's,
 * of which synthesis says that it lacks. Who marks what they write has no need of it.
 *
 * @internal
 */
export function expireBelow({ bucket, prefix }: ReportsPlace, folder: string, what: string): void {
  if (OWN.has(bucket))
    (bucket as s3.Bucket).addLifecycleRule({ prefix: `${prefix}/${folder}/`, expiration: Duration.days(KEPT_DAYS) });
  else warnOfWhatStays(bucket, { id: 'mergedRecords', prefix: `${prefix}/${folder}`, days: KEPT_DAYS, what });
}

/**
 * Warns, once per bucket, that what runs leave behind stays there: of a bucket of the user's that has no rule for it, as far as the app can know.
 *
 * @internal
 */
export function warnOfIntermediates(bucket: s3.IBucket): void {
  lookAtLifecycleRules(bucket, (rules) => {
    if (rules.includes(INTERMEDIATE_TAG.key)) return;
    Annotations.of(bucket).addWarningV2(
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
