import { createHash } from 'node:crypto';
import { startOnce } from '../../../runtime/executions';
import { wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import type { ExpectedMonitor, Reconciled } from '../contract';
import { LATE_LABEL_HOURS, passedOverRuns, revisableRuns } from '../due-runs';

/** Of the identity of a monitor, what is in the name of an execution beside its time. */
const DIGITS = 32;

/** Starts the runs of a monitor whose start its clock went over, each once, whoever else does. Returns what keeps it from that, in words. */
export async function makeGood(monitor: ExpectedMonitor, now: Reconciled): Promise<string | undefined> {
  return startAll('a run that the clock went over', async () => {
    for (const due of passedOverRuns(monitor, now)) {
      await startRun(monitor, due);
      log('run made good', { monitorId: monitor.id, due: due.toISOString() });
    }
  });
}

/** What is known when runs are looked for whose labels may have come. */
interface Looked {
  readonly before: Reconciled | undefined;
  readonly now: Reconciled;
  /** whether a run that was due then still lacks labels */
  readonly lacking: (due: Date) => Promise<boolean>;
}

/**
 * Starts the runs of a monitor once more that lacked labels, when the time is over in which these may come late: once, so that what has come until then makes
 * one revision of their outcome. Returns what keeps it from that, in words.
 */
export async function revise(monitor: ExpectedMonitor, { before, now, lacking }: Looked): Promise<string | undefined> {
  if (!monitor.start?.needsLabels) return undefined;
  return startAll('a run whose labels were missing', async () => {
    for (const due of revisableRuns(before, now)) {
      if (!(await lacking(due))) continue;
      await startRun(monitor, due, { suffix: '-labels', lateLabelHours: LATE_LABEL_HOURS });
      log('run repeated for its labels', { monitorId: monitor.id, due: due.toISOString() });
    }
  });
}

async function startAll(what: string, start: () => Promise<void>): Promise<string | undefined> {
  try {
    await start();
    return undefined;
  } catch (error) {
    return `${what} could not be started: ${wordsOf(error)}`;
  }
}

/** What a run that is started once more has beside the request of the first. */
interface Repeated {
  /** of the execution's name */
  readonly suffix: string;
  readonly lateLabelHours: number;
}

async function startRun({ id, start }: ExpectedMonitor, due: Date, repeated?: Repeated): Promise<void> {
  if (!start) return;
  const { stateMachineArn, request } = start;
  const scheduledTime = due.toISOString();
  const { suffix = '', ...beside } = repeated ?? {};
  const name = `${executionName([stateMachineArn, id], scheduledTime)}${suffix}`;
  await startOnce({ stateMachineArn, name, input: { ...request, scheduledTime, ...beside } });
}

/** Of the machine, too, which is of one account and region: what an execution makes on the way lies in a folder of its name, and two stacks may report to one bucket. */
function executionName(identity: readonly string[], due: string): string {
  const digits = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, DIGITS);
  return `${digits}-${due.replace(/[^0-9]/g, '')}`;
}
