import { isPassedOver } from '../../outcome/clock-time';
import { dueBetween, HOUR_MILLISECONDS, isSameTimes } from '../../outcome/run-times';
import type { ClaimedRun, ExpectedMonitor, JudgedRun, Reconciled, Turn } from './contract';

const MINUTE_MILLISECONDS = 60_000;

/** How far back a reconciler that did not run for a time catches up. */
const CATCH_UP_HOURS = 26;

/** Of the serverless engine in versions that do not remember the time of grace. */
const FORMER_GRACE_MINUTES = 80;

/**
 * What to remember of a monitor from this reconciliation on; a new monitor, or one with another schedule or other hours, is expected from now.
 *
 * Another schedule is one that was made anew, too: while a monitor was away, or on another engine, nothing was due. A reconciliation that is repeated, or comes
 * after one of a later hour, has nothing new: `before` itself is returned. Its hours have been judged, and its list of monitors may be an old one.
 *
 * @param scheduledTime of this reconciliation, ISO 8601
 */
export function reconciledNow(
  monitor: ExpectedMonitor,
  before: Reconciled | undefined,
  scheduledTime: string,
): Reconciled {
  const { engine, scheduleIdentity, everyHours, startHour, clock, graceMinutes } = monitor;
  const known = isSameSchedule(monitor, before) ? before : undefined;
  const isSame = known !== undefined && isSameTimes(known, monitor);
  const ahead = before ? Date.parse(scheduledTime) - Date.parse(before.until) : 1;
  if (before && (ahead < 0 || (ahead === 0 && isSame))) return before;
  return {
    since: isSame ? known.since : scheduledTime,
    until: scheduledTime,
    knownSince: known ? (known.knownSince ?? known.since) : scheduledTime,
    engine,
    scheduleIdentity,
    everyHours,
    startHour,
    clock,
    graceMinutes,
  };
}

function isSameSchedule({ engine, scheduleIdentity }: ExpectedMonitor, before?: Reconciled): before is Reconciled {
  return before?.engine === engine && (before.scheduleIdentity ?? scheduleIdentity) === scheduleIdentity;
}

/**
 * When the runs were due that have to be judged now: those whose time of grace ended after the last reconciliation and
 * not after this one, so each is judged once. At most 26 hours back; in order of time; none for a new monitor.
 */
export function dueRuns(monitor: ExpectedMonitor, before: Reconciled | undefined, now: Reconciled): Date[] {
  const to = judgedUntil(monitor, now);
  const earliest = to - CATCH_UP_HOURS * HOUR_MILLISECONDS;
  const from = Math.max(before ? judgedUntil(monitor, before) : to, earliest, Date.parse(now.since) - 1);
  return dueBetween(monitor, new Date(from), new Date(to));
}

/**
 * When the runs were due whose start the clock went over, as it did over 02:04 when it was changed from 02:00 to 03:00: their schedule skips them. Those
 * that should have started by this reconciliation and are not judged yet; the same ones at each.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function passedOverRuns(monitor: ExpectedMonitor, now: Reconciled): Date[] {
  const { clock, start } = monitor;
  if (!clock || !start) return [];
  const from = Math.max(judgedUntil(monitor, now), Date.parse(now.since) - 1);
  const to = Date.parse(now.until) - start.minute * MINUTE_MILLISECONDS;
  const due = dueBetween(monitor, new Date(from), new Date(to));
  return due.filter((time) => isPassedOver(clock, time, start.minute));
}

/** Hours after a run was due in which labels may come late: the run is made once more when they are over. */
export const LATE_LABEL_HOURS = 24;

/** Labels that lie below the last of these hours were written in it. */
const REVISED_HOURS = LATE_LABEL_HOURS + 1;

/** When those of open runs were due whose time for late labels is over. */
export function revisableRuns(before: Reconciled | undefined, now: Reconciled): Date[] {
  const latest = Date.parse(now.until) - REVISED_HOURS * HOUR_MILLISECONDS;
  return (before?.open ?? []).map((due) => new Date(due)).filter((due) => due.getTime() <= latest);
}

/** Up to when runs that were due had been judged at a reconciliation, in epoch milliseconds: by the time of grace that they had then. */
function judgedUntil(monitor: ExpectedMonitor, { until, graceMinutes }: Reconciled): number {
  const former = monitor.engine === 'serverless' ? FORMER_GRACE_MINUTES : monitor.graceMinutes;
  return Date.parse(until) - (graceMinutes ?? former) * MINUTE_MILLISECONDS;
}

/** Twice as long as the reconciler's function may run: whoever has not told by then what it took on will not. */
const TELLING_MINUTES = 10;

/** Judgements that a reconciliation takes on, and those that another one is telling. */
export interface Untold {
  readonly taken: ClaimedRun[];
  readonly underWay: readonly ClaimedRun[];
}

/** What is to be told now: what was judged now, and before that what was taken on and not told, of as many runs as are caught up with: 26, or those of 26 hours. */
export function untoldNow(before: Reconciled | undefined, judged: readonly JudgedRun[], now: Date): Untold {
  const untold = before?.untold ?? [];
  const oldest = now.getTime() - TELLING_MINUTES * MINUTE_MILLISECONDS;
  const isUnderWay = ({ claimedAt }: ClaimedRun) => Date.parse(claimedAt) > oldest;
  const left = untold.filter((run) => !isUnderWay(run));
  const claimedAt = now.toISOString();
  const most = CATCH_UP_HOURS / Math.min(before?.everyHours ?? 1, 1);
  const runs = [...left, ...judged].slice(-most);
  const taken = runs.map(({ due, traced }) => ({ due, traced, claimedAt }));
  return { taken, underWay: untold.filter(isUnderWay) };
}

/** When those of judged runs were due that may still come to something else, for as long as a reconciler catches up: they are looked at again. */
export function openRuns(judged: readonly JudgedRun[], now: Reconciled): string[] {
  const earliest = Date.parse(now.until) - CATCH_UP_HOURS * HOUR_MILLISECONDS;
  return judged.filter(({ due, isOpen }) => isOpen && Date.parse(due) >= earliest).map(({ due }) => due);
}

/** A memory with what is not told. */
export function withUntold(memory: Reconciled, untold: readonly ClaimedRun[]): Reconciled {
  return { ...memory, untold: untold.length > 0 ? untold : undefined };
}

/**
 * Since when executions of a schedule are looked at: from its first reconciliation on, or the beginning of its engine's turn before that, whatever
 * its hours were then, and not before the earliest run to judge.
 *
 * @param turn the last one, whose engine is the monitor's; absent where turns are not known
 */
export function executionsSince(monitor: ExpectedMonitor, now: Reconciled, turn?: Turn): Date {
  const known = Date.parse(now.knownSince ?? now.since);
  const since = turn?.engine === monitor.engine ? Math.min(known, Date.parse(turn.since)) : known;
  return new Date(Math.max(since, earliestExecution(monitor, Date.parse(now.until))));
}

/** When the earliest run was due that is still of interest, in epoch milliseconds. */
export function earliestExecution({ graceMinutes }: ExpectedMonitor, now: number): number {
  return now - CATCH_UP_HOURS * HOUR_MILLISECONDS - graceMinutes * MINUTE_MILLISECONDS;
}
