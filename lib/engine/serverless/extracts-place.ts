import { Duration, Lazy } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bucketLocation } from '../../core/bucket-location';
import { warnOfWhatStays } from '../../core/lifecycle-rules';
import { privateBucket } from '../../core/private-bucket';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../core/s3-grants';
import { stackSingleton } from '../../core/stack-singleton';
import { stackNameOf } from '../../outcome/monitor-id';
import type { AnalysableMonitor } from './analysable-spec';
import type { AnalysisMachine } from './analysis-machine';
import { hasContainerRules } from './container-rules';
import type { MonitorRequest } from './contract';
import { RECORDS_FOLDER } from './extracts';
import type { RunSettings } from './monitor-request';

/** Days for which extracts are kept: one that is gone is made again, while the data are there that it is of. */
const KEPT_DAYS = 90;

/** Days for which samples of rows are kept of runs that failed before a model was asked about them. */
const SAMPLES_DAYS = 2;

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
  const prefix = `extracts/${stackNameOf(spec.monitorId)}`;
  const bucket = extractsBucket ?? ownBucket(scope, prefix, blueprint.request.labels);
  const pattern = `${prefix}/*`;
  if (extractsBucket)
    warnOfWhatStays(bucket, { id: 'extracts', prefix, days: KEPT_DAYS, what: 'extracts of captured data' });
  for (const reader of [machine.profile, machine.conclude]) grantListPrefixes(reader, bucket, pattern);
  grantPutObjects(machine.profile, bucket, pattern);
  grantGetObjects(machine.conclude, bucket, pattern);
  const { encryptionKey } = captured;
  encryptionKey?.grant(machine.profile, 'kms:Encrypt', 'kms:GenerateDataKey*'); // without the CDK's ReEncrypt, as nothing is copied
  encryptionKey?.grantDecrypt(machine.conclude);
  return { ...bucketLocation(scope, bucket), prefix, encryptionKey: encryptionKey?.keyArn };
}

/** Days that records are kept beyond the longest window with the delay of its labels: one in which labels may come late, and one until S3 counts the first. */
const SPARE_DAYS = 2;

/** Hours from the begin of the longest windows to their runs, by bucket. */
const WINDOWS = new WeakMap<s3.Bucket, number[]>();

/**
 * The stack's bucket, in which records and labels expire as soon as no window needs them: where rules overlap, the shorter one holds.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html
 */
function ownBucket(scope: Construct, prefix: string, labels: MonitorRequest['labels']): s3.Bucket {
  const bucket = extractsBucketOf(scope);
  if (!labels) return bucket;
  const known = WINDOWS.get(bucket);
  if (known) known.push(labels.startHours);
  else expireRecords(bucket, prefix, [labels.startHours]);
  return bucket;
}

function expireRecords(bucket: s3.Bucket, prefix: string, hours: number[]): void {
  WINDOWS.set(bucket, hours);
  const days = () => Math.min(KEPT_DAYS, Math.ceil(Math.max(...hours) / 24) + SPARE_DAYS);
  const expiration = Duration.days(Lazy.uncachedNumber({ produce: days }));
  bucket.addLifecycleRule({ id: 'Records', prefix: `${prefix}/${RECORDS_FOLDER}/`, expiration });
}

/** Buckets of stacks in which samples expire. */
const WITH_SAMPLES = new WeakSet<s3.Bucket>();

/**
 * Where samples of rows lie until a model was asked about them: with extracts, which are captured data as well.
 *
 * @param prefix of the stack's samples
 * @param given the user's bucket, in which nothing is made to expire; that of the stack where absent
 * @internal
 */
export function samplesBucketOf(scope: Construct, prefix: string, given?: s3.IBucket): s3.IBucket {
  if (given) {
    const what = 'samples of captured rows, where they fail before a model was asked about them,';
    warnOfWhatStays(given, { id: 'samples', prefix, days: SAMPLES_DAYS, what });
    return given;
  }
  const bucket = extractsBucketOf(scope);
  if (!WITH_SAMPLES.has(bucket)) {
    bucket.addLifecycleRule({ id: 'Samples', prefix: `${prefix}/`, expiration: Duration.days(SAMPLES_DAYS) });
  }
  WITH_SAMPLES.add(bucket);
  return bucket;
}

/** The bucket of a stack's extracts: they are captured data in another form, and nobody's but this stack's handlers'. */
function extractsBucketOf(scope: Construct): s3.Bucket {
  return stackSingleton(scope, 'Extracts', (stack, id) =>
    privateBucket(stack, id, {
      lifecycleRules: LIFECYCLE,
      unlogged: 'only functions of this stack read and write here, and what they did their own logs say',
    }),
  );
}
