import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Home } from '../../../core/contract';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS, MISSED_HEALTH } from '../../../outcome/contract';
import { tellRest } from '../../../outcome/handler/outbox';
import { healthMetric } from '../../../outcome/handler/publication';
import { lacksLabels } from '../../../outcome/label-coverage';
import { fullHour, reportFolder } from '../../../outcome/run-times';
import { Failure, wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { putMetrics } from '../../../runtime/metrics';
import { contended, WRITE_ROUNDS } from '../../../runtime/s3';
import type { ExpectedMonitor, JudgedRun, Reconciled } from '../contract';
import { dueRuns, executionsSince, openRuns, reconciledNow, untoldNow, withUntold } from '../due-runs';
import { isTerminal, type MonitoringExecution } from '../monitoring-execution';
import { reconcilersNow } from '../place-sharing';
import { makeGood, revise } from './making-good';
import { type Memory, remember, rememberTold } from './memory';
import { readTurns } from './monitor-turns';
import { concludeExecution, monitoringExecutions } from './monitoring-executions';
import { ownMemory } from './shared-place';

/**
 * Reconciles one monitor: concludes the ended executions of its schedule (model-monitor), and tells for each run that was due whether it
 * left a trace: the health of a run that left none, or that cannot be told, is told here, since nobody else does. What its clock went over, or lacked
 * labels that may have come since, is started.
 *
 * Throws `PlaceShared`, before it has looked at anything, where another deployment reconciles the same place. Throws at the end: `ExecutionsNotConcluded` when executions could not be concluded, `RunNotStarted` when a run could not be made good. The next
 * reconciliation tries them again.
 */
export async function reconcileMonitor(monitor: ExpectedMonitor, scheduledTime: string, home: Home): Promise<void> {
  let memory = await ownMemory(monitor, scheduledTime, home);
  const now = reconciledNow(monitor, memory.content, scheduledTime);
  const { traceOf, failures } = await tracesOf(monitor, now, home);
  const lacking = async (due: Date) => (await traceOf(due)).lacksLabels === true;
  const notStarted = [await makeGood(monitor, now), await revise(monitor, { before: memory.content, now, lacking })];
  for (let round = 0; !(await tellDue(monitor, { memory, scheduledTime, home, traceOf })); round++) {
    if (round === WRITE_ROUNDS) throw contended(memory.location);
    memory = await ownMemory(monitor, scheduledTime, home);
  }
  if (failures.length > 0) throw new Failure('ExecutionsNotConcluded', failures.join('; '));
  const words = notStarted.filter((each) => each !== undefined);
  if (words.length > 0) throw new Failure('RunNotStarted', words.join('; '));
}

/** What is known when runs are judged. */
interface Judgement {
  readonly memory: Memory;
  readonly scheduledTime: string;
  readonly home: Home;
  readonly traceOf: Traces['traceOf'];
}

/**
 * Judges the runs that are due and tells what they are; false where another reconciliation has done so meanwhile, so that it has to be looked again.
 *
 * Who remembers a run as judged first is the one to tell it, if there is anything to tell, so that neither a repeated nor a late reconciliation, nor two at once, count it again. What
 * was taken on and is not remembered as told when its function must have ended is told by whoever comes next: twice only where that function told it, and
 * ended, or lost an answer, before that was remembered. A run that left no trace, or failed, is looked at again for a day: what
 * is left to tell of it then is told.
 */
async function tellDue(
  monitor: ExpectedMonitor,
  { memory, scheduledTime, home, traceOf }: Judgement,
): Promise<boolean> {
  const { content: before } = memory;
  const now = reconciledNow(monitor, before, scheduledTime);
  const judged = await judgedRuns(dueRuns(monitor, before, now), traceOf);
  const { taken, underWay } = untoldNow(before, judged, new Date(Date.now()));
  if (now === before && taken.length === 0) return true;
  const again = await judgedRuns(
    (before?.open ?? []).map((time) => new Date(time)),
    traceOf,
  );
  const open = openRuns([...again, ...judged], now);
  const by = reconcilersNow(before, home, scheduledTime);
  const told = taken.filter(({ traced }) => missedMetrics(monitor, traced).length > 0);
  const claimed = await remember(memory, withUntold({ ...now, open, by }, [...underWay, ...told]));
  if (!claimed) return false;
  for (const { due, traced } of judged) log(traced ? 'run found' : 'run missed', { monitorId: monitor.id, due });
  await putMetrics(
    METRIC_NAMESPACE,
    told.flatMap(({ traced }) => missedMetrics(monitor, traced)),
  );
  await rememberTold(claimed, told);
  return true;
}

async function judgedRuns(due: readonly Date[], traceOf: Traces['traceOf']): Promise<JudgedRun[]> {
  const judged: JudgedRun[] = [];
  for (const time of due) judged.push({ due: time.toISOString(), ...(await traceOf(time)) });
  return judged;
}

interface Traces {
  readonly traceOf: (due: Date) => Promise<Omit<JudgedRun, 'due'>>;
  readonly failures: string[];
}

async function tracesOf(monitor: ExpectedMonitor, now: Reconciled, home: Home): Promise<Traces> {
  if (monitor.engine === 'model-monitor') return executionTraces(monitor, now, home);
  return { traceOf: (due) => reportTrace(monitor, due, home), failures: [] };
}

/** Whether a run has been told, by whichever engine; what its execution could not tell is told now. */
async function reportTrace(monitor: ExpectedMonitor, due: Date, home: Home): Promise<Omit<JudgedRun, 'due'>> {
  const { id, output, monitoringId = id, runMetrics, eventBus } = monitor;
  const otherwise = { monitoringId, runMetrics, featureMetrics: [], eventBus };
  const told = await tellRest(reportFolder(output, monitor, due), { ...home, monitorId: id }, otherwise);
  if (!told) return { traced: false, isOpen: true };
  const lacks = lacksLabels(told);
  return { traced: true, isOpen: lacks || told.status === 'Failed', lacksLabels: lacks };
}

async function executionTraces(monitor: ExpectedMonitor, now: Reconciled, home: Home): Promise<Traces> {
  const turns = await readTurns(monitor.output);
  const executions = await monitoringExecutions(monitor, executionsSince(monitor, now, turns.at(-1)));
  const failures = new Map<number, string>();
  const hourOf = ({ scheduledTime }: MonitoringExecution) => fullHour(scheduledTime).getTime();
  for (const execution of executions.filter(isTerminal)) {
    await concludeExecution(monitor, execution, home).catch((error: unknown) => {
      failures.set(hourOf(execution), wordsOf(error));
    });
  }
  const hours = new Set(executions.map(hourOf).filter((hour) => !failures.has(hour)));
  const traceOf = async (due: Date) => {
    if (failures.has(due.getTime())) return { traced: false, isOpen: true };
    return hours.has(due.getTime()) ? { traced: true, isOpen: false } : reportTrace(monitor, due, home);
  };
  return { traceOf, failures: [...failures.values()] };
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
