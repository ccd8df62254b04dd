import type { ClockTime } from './origin/contract';

const MINUTE_MILLISECONDS = 60_000;
const DAY_MILLISECONDS = 86_400_000;

/** Days that are looked at: the next one, since a zone may be ahead of UTC, and a week. */
const DAYS = 9;

/**
 * The last moment, at or before a time, at which the clocks of a zone showed a time. Where they went over it, it is the moment at which they did, so
 * that no day is without; where they showed it twice, the first of both.
 */
export function lastShown(clock: ClockTime, time: Date): Date {
  const midnight = Math.floor(localTime(clock.timeZone, time.getTime()) / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  for (let back = -1; back < DAYS; back++) {
    const day = midnight - back * DAY_MILLISECONDS;
    if (clock.weekday !== undefined && clock.weekday !== weekdayOf(day)) continue;
    const shown = firstMoment(clock.timeZone, day + clock.hour * 60 * MINUTE_MILLISECONDS);
    if (shown <= time.getTime()) return new Date(shown);
  }
  throw new Error(`no day has ${JSON.stringify(clock)}`); // weekday is no number from 1 to 7
}

/** Whether the clocks went over so many minutes after the hour that they should have shown at a moment of `lastShown`. */
export function isPassedOver({ timeZone, hour }: ClockTime, shown: Date, minute: number): boolean {
  const local = localTime(timeZone, shown.getTime() + minute * MINUTE_MILLISECONDS);
  return local % DAY_MILLISECONDS !== (hour * 60 + minute) * MINUTE_MILLISECONDS;
}

/** 1 is Monday; the first day of the epoch was a Thursday. */
function weekdayOf(midnight: number): number {
  return ((midnight / DAY_MILLISECONDS + 3) % 7) + 1;
}

/** The first moment at which the clocks of a zone show a local time, given as if it were UTC, or go over it; in epoch milliseconds. */
function firstMoment(timeZone: string, local: number): number {
  const around = [local - DAY_MILLISECONDS, local + DAY_MILLISECONDS] as const;
  const shown = around
    .map((moment) => local - (localTime(timeZone, moment) - moment))
    .find((moment) => localTime(timeZone, moment) === local);
  return shown ?? leap(timeZone, local, around);
}

/** When the clocks go over a local time, which is between two moments. */
function leap(timeZone: string, local: number, [earliest, latest]: readonly [number, number]): number {
  let before = earliest;
  let after = latest;
  while (after - before > MINUTE_MILLISECONDS) {
    const middle = Math.floor((before + after) / 2 / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
    if (localTime(timeZone, middle) > local) after = middle;
    else before = middle;
  }
  return after;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show at a moment, to the minute, as if it were UTC. */
function localTime(timeZone: string, moment: number): number {
  const format = FORMATS.get(timeZone) ?? newFormat(timeZone);
  FORMATS.set(timeZone, format);
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const [year, month, day, hour, minutes] = (['year', 'month', 'day', 'hour', 'minute'] as const).map(
    (type) => parts.get(type) ?? Number.NaN,
  );
  return Date.UTC(year, month - 1, day, hour, minutes);
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    ...numeric,
  });
}
