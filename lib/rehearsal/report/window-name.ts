import type { WindowResult } from '../result';

/** "14:00 – 15:00" of a window in UTC; with the day where a window is longer than one. */
export function windowName({ outcome }: WindowResult): string {
  const hours = (Date.parse(outcome.windowEnd) - Date.parse(outcome.windowStart)) / 3_600_000;
  const format = hours >= 24 ? formatTime : timeOfDay;
  return `${format(outcome.windowStart)} – ${format(outcome.windowEnd)}`;
}

/** "2026-03-02 14:05" of an ISO 8601 time in UTC; text that is no time as it is. */
export function formatTime(time: string): string {
  const parsed = new Date(time);
  return Number.isNaN(parsed.getTime()) ? time : parsed.toISOString().slice(0, 16).replace('T', ' ');
}

function timeOfDay(time: string): string {
  return formatTime(time).slice(-5);
}
