import * as fc from 'fast-check';
import { hourPath } from '../../lib/outcome/contract';
import type { RunTimes } from '../../lib/outcome/origin/contract';
import {
  dueAt,
  dueBefore,
  dueBetween,
  fullHour,
  isSameTimes,
  reportFolder,
  windowBefore,
  windowUntil,
} from '../../lib/outcome/run-times';
import { holds } from '../analysis/property';

const at = (time: string) => new Date(`2026-03-${time}Z`);
const MONDAYS: RunTimes = { everyHours: 168, startHour: 6, clock: { timeZone: 'UTC', hour: 6, weekday: 1 } };

describe('a run', () => {
  test.each<[string, RunTimes, string, string]>([
    ['is due at its time', { everyHours: 1 }, '04T10:00:00.000', '04T10:00:00'],
    ['is due until the next one is', { everyHours: 1 }, '04T10:59:59.999', '04T10:00:00'],
    ['may be due at any full hour', { everyHours: 6 }, '04T11:04:00', '04T11:00:00'],
    ['may be due at certain ones', { everyHours: 6, startHour: 3 }, '04T14:59:59', '04T09:00:00'],
    ['may be due at that of the day before', { everyHours: 24, startHour: 23 }, '04T22:59:59', '03T23:00:00'],
    ['may be due each quarter of an hour', { everyHours: 0.25 }, '04T10:34:00', '04T10:30:00'],
    ['may be due each half hour, from the first on', { everyHours: 0.5, startHour: 0 }, '04T10:29:59', '04T10:00:00'],
    ['may be due on a day of the week', MONDAYS, '04T10:00:00', '02T06:00:00'],
  ])('%s: %j, at %s', (_, times, time, expected) => {
    expect(dueAt(times, at(time))).toEqual(at(expected));
  });

  test.each<[RunTimes, string, string]>([
    [{ everyHours: 1 }, '04T10:00:00', '04T09:00:00'],
    [{ everyHours: 24, startHour: 10 }, '01T10:00:00', '2026-02-28T10:00:00'],
    [{ everyHours: 0.25 }, '04T10:00:00', '04T09:45:00'],
    [MONDAYS, '09T06:00:00', '02T06:00:00'],
    [{ everyHours: 24, clock: { timeZone: 'Europe/Berlin', hour: 6 } }, '29T04:00:00', '28T05:00:00'],
  ])('%j analyses what was since the one before it', (times, due, start) => {
    const begin = start.includes('-') ? new Date(`${start}Z`) : at(start);
    expect(dueBefore(times, at(due))).toEqual(begin);
    expect(windowUntil(times, at(due))).toEqual({ start: begin, end: at(due) });
  });

  test('is found between two times, of which the first is not meant and the last is', () => {
    const between = (times: RunTimes, after: string, until: string) =>
      dueBetween(times, at(after), at(until)).map((due) => due.toISOString().slice(8, 16));
    expect(between({ everyHours: 0.5 }, '04T10:00:00', '04T11:00:00')).toEqual(['04T10:30', '04T11:00']);
    expect(between({ everyHours: 0.5 }, '04T09:59:59.999', '04T10:59:59.999')).toEqual(['04T10:00', '04T10:30']);
    expect(between(MONDAYS, '01T00:00:00', '20T00:00:00')).toEqual(['02T06:00', '09T06:00', '16T06:00']);
    expect(between(MONDAYS, '03T00:00:00', '09T05:59:59')).toEqual([]);
  });

  test('is followed by one whose window begins where its own ends, whatever the frequency', () => {
    const frequencies = fc.constantFrom<RunTimes>(
      ...[0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24].flatMap((everyHours) => [{ everyHours }, { everyHours, startHour: 0 }]),
      { everyHours: 24, startHour: 17 },
      MONDAYS,
      { everyHours: 24, startHour: 2, clock: { timeZone: 'Europe/Berlin', hour: 2 } },
    );
    const times = fc.date({ min: new Date('2024-01-01Z'), max: new Date('2030-12-31Z'), noInvalidDate: true });
    holds(
      fc.property(frequencies, times, (frequency, time) => {
        const due = dueAt(frequency, time);
        const before = dueBefore(frequency, due);
        expect(due <= time && before < due).toBe(true);
        expect(dueAt(frequency, new Date(due.getTime() - 1)) >= before).toBe(true);
        expect(dueAt(frequency, before)).toEqual(before);
        expect(dueBetween(frequency, new Date(before.getTime() - 1), due).at(0)).toEqual(before);
      }),
    );
  });
});

test('times are the same where all of them are', () => {
  const clock = { timeZone: 'Europe/Berlin', hour: 6, weekday: 1 };
  const times: RunTimes = { everyHours: 168, startHour: 6, clock };
  expect(isSameTimes(times, { ...times, clock: { ...clock } })).toBe(true);
  const others: Partial<RunTimes>[] = [
    { everyHours: 24 },
    { startHour: 7 },
    { clock: undefined },
    { clock: { ...clock, timeZone: 'Europe/Paris' } },
    { clock: { ...clock, hour: 7 } },
    { clock: { ...clock, weekday: 2 } },
  ];
  for (const other of others) expect(isSameTimes(times, { ...times, ...other })).toBe(false);
});

test.each([
  ['2026-03-04T09:00:00.000Z', '2026/03/04/09'],
  ['2026-03-04T09:59:59.999Z', '2026/03/04/09'],
  ['2026-12-31T23:59:59.999Z', '2026/12/31/23'],
])('the full hour of %s is that of %s', (time, path) => {
  expect(hourPath(fullHour(new Date(time)))).toBe(path);
  expect(hourPath(new Date(time))).toBe(path);
});

test.each([
  [1, '04T09:00:00', 'p/2026/03/04/09'],
  [24, '04T09:30:00', 'p/2026/03/04/09'],
  [0.25, '04T09:00:00', 'p/2026/03/04/09/00'],
  [0.5, '04T09:30:00', 'p/2026/03/04/09/30'],
])(
  'the report of a run each %d hours lies by its hour, and by its minute where an hour has several',
  (everyHours, due, prefix) => {
    expect(reportFolder({ bucket: 'b', prefix: 'p' }, { everyHours }, at(due))).toEqual({ bucket: 'b', prefix });
  },
);

test('a window reaches from so many hours to so many hours before the due hour', () => {
  const due = at('04T09:00:00');
  expect(windowBefore(due, 24)).toEqual({ start: at('03T09:00:00'), end: due });
  expect(windowBefore(due, 72, 48).end).toEqual(at('02T09:00:00'));
});
