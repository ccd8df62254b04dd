import { CloudError } from '../cloud-error';
import { clockOf, type ZoneClock } from '../semantics/zone-clock';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Of the six fields of a cron expression, the one of days of the week. */
const WEEKDAY_FIELD = 4;
const UNIT_MINUTES: Record<string, number> = { minute: 1, hour: 60, day: 1440 };

/** Tells whether a schedule is due at a full minute, given in epoch milliseconds UTC. */
export type ScheduleTest = (time: number) => boolean;

/**
 * Reads `rate(1 hour)` and `cron(20 * * * ? *)` with numbers, names of weekdays, lists, ranges, steps, `*` and `?`; throws on anything else. A time that the
 * clocks of the zone go over is skipped, and one that they show twice is due once.
 *
 * A rate is first due at the first full minute at or after `start` (epoch milliseconds), then after each interval.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseSchedule(expression: string, start: number, timeZone = 'UTC'): ScheduleTest {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const interval = Number(rate[1]) * (UNIT_MINUTES[rate[2] ?? ''] ?? Number.NaN) * MINUTE;
    const first = Math.ceil(start / MINUTE) * MINUTE;
    return (time) => time >= first && (time - first) % interval === 0;
  }
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression);
  if (cron === null) {
    throw new CloudError(
      'NotRehearsed',
      `the rehearsal does not know the schedule '${expression}': rate(value unit) or cron(six fields)`,
    );
  }
  return cronTest(
    cron.slice(1).map((field, index) => (index === WEEKDAY_FIELD ? numbered(field) : field)),
    timeZone,
  );
}

/** Every full minute from `start` up to `end`, epoch milliseconds, at which a schedule is due. */
export function dueTimes(due: ScheduleTest, start: number, end: number): number[] {
  const times: number[] = [];
  for (let time = Math.ceil(start / MINUTE) * MINUTE; time < end; time += MINUTE) {
    if (due(time)) {
      times.push(time);
    }
  }
  return times;
}

/** The first full minute from `start` up to `end` at which a schedule is due. */
export function firstDue(due: ScheduleTest, start: number, end: number): number | undefined {
  for (let time = Math.ceil(start / MINUTE) * MINUTE; time < end; time += MINUTE) if (due(time)) return time;
  return undefined;
}

/** From the due time before one that is due, in epoch milliseconds, up to that one: a day at most. */
export function analysedWindow(expression: string, dueTime: number): { readonly start: number; readonly end: number } {
  const before = dueTimes(parseSchedule(expression, dueTime - DAY), dueTime - DAY, dueTime).at(-1);
  return { start: before ?? dueTime - DAY, end: dueTime };
}

function cronTest(fields: string[], timeZone: string): ScheduleTest {
  const ranges = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12],
    [1, 7],
    [1970, 2199],
  ] as const;
  const tests = ranges.map(([low, high], index) => fieldTest(fields[index] ?? '', low, high));
  const clock = clockOf(timeZone);
  return (time) => {
    const date = new Date(clock(time));
    const values = [
      date.getUTCMinutes(),
      date.getUTCHours(),
      date.getUTCDate(),
      date.getUTCMonth() + 1,
      date.getUTCDay() + 1, // 1 is Sunday
      date.getUTCFullYear(),
    ];
    const isDue = tests.every((test, index) => test(values[index] ?? Number.NaN));
    return isDue && !wasShown(clock, time);
  };
}

/** By how many minutes clocks are put back. */
const PUT_BACK = [30, 60, 120];

/**
 * Whether clocks that were put back have shown the same before.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
function wasShown(clock: ZoneClock, time: number): boolean {
  const local = clock(time);
  return PUT_BACK.some((minutes) => clock(time - minutes * MINUTE) === local);
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Names of days of the week as numbers, of which 1 is Sunday. */
function numbered(field: string): string {
  return field.replace(/[A-Z]{3}/g, (name) => (WEEKDAYS.includes(name) ? `${WEEKDAYS.indexOf(name) + 1}` : name));
}

function fieldTest(field: string, low: number, high: number): (value: number) => boolean {
  if (field === '*' || field === '?') {
    return () => true;
  }
  const parts = field.split(',').map((part) => {
    const match = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) {
      throw new CloudError('NotRehearsed', `the rehearsal does not know '${part}' in a cron expression`);
    }
    const [, star, from, to, step] = match;
    const first = star === undefined ? Number(from) : low;
    const last = to !== undefined ? Number(to) : star !== undefined || step !== undefined ? high : first;
    return (value: number) => value >= first && value <= last && (value - first) % Number(step ?? 1) === 0;
  });
  return (value) => parts.some((part) => part(value));
}
