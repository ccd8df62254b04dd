// When runs are due, which times each analyses, and where its report lies: pure, and the same for whoever asks.
import { folderIn, type PrefixLocation } from '../core/contract';
import { lastShown } from './clock-time';
import { hourPath } from './contract';
import type { RunTimes } from './origin/contract';

/** The times that a run analyses: `start` is in it, `end` is not. */
export interface RunWindow {
  readonly start: Date;
  readonly end: Date;
}

/** Milliseconds of an hour. */
export const HOUR_MILLISECONDS = 3_600_000;

/** When the last run was due at or before a time. */
export function dueAt({ everyHours, startHour, clock }: RunTimes, time: Date): Date {
  if (clock) return lastShown(clock, time);
  const step = (startHour === undefined ? Math.min(everyHours, 1) : everyHours) * HOUR_MILLISECONDS;
  const first = (startHour ?? 0) * HOUR_MILLISECONDS;
  return new Date(Math.floor((time.getTime() - first) / step) * step + first);
}

/** When the run before one was due. */
export function dueBefore(times: RunTimes, due: Date): Date {
  if (times.clock) return lastShown(times.clock, new Date(due.getTime() - 1));
  return new Date(due.getTime() - times.everyHours * HOUR_MILLISECONDS);
}

/** When the runs were due after a time, up to and with another one; in order. */
export function dueBetween(times: RunTimes, after: Date, until: Date): Date[] {
  const found: Date[] = [];
  for (let due = dueAt(times, until); due > after; due = dueBefore(times, due)) found.unshift(due);
  return found;
}

/** Whether runs are due at the same times. */
export function isSameTimes(one: RunTimes, other: RunTimes): boolean {
  const timesOf = ({ everyHours, startHour, clock }: RunTimes) =>
    JSON.stringify([everyHours, startHour, clock?.timeZone, clock?.hour, clock?.weekday]);
  return timesOf(one) === timesOf(other);
}

/** What a run analyses: from when the run before it was due up to when it was due itself. */
export function windowUntil(times: RunTimes, due: Date): RunWindow {
  return { start: dueBefore(times, due), end: due };
}

/** The window from so many hours to so many hours before a run was due. */
export function windowBefore(due: Date, startHours: number, endHours = 0): RunWindow {
  const before = (hours: number) => new Date(due.getTime() - hours * HOUR_MILLISECONDS);
  return { start: before(startHours), end: before(endHours) };
}

/** The full hour at or before a time. */
export function fullHour(time: Date): Date {
  return new Date(Math.floor(time.getTime() / HOUR_MILLISECONDS) * HOUR_MILLISECONDS);
}

/** The folder of a run's report below those of its monitor, by the hour at which the run was due, as SageMaker names it; where an hour has several runs, by its minute, too. */
export function reportPath({ everyHours }: RunTimes, due: Date): string {
  const minutes = everyHours < 1 ? `/${String(due.getUTCMinutes()).padStart(2, '0')}` : '';
  return `${hourPath(due)}${minutes}`;
}

/** The folder of a run's report. */
export function reportFolder(output: PrefixLocation, times: RunTimes, due: Date): PrefixLocation {
  return folderIn(output, reportPath(times, due));
}
