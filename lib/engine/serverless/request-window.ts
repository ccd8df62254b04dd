import type { PrefixLocation } from '../../core/contract';
import type { RunTimes } from '../../outcome/origin/contract';
import {
  dueAt,
  dueBefore,
  HOUR_MILLISECONDS,
  type RunWindow,
  reportFolder,
  windowBefore,
  windowUntil,
} from '../../outcome/run-times';
import { hourBefore } from './captured-keys';
import type { MonitorRequest } from './contract';

/** When the runs of a request's monitor are due; whoever starts one by hand may do so at any time that is as full. */
export function timesOf({ windowHours, clock }: MonitorRequest): RunTimes {
  return { everyHours: windowHours, clock };
}

/** When the run of a request was due. */
export function dueOf(request: MonitorRequest): Date {
  return dueAt(timesOf(request), new Date(request.scheduledTime));
}

/** The window of a request's run, which ends when it was due, or as much earlier as labels come later. */
export function windowOf(request: MonitorRequest): RunWindow {
  const { labels, windowHours } = request;
  const { startHours, endHours } = labels ?? { startHours: windowHours, endHours: 0 };
  if (startHours - endHours !== windowHours) return windowBefore(dueOf(request), startHours, endHours);
  const { start, end } = windowUntil(timesOf(request), dueOf(request));
  return { start: windowBefore(start, endHours).start, end: windowBefore(end, endHours).start };
}

/** When labels of a window may have been written: from its begin, up to the time at which the run is due, or so many hours after it. */
export function labelTimes(request: MonitorRequest): RunWindow {
  const due = dueOf(request).getTime();
  const end = new Date(due + (request.lateLabelHours ?? 0) * HOUR_MILLISECONDS);
  return { start: windowOf(request).start, end };
}

/** The folder of a request's report. */
export function reportFolderOf(request: MonitorRequest): PrefixLocation {
  return reportFolder(request.output, timesOf(request), dueOf(request));
}

/** The request of the run before. */
export function requestBefore(request: MonitorRequest): MonitorRequest {
  return { ...request, scheduledTime: dueBefore(timesOf(request), dueOf(request)).toISOString() };
}

/** The hours that a run looks at in any case: those of its window and of the one before it, and the hour before both, whose files may go on into them. */
export function hoursOfRun(request: MonitorRequest): RunWindow {
  return { start: hourBefore(windowOf(requestBefore(request))).start, end: windowOf(request).end };
}
