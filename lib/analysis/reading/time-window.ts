import type { RecordProblem } from './defects';

/** Milliseconds since 1970, UTC: times in [start, end). */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

const HOUR = 3_600_000;

/**
 * Where a record of this time is, seen from a window; `inside` without one. Files lie by the hour in which they were begun, and take records for minutes: of a window, those of its hours
 * and of the hour before are read. A record of another hour than these, and than the one after, is `elsewhere`: in no window that reads its file.
 */
export function placeInTime(time: number, window?: TimeWindow): 'inside' | 'beside' | 'elsewhere' {
  if (!window || (time >= window.start && time < window.end)) return 'inside';
  const [first, last] = [Math.floor(window.start / HOUR) - 1, Math.ceil(window.end / HOUR) + 1];
  return time >= first * HOUR && time < last * HOUR ? 'beside' : 'elsewhere';
}

/** Of a record that no window has. */
export const TIME_ELSEWHERE: RecordProblem = {
  reason: 'time-elsewhere',
  detail: 'its time is hours off the hour in whose folder its file lies, so that no window has it',
};
