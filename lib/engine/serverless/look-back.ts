// Which told windows a run looks at again, for objects that came later than the run after them could see. Pure.
import { HOUR_MILLISECONDS, type RunWindow } from '../../outcome/run-times';
import type { MonitorRequest } from './contract';
import { dueOf, requestBefore, windowOf } from './request-window';

/** Every run looks so far back, and the first one of a day so far, from when it is due. */
const EACH_RUN = 2 * HOUR_MILLISECONDS;
const EACH_DAY = 48 * HOUR_MILLISECONDS;
const DAY = 24 * HOUR_MILLISECONDS;

/** A window that was told, and the times between which what comes is for this run to see. */
export interface LookBack {
  readonly window: RunWindow;
  readonly after: Date;
  readonly until: Date;
}

/**
 * The windows before the last one that a run looks at again: those that were due in the two hours before it, and of the first run of a day, by UTC, in two days.
 * What comes to a window is seen by one run alone; what comes after the run behind that, by none: nobody looks at a time that has passed.
 */
export function lookBacks(request: MonitorRequest): LookBack[] {
  const [due, started] = [dueOf(request).getTime(), new Date(request.scheduledTime).getTime()];
  const before = requestBefore(request);
  const reach = isSameDay(due, dueOf(before).getTime()) ? EACH_RUN : EACH_DAY;
  const until = new Date(started + request.windowHours * HOUR_MILLISECONDS);
  const found: LookBack[] = [];
  let next = before;
  for (let one = requestBefore(next); due - dueOf(one).getTime() <= reach; one = requestBefore(one)) {
    const seen = lastSeen({ due, last: dueOf(before).getTime() }, dueOf(one).getTime(), dueOf(next).getTime());
    found.push({ window: windowOf(one), after: new Date(seen + started - due), until });
    next = one;
  }
  return found;
}

/** When the last run was due, before one, that saw what had come to a window: the run behind the window sees it, and those of the two hours after it. */
function lastSeen({ due, last }: { readonly due: number; readonly last: number }, told: number, next: number): number {
  if (due - told <= EACH_RUN) return last;
  return Math.max(due - DAY, next, told + EACH_RUN);
}

const isSameDay = (one: number, other: number): boolean => Math.floor(one / DAY) === Math.floor(other / DAY);
