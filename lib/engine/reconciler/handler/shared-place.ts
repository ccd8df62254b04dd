import type { Home } from '../../../core/contract';
import { METRIC_NAMESPACE, MISSED_HEALTH } from '../../../outcome/contract';
import { healthMetric } from '../../../outcome/handler/publication';
import { Failure } from '../../../runtime/failure';
import { putMetrics } from '../../../runtime/metrics';
import { contended, s3Uri, WRITE_ROUNDS } from '../../../runtime/s3';
import type { ExpectedMonitor, Reconciler } from '../contract';
import { othersAt, reconcilersNow } from '../place-sharing';
import { type Memory, readMemory, remember } from './memory';

/**
 * What is remembered of a monitor, where this deployment alone reconciles its place.
 *
 * Throws `PlaceShared` where another one does: what lies there may be of either. It is told as a health of missed runs, as nothing of them is known, and noted there, so that the other one
 * learns of this one and refuses as well.
 */
export async function ownMemory(monitor: ExpectedMonitor, scheduledTime: string, home: Home): Promise<Memory> {
  for (let round = 0; round < WRITE_ROUNDS; round++) {
    const memory = await readMemory(monitor);
    const { content } = memory;
    const others = othersAt(content, home, scheduledTime);
    if (content === undefined || others.length === 0) return memory;
    if (!(await remember(memory, { ...content, by: reconcilersNow(content, home, scheduledTime) }))) continue;
    const { id, monitoringId = id } = monitor;
    await putMetrics(METRIC_NAMESPACE, [healthMetric(monitoringId, MISSED_HEALTH, new Date())]);
    throw placeShared(memory, others);
  }
  throw contended((await readMemory(monitor)).location);
}

function placeShared({ location }: Memory, others: readonly Reconciler[]): Failure {
  const whose = others.map(({ accountId, region, until }) => `account ${accountId} in ${region}, last at ${until}`);
  return new Failure(
    'PlaceShared',
    `${s3Uri(location)} is also written by the stack of ${whose.join('; ')}: what lies there may be of either; give each deployment its own 'reportsBucket' or 'reportsPrefix'`,
  );
}
