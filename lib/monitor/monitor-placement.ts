import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../baseline/baseline';
import { BUCKET, EVENT_BUS } from '../core/cdk-shapes';
import { BOOLEAN, instance, optional, type Shapes, TEXT } from '../core/prop-shapes';
import { AlertPolicy } from './alert-policy';
import { MonitoredData } from './monitored-data';
import { MonitoringFrequency } from './monitoring-frequency';

/** What every kind of monitor is told. */
export interface MonitorOptions {
  /** What the data are compared with. */
  readonly baseline: Baseline;

  /**
   * When the monitor runs.
   *
   * @default MonitoringFrequency.hourly()
   */
  readonly frequency?: MonitoringFrequency;

  /**
   * When its violations count: for its alarm, its message, and what they trigger.
   *
   * @default - two of the last three windows, one of them clearly; at once where chance does not explain a violation
   */
  readonly alertPolicy?: AlertPolicy;
}

/** What a monitor watches, and where it reports. */
export interface MonitorPlacement {
  /** What is watched: `MonitoredData.endpoint(...)` or `MonitoredData.batchTransform(...)`. */
  readonly data: MonitoredData;

  /**
   * The bucket that receives the reports. One of another account is imported with its `account`, by `Bucket.fromBucketAttributes`: S3 refuses requests
   * whose bucket belongs to another account than the CDK knows.
   *
   * @default - one bucket for all monitors of the stack, kept when the stack is deleted
   */
  readonly reportsBucket?: IBucket;

  /**
   * Precedes the keys of the reports; without slash at start and end.
   *
   * @default 'model-monitoring'
   */
  readonly reportsPrefix?: string;

  /**
   * The bus that receives the event of each run. One of another account has to let this one in by its policy.
   *
   * @default - the default bus of the account
   */
  readonly eventBus?: IEventBus;

  /**
   * Whether `Completed`, `Failed`, `NoData` and `Missed` are published of each run, beside `Violations` and `Health`. CloudWatch bills each of
   * them for each monitor.
   *
   * @default false
   */
  readonly runMetrics?: boolean;
}

/**
 * What places a monitor has to be.
 *
 * @internal
 */
export const MONITOR_PLACEMENT: Shapes<MonitorPlacement> = {
  data: instance(MonitoredData),
  reportsBucket: optional(BUCKET),
  reportsPrefix: optional(TEXT),
  eventBus: optional(EVENT_BUS),
  runMetrics: optional(BOOLEAN),
};

/**
 * What all monitors take has to be.
 *
 * @internal
 */
export const MONITOR_OPTIONS: Shapes<MonitorOptions> = {
  baseline: instance(Baseline),
  frequency: optional(instance(MonitoringFrequency)),
  alertPolicy: optional(instance(AlertPolicy)),
};
