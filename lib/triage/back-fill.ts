import { randomUUID } from 'node:crypto';
import type { MonitorRequest } from '../engine/serverless/contract';
import { BACK_FILL_DETAIL_TYPE, type BackFillRecord, type HandStart } from '../outcome/exception/contract';
import { startOnce } from '../runtime/executions';
import { Failure, wordsOf } from '../runtime/failure';
import { jsonOf } from '../runtime/s3';
import { scheduledTarget } from '../runtime/schedule';
import { type Done, recorded, untold } from './deed';
import type { FoundRun } from './monitor-place';
import { dueIn, timeIn } from './past-windows';
import { type TriageTarget, target } from './target';

/** Windows that are started at once: a week of hours. */
const MOST_WINDOWS = 168;

/** Which past windows are to be analysed, and why. */
export interface BackFill extends TriageTarget {
  /** those that end after it, as 2026-03-01T00:00 */
  readonly from: string;
  /** and at or before it */
  readonly until: string;
  readonly reason: string;
  /** name of the schedule that starts the monitor's runs */
  readonly schedule: string;
}

/** What was done. */
export interface BackFilled extends Done {
  readonly record: BackFillRecord;
  /** windows whose analysis was started */
  readonly started: number;
  /** why those after them were not; absent where all were */
  readonly unstarted?: string;
}

/** Starts the analysis of past windows, with the request of the schedule as it is deployed. Throws a `Failure` where nothing was done. */
export async function backFill(asked: BackFill): Promise<BackFilled> {
  const now = new Date();
  const [from, until] = [timeIn('--from', asked.from), timeIn('--until', asked.until)];
  if (!(from < until && until <= now)) throw noWindows('--from has to be before --until, and both are past');
  const { caller, run } = await target(asked);
  if (run.report.outcome.engine !== 'serverless') throw notHere();
  const { arn, request } = await requestOf(asked.schedule, caller.region, run);
  const dues = dueIn(run.report, { from, until, request });
  if (dues.length === 0) throw noWindows('no window ends between the two');
  if (dues.length > MOST_WINDOWS) throw noWindows(`${dues.length} windows are more than ${MOST_WINDOWS}: take parts`);
  const hand: HandStart = { by: caller.arn, reason: asked.reason, at: now.toISOString() };
  const { monitorId } = run.report.outcome;
  const record: BackFillRecord = {
    ...{ version: '1', deed: 'BackFilled', monitorId, ...hand, stateMachineArn: arn, windowCount: dues.length },
    ...{ firstWindowEnd: dues[0].windowEnd, lastWindowEnd: dues[dues.length - 1].windowEnd },
  };
  const auditUri = await recorded(run.place, record);
  const begun = await startedRuns(
    arn,
    { ...request, startedBy: hand },
    dues.map(({ due }) => due),
  );
  const detail = { ...record, startedCount: begun.started, auditUri };
  return { record, ...begun, auditUri, untold: await untold(run.report, { type: BACK_FILL_DETAIL_TYPE, detail }) };
}

/** What the schedule starts, if it is the monitor's: a name that was mistyped starts nothing else. */
async function requestOf(schedule: string, region: string, { report, place }: FoundRun) {
  const { arn, input } = await scheduledTarget(schedule, region);
  const request = jsonOf(input) as Partial<MonitorRequest> | undefined;
  const { monitor, output } = request ?? {};
  const isOwn = monitor?.id === report.outcome.monitorId && output?.prefix === place.prefix;
  if (isOwn && output.bucket === place.bucket && arn.includes(':stateMachine:'))
    return { arn, request: request as MonitorRequest };
  throw new Failure(
    'ScheduleOfAnother',
    `the schedule '${schedule}' does not start runs of ${report.outcome.monitorId} that report to s3://${place.bucket}/${place.prefix}/; the output RunOnceCommand of the monitor has the name of its own`,
  );
}

/** Starts run after run, in order of time; none after one that could not be started. */
async function startedRuns(stateMachineArn: string, request: MonitorRequest, dues: readonly Date[]) {
  let started = 0;
  try {
    for (const due of dues) {
      const scheduledTime = due.toISOString();
      const name = `back-fill-${scheduledTime.replace(/\D/g, '')}-${randomUUID()}`;
      await startOnce({ stateMachineArn, name, input: { ...request, scheduledTime } });
      started += 1;
    }
    return { started };
  } catch (error) {
    return { started, unstarted: wordsOf(error) };
  }
}

const noWindows = (what: string) => new Failure('NothingToBackFill', what);

const notHere = () =>
  new Failure(
    'NothingToBackFill',
    'Model Monitor analyses past windows by schedules of their own, whose results nobody is told: see the output RunOnceCommand of the monitor, and docs/one-time-run.md',
  );
