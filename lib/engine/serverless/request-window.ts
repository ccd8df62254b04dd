import type { PrefixLocation } from '../../core/contract';
import { dueAt, dueBefore, type RunTimes, type RunWindow, reportFolder, windowUntil } from '../../outcome/run-times';
import type { MonitorRequest } from './contract';

/** When the runs of a request's monitor are due; whoever starts one by hand may do so at any time that is as full. */
export function timesOf({ windowHours, clock }: MonitorRequest): RunTimes {
  return { everyHours: windowHours, clock };
}

/** When the run of a request was due. */
export function dueOf(request: MonitorRequest): Date {
  return dueAt(timesOf(request), new Date(request.scheduledTime));
}

/** The window of a request's run, which ends when it was due. */
export function windowOf(request: MonitorRequest): RunWindow {
  return windowUntil(timesOf(request), dueOf(request));
}

/** The folder of a request's report. */
export function reportFolderOf(request: MonitorRequest): PrefixLocation {
  return reportFolder(request.output, timesOf(request), dueOf(request));
}

/** The request of the run before, whose window ends where this one begins. */
export function requestBefore(request: MonitorRequest): MonitorRequest {
  return { ...request, scheduledTime: dueBefore(timesOf(request), dueOf(request)).toISOString() };
}
