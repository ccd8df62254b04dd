import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { stackNameOf } from './monitor-id';

/**
 * What precedes the keys of reports by default.
 *
 * @internal
 */
export const DEFAULT_REPORTS_PREFIX = 'model-monitoring';

/** Where the reports of a monitor lie, and all else that belongs to it, as the baseline that is made for it. */
export interface ReportsPlace {
  /** The bucket that receives the reports. */
  readonly bucket: IBucket;

  /** Everything of the monitor lies below it: `{reportsPrefix}/{monitorId}`, without slash at either end. */
  readonly prefix: string;

  /**
   * The same of all monitors of the stack, as a pattern: `{reportsPrefix}/{stack}/*`. A statement that names it serves them all, so that policies of
   * what they share do not grow with them.
   */
  readonly stackPattern: string;
}

/**
 * What a place of reports is made of.
 *
 * @internal
 */
export interface ReportsPlaceProps {
  readonly bucket: IBucket;
  /** Precedes the keys of the reports, without slash at either end. */
  readonly reportsPrefix: string;
  readonly monitorId: string;
}

/**
 * Where the reports of a monitor lie.
 *
 * @internal
 */
export function reportsPlace({ bucket, reportsPrefix, monitorId }: ReportsPlaceProps): ReportsPlace {
  return {
    bucket,
    prefix: `${reportsPrefix}/${monitorId}`,
    stackPattern: `${reportsPrefix}/${stackNameOf(monitorId)}/*`,
  };
}
