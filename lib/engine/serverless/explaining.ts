import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { SamplesPlace } from '../../baseline/contract';
import { bucketLocation } from '../../core/bucket-location';
import {
  grantDeleteObjects,
  grantGetObjects,
  grantListPrefixes,
  grantPutObjects,
  grantPutTaggedObjects,
} from '../../core/s3-grants';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import { stackNameOf } from '../../outcome/monitor-id';
import type { AnalysisMachine } from './analysis-machine';
import { samplesBucketOf } from './extracts-place';
import { inputOf } from './monitored-input';

/** What explains. */
interface Explaining {
  readonly machine: AnalysisMachine;
  /** that of the stack where absent */
  readonly extractsBucket?: IBucket;
}

/**
 * Where samples of rows lie until a model was asked about them: with extracts, which are captured data as well. *profile* writes them, and *explain* reads and
 * deletes them, and leaves what came of them where *conclude* finds it.
 *
 * @internal
 */
export function allowExplaining(
  scope: Construct,
  spec: MonitorSpec,
  { machine, extractsBucket }: Explaining,
): SamplesPlace {
  const { profile, explain } = machine;
  const prefix = `samples/${stackNameOf(spec.monitorId)}`;
  const bucket = samplesBucketOf(scope, prefix, extractsBucket);
  grantPutObjects(profile, bucket, `${prefix}/*`);
  grantGetObjects(explain, bucket, `${prefix}/*`);
  grantDeleteObjects(explain, bucket, `${prefix}/*`);
  const work = `${spec.reports.stackPattern}/work/*`;
  grantListPrefixes(explain, spec.reports.bucket, work);
  grantPutTaggedObjects(explain, spec.reports.bucket, work);
  const encryptionKey = inputOf(spec)?.captured?.encryptionKey;
  encryptionKey?.grant(profile, 'kms:Encrypt', 'kms:GenerateDataKey*');
  encryptionKey?.grantDecrypt(explain);
  return { ...bucketLocation(scope, bucket), prefix, encryptionKey: encryptionKey?.keyArn };
}
