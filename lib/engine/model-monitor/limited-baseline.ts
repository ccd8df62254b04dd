import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BaselineConfig } from '../../baseline/baseline';
import { datedFile } from '../../baseline/dated-file';
import { bucketLocation } from '../../core/bucket-location';
import { grantGetObjects } from '../../core/s3-grants';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import { isMadeAtDeployment } from '../baseline-files';
import type { LimitedBaseline } from '../reconciler/contract';
import { Reconciler } from '../reconciler/reconciler';
import { ScheduleDrain } from './schedule/drain/schedule-drain';

/** A baseline, and how old it may be. */
interface AgedBaseline {
  readonly baseline: BaselineConfig;
  readonly age?: Duration;
}

/**
 * Which file says how old the baseline is, where its age has a limit, and lets who tells of executions look at it: those that a deployment makes lie with the
 * reports, which both may read.
 *
 * @internal
 */
export function limitedBaseline(
  scope: Construct,
  { reports }: MonitorSpec,
  { baseline, age }: AgedBaseline,
): LimitedBaseline | undefined {
  if (!age) return undefined;
  const { statisticsBucket, statisticsKey, constraintsBucket, constraintsKey } = baseline;
  const { bucket, key } = datedFile({
    statistics: statisticsKey === undefined ? undefined : { bucket: statisticsBucket, key: statisticsKey },
    constraints: { bucket: constraintsBucket, key: constraintsKey },
  });
  const telling = isMadeAtDeployment(reports, bucket, key)
    ? []
    : [Reconciler.of(scope).handler, ScheduleDrain.of(scope).draining];
  for (const reader of telling) grantGetObjects(reader, bucket, key);
  return { file: { ...bucketLocation(scope, bucket), key }, ageHours: age.toHours() };
}
