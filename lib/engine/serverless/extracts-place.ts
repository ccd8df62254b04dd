import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bucketLocation } from '../../core/bucket-location';
import { privateBucket } from '../../core/private-bucket';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../core/s3-grants';
import { stackSingleton } from '../../core/stack-singleton';
import { stackNameOf } from '../../outcome/monitor-id';
import type { AnalysableMonitor } from './analysable-spec';
import type { AnalysisMachine } from './analysis-machine';
import { hasContainerRules } from './container-rules';
import type { MonitorRequest } from './contract';
import type { RunSettings } from './monitor-request';

/** Days for which extracts are kept: one that is gone is made again, while the data are there that it is of. */
const KEPT_DAYS = 90;

/** Nothing in it has to stay: versions that were written over neither. */
const LIFECYCLE: s3.LifecycleRule[] = [
  {
    id: 'Extracts',
    expiration: Duration.days(KEPT_DAYS),
    noncurrentVersionExpiration: Duration.days(1), // for who turns versions on
    abortIncompleteMultipartUploadAfter: Duration.days(7),
  },
];

/** What decides whether runs leave extracts. */
interface ExtractingMonitor extends AnalysableMonitor {
  readonly machine: AnalysisMachine;
  readonly settings: RunSettings;
  /** that of the stack where absent */
  readonly extractsBucket?: s3.IBucket;
}

/**
 * Where the runs of a monitor leave extracts of what they read, and lets the machine write and read them there; undefined of a monitor whose runs leave none:
 * one of transform jobs, or with the container's rules, which profile a window in one pass.
 *
 * @internal
 */
export function extractsPlace(
  scope: Construct,
  { machine, settings, spec, blueprint, extractsBucket }: ExtractingMonitor,
): MonitorRequest['extracts'] {
  const { captured } = spec.input;
  if (!blueprint.leavesExtracts || !captured || hasContainerRules(settings)) return undefined;
  const bucket = extractsBucket ?? extractsBucketOf(scope);
  const prefix = `extracts/${stackNameOf(spec.monitorId)}`;
  const pattern = `${prefix}/*`;
  sayWhatStays(bucket, prefix);
  for (const reader of [machine.profile, machine.conclude]) grantListPrefixes(reader, bucket, pattern);
  grantPutObjects(machine.profile, bucket, pattern);
  grantGetObjects(machine.conclude, bucket, pattern);
  const { encryptionKey } = captured;
  encryptionKey?.grant(machine.profile, 'kms:Encrypt', 'kms:GenerateDataKey*'); // without the CDK's ReEncrypt, as nothing is copied
  encryptionKey?.grantDecrypt(machine.conclude);
  return { ...bucketLocation(scope, bucket), prefix, encryptionKey: encryptionKey?.keyArn };
}

/** Says, once per bucket, that extracts stay in a bucket of the user's that lets nothing expire, as far as the app can know. */
function sayWhatStays(bucket: s3.IBucket, prefix: string): void {
  const resource = bucket.node.defaultChild;
  const lifecycle: unknown =
    s3.CfnBucket.isCfnBucket(resource) && Stack.of(bucket).resolve(resource.lifecycleConfiguration);
  if (JSON.stringify(lifecycle)?.includes('expirationInDays')) return;
  const rule = { ID: 'Extracts', Status: 'Enabled', Filter: { Prefix: `${prefix}/` }, Expiration: { Days: KEPT_DAYS } };
  Annotations.of(bucket).addInfoV2(
    'cdk-sagemaker-monitoring:extracts',
    `runs leave extracts of captured data in this bucket, which stay unless it has a lifecycle rule as ${JSON.stringify(rule)}`,
  );
}

/** The bucket of a stack's extracts: they are captured data in another form, and nobody's but this stack's handlers'. */
function extractsBucketOf(scope: Construct): s3.IBucket {
  return stackSingleton(scope, 'Extracts', (stack, id) =>
    privateBucket(stack, id, {
      lifecycleRules: LIFECYCLE,
      unlogged: 'only functions of this stack read and write here, and what they did their own logs say',
    }),
  );
}
