import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Home } from '../../../core/contract';
import {
  dueHour,
  METRIC_DIMENSIONS,
  METRIC_NAMESPACE,
  METRICS,
  MISSED_HEALTH,
  reportFolder,
} from '../../../outcome/contract';
import { tellRest } from '../../../outcome/handler/outbox';
import { healthMetric } from '../../../outcome/handler/publication';
import { Failure, wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { putMetrics } from '../../../runtime/metrics';
import { contended, WRITE_ROUNDS } from '../../../runtime/s3';
import type { ExpectedMonitor, JudgedRun, Reconciled } from '../contract';
import { dueRuns, executionsSince, reconciledNow, untoldRuns } from '../due-runs';
import { isTerminal, type MonitoringExecution } from '../monitoring-execution';
import { type Memory, readMemory, remember } from './memory';
import { readTurns } from './monitor-turns';
import { concludeExecution, monitoringExecutions } from './monitoring-executions';

/**
 * Reconciles one monitor: concludes the ended executions of its schedule (model-monitor), and tells for each run that was due whether it
 * left a trace: the health of a run that left none, or that cannot be told, is told here, since nobody else does.
 *
 * Throws `ExecutionsNotConcluded` at the end when executions could not be concluded; the next reconciliation tries them again.
 */
export async function reconcileMonitor(monitor: ExpectedMonitor, scheduledTime: string, home: Home): Promise<void> {
  let memory = await readMemory(monitor);
  const { isTraced, failures } = await tracesOf(monitor, reconciledNow(monitor, memory.content, scheduledTime), home);
  for (let round = 0; !(await tellDue(monitor, { memory, scheduledTime, isTraced })); round++) {
    if (round === WRITE_ROUNDS) throw contended(memory.location);
    memory = await readMemory(monitor);
  }
  if (failures.length > 0) throw new Failure('ExecutionsNotConcluded', failures.join('; '));
}

/** What is known when runs are judged. */
interface Judgement {
  readonly memory: Memory;
  readonly scheduledTime: string;
  readonly isTraced: (due: Date) => Promise<boolean>;
}

/**
 * Judges the runs that are due and tells what they are; false where another reconciliation has done so meanwhile, so that it has to be looked again.
 *
 * Who remembers a run as judged first is the one to tell it, so that neither a repeated nor a late reconciliation, nor two at once, count it again. What
 * is not remembered as told an hour later is told by the next reconciliation: twice only where the function ended between telling and remembering.
 */
async function tellDue(monitor: ExpectedMonitor, { memory, scheduledTime, isTraced }: Judgement): Promise<boolean> {
  const { content: before } = memory;
  const now = reconciledNow(monitor, before, scheduledTime);
  if (now === before) return true;
  const judged: JudgedRun[] = [];
  for (const due of dueRuns(monitor, before, now)) {
    judged.push({ due: due.toISOString(), traced: await isTraced(due) });
  }
  const untold = untoldRuns(before, judged);
  const claimed = await remember(memory, untold.length > 0 ? { ...now, untold } : now);
  if (!claimed) return false;
  for (const { due, traced } of judged) log(traced ? 'run found' : 'run missed', { monitorId: monitor.id, due });
  if (untold.length === 0) return true;
  await putMetrics(
    METRIC_NAMESPACE,
    untold.flatMap(({ traced }) => missedMetrics(monitor, traced)),
  );
  if (!(await remember(claimed, now))) log('judged meanwhile', { monitorId: monitor.id });
  return true;
}

interface Traces {
  readonly isTraced: (due: Date) => Promise<boolean>;
  readonly failures: string[];
}

async function tracesOf(monitor: ExpectedMonitor, now: Reconciled, home: Home): Promise<Traces> {
  if (monitor.engine === 'model-monitor') return executionTraces(monitor, now, home);
  return { isTraced: (due) => isTold(monitor, due, home), failures: [] };
}

/** Whether a run has been told, by whichever engine; what its execution could not tell is told now. */
function isTold(monitor: ExpectedMonitor, due: Date, home: Home): Promise<boolean> {
  const { id, output, monitoringId = id, runMetrics, eventBus } = monitor;
  const otherwise = { monitoringId, runMetrics, featureMetrics: [], eventBus };
  return tellRest(reportFolder(output, due), { ...home, monitorId: id }, otherwise);
}

async function executionTraces(monitor: ExpectedMonitor, now: Reconciled, home: Home): Promise<Traces> {
  const turns = await readTurns(monitor.output);
  const executions = await monitoringExecutions(monitor, executionsSince(monitor, now, turns.at(-1)));
  const failures = new Map<number, string>();
  const hourOf = ({ scheduledTime }: MonitoringExecution) => dueHour(scheduledTime).getTime();
  for (const execution of executions.filter(isTerminal)) {
    await concludeExecution(monitor, execution, home).catch((error: unknown) => {
      failures.set(hourOf(execution), wordsOf(error));
    });
  }
  const hours = new Set(executions.map(hourOf).filter((hour) => !failures.has(hour)));
  const isTraced = async (due: Date) =>
    hours.has(due.getTime()) || (!failures.has(due.getTime()) && (await isTold(monitor, due, home)));
  return { isTraced, failures: [...failures.values()] };
}

function missedMetrics({ id, monitoringId = id, runMetrics }: ExpectedMonitor, traced: boolean): MetricDatum[] {
  const now = new Date();
  const missed: MetricDatum = {
    MetricName: METRICS.missed,
    Value: traced ? 0 : 1,
    Unit: 'Count',
    Timestamp: now,
    Dimensions: [{ Name: METRIC_DIMENSIONS.monitor, Value: id }],
  };
  return [...(traced ? [] : [healthMetric(monitoringId, MISSED_HEALTH, now)]), ...(runMetrics ? [missed] : [])];
}
