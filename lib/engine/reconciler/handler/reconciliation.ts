import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { objectIn } from '../../../core/contract';
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
import { readJsonIfExists, type S3Address, writeJson } from '../../../runtime/s3';
import { type ExpectedMonitor, RECONCILER_KEYS, type Reconciled, type ReconcileEvent } from '../contract';
import { dueRuns, executionsSince, reconciledNow } from '../due-runs';
import { isTerminal, type MonitoringExecution, scheduleFolder } from '../monitoring-execution';
import { readTurns } from './monitor-turns';
import { concludeExecution, monitoringExecutions } from './monitoring-executions';

/**
 * Reconciles one monitor: concludes the ended executions of its schedule (model-monitor), and tells for each run that was due whether it
 * left a trace: the health of a run that left none, or that cannot be told, is told here, since nobody else does.
 *
 * Throws `ExecutionsNotConcluded` at the end when executions could not be concluded; the next reconciliation tries them again.
 */
export async function reconcileMonitor(
  monitor: ExpectedMonitor,
  event: Pick<ReconcileEvent, 'scheduledTime'>,
): Promise<void> {
  const memory = memoryLocation(monitor);
  const before = await readJsonIfExists<Reconciled>(memory);
  const now = reconciledNow(monitor, before, event.scheduledTime);
  const { isTraced, failures } = await tracesOf(monitor, now);
  const missed: MetricDatum[] = [];
  for (const due of dueRuns(monitor, before, now)) {
    const traced = await isTraced(due);
    missed.push(...missedMetrics(monitor, traced));
    log(traced ? 'run found' : 'run missed', { monitorId: monitor.id, due: due.toISOString() });
  }
  await putMetrics(METRIC_NAMESPACE, missed);
  await writeJson(memory, now); // last: what did not get so far is judged again
  if (failures.length > 0) throw new Failure('ExecutionsNotConcluded', failures.join('; '));
}

interface Traces {
  readonly isTraced: (due: Date) => Promise<boolean>;
  readonly failures: string[];
}

async function tracesOf(monitor: ExpectedMonitor, now: Reconciled): Promise<Traces> {
  return monitor.engine === 'serverless' ? reportTraces(monitor) : executionTraces(monitor, now);
}

function reportTraces(monitor: ExpectedMonitor): Traces {
  return { isTraced: (due) => isTold(monitor, due), failures: [] };
}

/** Whether a run has been told, by whichever engine; what its execution could not tell is told now. */
function isTold({ id, output, monitoringId = id, runMetrics, eventBus }: ExpectedMonitor, due: Date): Promise<boolean> {
  return tellRest(reportFolder(output, due), { monitoringId, runMetrics, featureMetrics: [], eventBus });
}

async function executionTraces(monitor: ExpectedMonitor, now: Reconciled): Promise<Traces> {
  const turns = await readTurns(monitor.output);
  const executions = await monitoringExecutions(monitor, executionsSince(monitor, now, turns.at(-1)));
  const failures = new Map<number, string>();
  const hourOf = ({ scheduledTime }: MonitoringExecution) => dueHour(scheduledTime).getTime();
  for (const execution of executions.filter(isTerminal)) {
    await concludeExecution(monitor, execution).catch((error: unknown) => {
      failures.set(hourOf(execution), wordsOf(error));
    });
  }
  const hours = new Set(executions.map(hourOf).filter((hour) => !failures.has(hour)));
  const isTraced = async (due: Date) =>
    hours.has(due.getTime()) || (!failures.has(due.getTime()) && (await isTold(monitor, due)));
  return { isTraced, failures: [...failures.values()] };
}

function memoryLocation(monitor: ExpectedMonitor): S3Address {
  const folder = monitor.engine === 'serverless' ? monitor.output : scheduleFolder(monitor);
  return objectIn(folder, RECONCILER_KEYS.reconciled);
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
