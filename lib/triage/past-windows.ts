import type { MonitorRequest } from '../engine/serverless/contract';
import type { ExecutionReport } from '../outcome/contract';
import { dueBetween, HOUR_MILLISECONDS } from '../outcome/run-times';
import { Failure } from '../runtime/failure';

/** A range of past windows, and the request whose they are. */
export interface PastRange {
  /** windows that end after it */
  readonly from: Date;
  /** and at or before it */
  readonly until: Date;
  readonly request: Pick<MonitorRequest, 'windowHours' | 'clock' | 'labels'>;
}

/** A run that is past. */
export interface PastRun {
  readonly due: Date;
  /** ISO 8601 */
  readonly windowEnd: string;
}

/** The runs whose windows end in a range, in order: at the hours at which the monitor's run of the report was due, or by its clock. */
export function dueIn({ due, outcome }: ExecutionReport, { from, until, request }: PastRange): PastRun[] {
  const { windowHours: everyHours, clock, labels } = request;
  const later = (labels?.endHours ?? 0) * HOUR_MILLISECONDS;
  const [after, last] = [from, until].map((time) => time.getTime() + later);
  const step = everyHours * HOUR_MILLISECONDS;
  const known = Date.parse(due ?? outcome.windowEnd);
  const aligned = known + Math.floor((last - known) / step) * step;
  const dues = dueBetween({ everyHours, clock }, new Date(after), new Date(clock ? last : aligned));
  return dues.map((each) => ({ due: each, windowEnd: new Date(each.getTime() - later).toISOString() }));
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?Z?$/;

/** A day or a time of UTC. Throws `InvalidTime`. @param option of the command line */
export function timeIn(option: string, words: string): Date {
  const [day, time = '00:00'] = words.replace(/Z$/, '').split('T');
  const found = new Date(`${day}T${time}Z`);
  if (TIME.test(words) && !Number.isNaN(found.getTime()) && found.toISOString().startsWith(day)) return found;
  throw new Failure(
    'InvalidTime',
    `${option} is "${words}": a day as 2026-03-01, or a time of UTC as 2026-03-01T09:00, is needed`,
  );
}
