import { HEARTBEAT, METRIC_NAMESPACE } from '../../../outcome/contract';
import { mapConcurrently } from '../../../runtime/concurrency';
import { Failure, wordsOf } from '../../../runtime/failure';
import { homeOf, type Invocation } from '../../../runtime/home';
import { log } from '../../../runtime/log';
import { putMetrics } from '../../../runtime/metrics';
import type { ReconcileEvent } from '../contract';
import { reconcileMonitor } from './reconciliation';

/** Monitors that are reconciled at once. */
const MONITORS = 4;

/**
 * Tells, once an hour, of each expected run whether it left a trace, and concludes what Model Monitor has ended.
 *
 * One monitor's failure does not keep the others from being looked at; it throws at the end, and then there is no heartbeat: who watches
 * only in part is not well.
 */
export const handler = async (event: ReconcileEvent, invocation: Invocation): Promise<void> => {
  if (!Array.isArray(event.monitors) || Number.isNaN(Date.parse(event.scheduledTime))) {
    throw new Failure(
      'MalformedEvent',
      "the event has no list 'monitors' or no time 'scheduledTime'; the reconciler's schedule sends both, and nothing else calls it",
    );
  }
  const home = homeOf(invocation);
  const failures: string[] = [];
  await mapConcurrently(event.monitors, MONITORS, async (monitor) => {
    await reconcileMonitor(monitor, event.scheduledTime, home).catch((error: unknown) => {
      failures.push(`${monitor.id}: ${wordsOf(error)}`);
    });
  });
  if (failures.length > 0) throw new Failure('ReconciliationFailed', failures.sort().join('; '));
  await putMetrics(METRIC_NAMESPACE, [
    {
      MetricName: HEARTBEAT.metric,
      Value: 1,
      Unit: 'Count',
      Timestamp: new Date(),
      Dimensions: [{ Name: HEARTBEAT.dimension, Value: event.reconcilerId }],
    },
  ]);
  log('reconciled', { reconcilerId: event.reconcilerId, monitorCount: event.monitors.length });
};
