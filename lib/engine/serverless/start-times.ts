import { createHash } from 'node:crypto';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';

/** Minutes after the end of a window at which its run starts at the earliest, where nothing else is asked: captured data arrive some minutes late. */
export const SETTLE_MINUTES = 4;

/** Minutes over which the starts of all monitors are spread, so that they do not ask for the same functions and objects at once. */
const SPREAD_MINUTES = 3;

/** The longest time to wait, in minutes, where runs follow each other in so many hours: the last start is within the hour after the window, and before the next. */
export function maxSettleMinutes(intervalHours: number): number {
  return Math.min(1, intervalHours) * 60 - SPREAD_MINUTES;
}

/** How long a start is tried again, and after it a run may take. */
const RUN_MINUTES = 60 - SPREAD_MINUTES;

/** Minutes after the end of a window at which the run of a monitor starts: the same for each synthesis, since it follows from the monitor's id. */
export function startMinute(monitorId: string, settleMinutes: number): number {
  const [byte] = createHash('sha256').update(monitorId).digest();
  return settleMinutes + (byte % SPREAD_MINUTES);
}

/** How much later a run may start by a clock that is changed: one that it shows twice an hour later, one that it goes over when the reconciler has looked. */
const CHANGE_MINUTES = 60;

/** Minutes after the end of a window at which a run that left no report counts as missed. */
export function graceMinutes(settleMinutes: number, { timeZone }: MonitoringFrequency): number {
  return settleMinutes + SPREAD_MINUTES + RUN_MINUTES + (timeZone === 'UTC' ? 0 : CHANGE_MINUTES);
}
