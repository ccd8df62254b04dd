import type { TagManager } from 'aws-cdk-lib';
import { MONITOR_TAG } from '../core/contract';

/** Below that of the CDK's `Tags`, which have 100: whoever sets it otherwise means it. */
const PRIORITY = 10;

/**
 * Lets a resource say whose it is on the bill.
 *
 * @internal
 */
export function tagWithMonitor(tags: TagManager, monitorId: string): void {
  tags.setTag(MONITOR_TAG, monitorId, PRIORITY);
}
