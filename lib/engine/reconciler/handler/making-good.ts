import { createHash } from 'node:crypto';
import { startOnce } from '../../../runtime/executions';
import { wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import type { ExpectedMonitor, Reconciled } from '../contract';
import { passedOverRuns } from '../due-runs';

/** Of the identity of a monitor, what is in the name of an execution beside its time. */
const DIGITS = 32;

/** Starts the runs of a monitor whose start its clock went over, each once, whoever else does. Returns what keeps it from that, in words. */
export async function makeGood(monitor: ExpectedMonitor, now: Reconciled): Promise<string | undefined> {
  const { id, start } = monitor;
  if (!start) return undefined;
  try {
    for (const due of passedOverRuns(monitor, now)) {
      const scheduledTime = due.toISOString();
      const { stateMachineArn, request } = start;
      await startOnce({
        stateMachineArn,
        name: executionName(id, scheduledTime),
        input: { ...request, scheduledTime },
      });
      log('run made good', { monitorId: id, due: scheduledTime });
    }
    return undefined;
  } catch (error) {
    return wordsOf(error);
  }
}

function executionName(monitorId: string, due: string): string {
  const digits = createHash('sha256').update(monitorId).digest('hex').slice(0, DIGITS);
  return `${digits}-${due.replace(/[^0-9]/g, '')}`;
}
