import { type Home, objectIn } from '../../../../../core/contract';
import { FILES } from '../../../../../outcome/contract';
import { fullHour, reportFolder } from '../../../../../outcome/run-times';
import { mayPass, wordsOf } from '../../../../../runtime/failure';
import { log } from '../../../../../runtime/log';
import { objectExists } from '../../../../../runtime/s3';
import type { ExpectedMonitor, Turn } from '../../../../reconciler/contract';
import { earliestExecution } from '../../../../reconciler/due-runs';
import { readTurns } from '../../../../reconciler/handler/monitor-turns';
import { concludeExecution, monitoringExecutions } from '../../../../reconciler/handler/monitoring-executions';
import { isTerminal } from '../../../../reconciler/monitoring-execution';
import { owedRuns, turnAt } from '../../../../reconciler/turns';

/** What the engine before this one owes of a monitor's runs, in words; undefined where it has told them, or was not there. */
export async function owedBefore(monitor: ExpectedMonitor): Promise<string | undefined> {
  const turns = await turnsOf(monitor, true);
  if (turns.at(-1)?.engine !== monitor.engine) return undefined;
  const times = turns.at(-2) ?? monitor; // the reports of the engine before lie by its own
  for (const due of owedRuns(turns, new Date())) {
    const report = objectIn(reportFolder(monitor.output, times, due), FILES.report);
    if (!(await objectExists(report))) return `the run of ${due.toISOString()} is not told yet`;
  }
  return undefined;
}

/** The turns of a monitor that goes on with another engine; undefined where it does not, but is removed. While there is `patience`, throws what may pass. */
export async function turnsIfSwitched(
  monitor: ExpectedMonitor | undefined,
  patience: boolean,
): Promise<readonly Turn[] | undefined> {
  if (!monitor) return undefined;
  const turns = await turnsOf(monitor, patience);
  const last = turns.at(-1);
  return last && last.engine !== monitor.engine ? turns : undefined;
}

/** None where they cannot be read: reports that are gone, or closed to this stack by now, keep no schedule from being deleted. What may pass is waited for while there is `patience`: whoever takes a monitor for removed stops its runs. */
async function turnsOf({ id, output }: ExpectedMonitor, patience: boolean): Promise<readonly Turn[]> {
  return readTurns(output).catch((error: unknown) => {
    if (patience && mayPass(error)) throw error;
    log('turns unknown', { monitorId: id, words: wordsOf(error) });
    return [];
  });
}

/** Whether a run that is due at a time belongs to an engine whose turn is over. */
export function isOwed(turns: readonly Turn[], scheduledTime: Date | undefined): boolean {
  return scheduledTime !== undefined && turnAt(turns, fullHour(scheduledTime)) !== turns.at(-1);
}

/** Tells what this engine owes of a monitor's runs: those of its turn that have ended. Returns what keeps it from that, in words. */
export async function tellOwed(monitor: ExpectedMonitor, home: Home): Promise<string | undefined> {
  try {
    const since = new Date(earliestExecution(monitor, Date.now()));
    const executions = await monitoringExecutions(monitor, since);
    for (const execution of executions.filter(isTerminal)) await concludeExecution(monitor, execution, home);
    return undefined;
  } catch (error) {
    log('not told', { monitorId: monitor.id, words: wordsOf(error) });
    return `its runs could not be told: ${wordsOf(error)}`;
  }
}
