import { parseSchedule, type ScheduleTest } from '../../../lib/cloud/account/schedule-expression';
import type { ExpectedMonitor, Reconciled } from '../../../lib/engine/reconciler/contract';
import { dueRuns, passedOverRuns, reconciledNow } from '../../../lib/engine/reconciler/due-runs';
import { confirmed, DEFAULT_ALERT } from '../../../lib/outcome/confirmation';
import { type ExecutionReport, HEARTBEAT, METRIC_NAMESPACE } from '../../../lib/outcome/contract';
import { type Conclusion, executionReport } from '../../../lib/outcome/execution-report';
import { featureMetrics, healthMetric, outcomeMetrics } from '../../../lib/outcome/handler/publication';
import { dueAt, windowUntil } from '../../../lib/outcome/run-times';
import { timeWithoutData } from '../../../lib/outcome/unseen/time-without-data';
import { RUN } from '../../outcome/run';
import { MINUTE, Series } from './series';
import type { Schedule, WatchedStack } from './watched-stack';

/** What a run comes to; `Absent` is one that its schedule never started, `Tolerated` one before which a few objects came late. */
export type RunEnd = 'Quiet' | 'Drifted' | 'NoData' | 'Late' | 'Tolerated' | 'Failed' | 'Absent';

/** What happens in a stack, of all that decides what its functions publish. */
export interface Course {
  /** when it is deployed, in epoch milliseconds */
  readonly start: number;
  readonly end: number;
  /** what the run of a monitor comes to that is due then; quiet where absent */
  readonly endOf?: (monitorId: string, due: number) => RunEnd;
  /** from when on the reconciler does not run any more */
  readonly watcherEnds?: number;
  /** when another deployment gives each monitor a schedule of another name */
  readonly replacedAt?: number;
}

/** A violation of which nobody knows how likely chance does it, so that a second window has to confirm it. */
const VIOLATION = { feature: 'income', check: 'baseline_drift_check', description: 'd' };

const CONCLUSIONS: { readonly [end in RunEnd]?: Conclusion } = {
  Quiet: { status: 'Analysed', recordCount: 500, objectCount: 4 },
  Drifted: { status: 'Analysed', recordCount: 500, objectCount: 4, violations: [VIOLATION] },
  NoData: { status: 'NoData' },
  Late: { status: 'Analysed', recordCount: 500, objectCount: 4, lateObjects: 3 },
  Tolerated: { status: 'Analysed', recordCount: 50_000, objectCount: 400, lateObjects: 3 },
  Failed: { status: 'Failed', failureReason: 'AccessDenied: no access' },
};

/** Minutes from the start of a run to its report: another number each time, the same ones in each simulation. */
const durationOf = (start: number) => 1 + ((start / MINUTE) % 7);

/** What a stack publishes of its monitors, by the decisions that its functions make. */
export class Fleet {
  /** What was published. */
  public readonly series = new Series();
  /** When each run was concluded, by its monitor and when it was due. */
  public readonly concluded = new Map<string, number>();
  private readonly monitors = new Map<string, ExpectedMonitor>();
  private readonly memories = new Map<string, Reconciled>();
  private readonly reports = new Map<string, ExecutionReport[]>();
  private readonly open: { readonly time: number; readonly tell: (time: number) => void }[] = [];

  public constructor(
    stack: WatchedStack,
    private readonly course: Course,
  ) {
    const schedules = stack.schedules.map((one) => [one, testOf(one, course.start)] as const);
    for (const { input } of stack.schedules)
      for (const monitor of input.monitors ?? []) this.monitors.set(monitor.id, monitor);
    for (let time = course.start; time < course.end; time += MINUTE) {
      this.tellUntil(time);
      for (const [schedule, isDue] of schedules) if (isDue(time)) this.started(schedule, time);
    }
  }

  private started({ input }: Schedule, time: number): void {
    if (input.monitor) this.run(this.expected(input.monitor.id), time);
    else if (time < (this.course.watcherEnds ?? time + 1)) this.later(time + MINUTE, () => this.reconcile(time));
  }

  private expected(id: string): ExpectedMonitor {
    const monitor = this.monitors.get(id);
    if (!monitor) throw new Error(`the reconciler does not expect ${id}`);
    return monitor;
  }

  private run(monitor: ExpectedMonitor, time: number, due = dueAt(monitor, new Date(time))): void {
    const end = this.course.endOf?.(monitor.id, due.getTime()) ?? 'Quiet';
    if (end !== 'Absent')
      this.later(time + durationOf(time) * MINUTE, (now) => this.conclude(monitor, { due, end, now }));
  }

  private conclude(
    monitor: ExpectedMonitor,
    { due, end, now }: { readonly due: Date; readonly end: RunEnd; readonly now: number },
  ): void {
    const { id: monitorId, monitoringId = monitorId, everyHours } = monitor;
    const window = windowUntil(monitor, due);
    const before = this.reports.get(monitorId) ?? [];
    const { violations = [], ...conclusion } = CONCLUSIONS[end] as Conclusion;
    const earlier = before.filter(({ outcome }) => outcome.recordCount > 0).map(({ violated }) => violated);
    const judged = confirmed({ kind: 'DataQuality', violations, alert: DEFAULT_ALERT, earlier, everyHours });
    const known = { before: before[0] ?? 'nothing', place: {} } as const;
    const withoutData = end === 'NoData' ? timeWithoutData(window, everyHours, known) : undefined;
    const distances = [{ feature: 'income', distance: end === 'Drifted' ? 0.5 : 0.01, threshold: 0.1, method: 'KS' }];
    const found = { ...conclusion, violations: judged, withoutData, ...(conclusion.objectCount && { distances }) };
    const report = executionReport({ ...RUN, monitorId, window }, found, new Date(now));
    this.reports.set(monitorId, [report, ...before].slice(0, 3));
    this.concluded.set(runOf(monitorId, due), now);
    this.put(outcomeMetrics(report, { monitoringId }, new Date(now)));
    if (monitorId.includes('Hourly')) this.put(featureMetrics(report, ['income'], new Date(now)));
  }

  /** As the reconciler does, by its own decisions. */
  private reconcile(scheduled: number): void {
    const scheduledTime = new Date(scheduled).toISOString();
    const told = scheduled + MINUTE;
    for (const each of this.monitors.values()) {
      const isReplaced = scheduled >= (this.course.replacedAt ?? Number.POSITIVE_INFINITY);
      const monitor = isReplaced ? { ...each, scheduleIdentity: 'another' } : each;
      const before = this.memories.get(monitor.id);
      const now = reconciledNow(monitor, before, scheduledTime);
      for (const due of passedOverRuns(monitor, now))
        if (!this.concluded.has(runOf(monitor.id, due))) this.run(monitor, told, due);
      const missed = dueRuns(monitor, before, now).filter((due) => !this.concluded.has(runOf(monitor.id, due)));
      for (const _ of missed) this.put([healthMetric(monitor.monitoringId ?? monitor.id, 3, new Date(told))]);
      this.memories.set(monitor.id, now);
    }
    const dimensions = { [HEARTBEAT.dimension]: 'Stack' };
    this.series.put({ namespace: METRIC_NAMESPACE, metricName: HEARTBEAT.metric, dimensions }, told, 1);
  }

  private put(data: ReturnType<typeof outcomeMetrics>): void {
    for (const { MetricName: metricName = '', Dimensions = [], Timestamp, Value = Number.NaN } of data) {
      const dimensions = Object.fromEntries(Dimensions.map(({ Name = '', Value: value = '' }) => [Name, value]));
      this.series.put({ namespace: METRIC_NAMESPACE, metricName, dimensions }, Timestamp?.getTime() ?? 0, Value);
    }
  }

  private later(time: number, tell: (time: number) => void): void {
    this.open.push({ time, tell });
    this.open.sort((one, other) => one.time - other.time);
  }

  private tellUntil(time: number): void {
    while (this.open.length > 0 && this.open[0].time <= time) {
      const next = this.open.shift();
      next?.tell(next.time);
    }
  }
}

/** A run of a monitor. */
export const runOf = (monitorId: string, due: Date): string => `${monitorId} ${due.toISOString()}`;

/** A schedule's own clock begins with the deployment; a rate counts from a few minutes after it. */
function testOf({ expression, timeZone }: Schedule, start: number): ScheduleTest {
  return parseSchedule(expression, start + 3 * MINUTE, timeZone);
}
