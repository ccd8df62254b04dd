import { clockOf } from '../zone-clock';
import { alarmError } from './measurement';

/** When the last period ended that is looked at, at a time; both in epoch milliseconds. */
export type LastEnd = (time: number) => number;

const MINUTE = 60_000;
const DAY_SECONDS = 86_400;

/** Periods whose boundaries a clock has; that of a week is refused, as nobody says with which day it begins. */
const BY_CLOCK: readonly number[] = [60, 300, 3600, DAY_SECONDS];

/** Where periods end: at each last full minute, so that the window slides, or at full periods of the clocks of a zone. */
export interface EvaluationWindow {
  readonly lastEnd: LastEnd;
  /** when the period before one began that begins then */
  readonly beginBefore: LastEnd;
}

/**
 * Reads EvaluationWindow. A window by a wall clock has complete periods alone: what comes within one counts when it is over.
 *
 * @throws AlarmStateError on a period that no clock has
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
 */
export function evaluationWindow(window: unknown, periodSeconds: number): EvaluationWindow {
  const { WallClockWindow: wallClock } = (window ?? {}) as { WallClockWindow?: { Timezone?: unknown } };
  if (wallClock === undefined) return sliding(periodSeconds);
  if (!BY_CLOCK.includes(periodSeconds)) {
    throw alarmError('NotSupported', `a wall clock window is known here of ${BY_CLOCK} seconds, not ${periodSeconds}`);
  }
  const lastEnd = boundaries(String(wallClock.Timezone ?? 'UTC'), periodSeconds * 1000);
  return { lastEnd, beginBefore: (begin) => lastEnd(begin - MINUTE) };
}

function sliding(periodSeconds: number): EvaluationWindow {
  const step = Math.min(periodSeconds * 1000, MINUTE);
  return {
    lastEnd: (time) => Math.floor(time / step) * step,
    beginBefore: (begin) => begin - periodSeconds * 1000,
  };
}

/** A day of 23 or 25 hours begins and ends at midnight, too. */
function boundaries(timeZone: string, period: number): LastEnd {
  const clock = clockOf(timeZone);
  return (time) => {
    const minute = Math.floor(time / MINUTE) * MINUTE;
    const found = minute - (clock(minute) % period);
    const beyond = clock(found) % period;
    return beyond <= period / 2 ? found - beyond : found + period - beyond;
  };
}
