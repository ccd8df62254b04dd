import {
  dueOf,
  labelTimes,
  reportFolderOf,
  requestBefore,
  windowOf,
} from '../../../lib/engine/serverless/request-window';
import type { ClockTime } from '../../../lib/outcome/origin/contract';
import { MONITOR_REQUEST } from '../../handlers/requests';

test.each([
  ['2026-03-04T10:00:00.000Z', 1, '2026-03-04T09:00:00.000Z', '2026-03-04T10:00:00.000Z'],
  ['2026-03-04T09:59:59.999Z', 1, '2026-03-04T08:00:00.000Z', '2026-03-04T09:00:00.000Z'],
  ['2026-03-04T10:49:00Z', 0.25, '2026-03-04T10:30:00.000Z', '2026-03-04T10:45:00.000Z'],
  ['2026-03-04T10:04:00Z', 0.5, '2026-03-04T09:30:00.000Z', '2026-03-04T10:00:00.000Z'],
  ['2026-03-01T01:20:00Z', 24, '2026-02-28T01:00:00.000Z', '2026-03-01T01:00:00.000Z'],
])('a run at %s over %d hours analyses %s to %s', (scheduledTime, windowHours, start, end) => {
  const window = windowOf({ ...MONITOR_REQUEST, scheduledTime, windowHours });
  expect([window.start.toISOString(), window.end.toISOString()]).toEqual([start, end]);
});

test('the window of the run before ends where this one begins, and all else of its request is the same', () => {
  const request = { ...MONITOR_REQUEST, windowHours: 6 };
  const before = requestBefore(request);
  expect(windowOf(before).end).toEqual(windowOf(request).start);
  expect(before).toEqual({ ...request, scheduledTime: '2026-03-04T04:00:00.000Z' });
});

test.each<[string, ClockTime, string, string]>([
  [
    '2026-03-04T08:04:00Z',
    { timeZone: 'UTC', hour: 6, weekday: 1 },
    '2026-02-23T06:00:00.000Z',
    '2026-03-02T06:00:00.000Z',
  ],
  [
    '2026-03-29T04:04:00Z',
    { timeZone: 'Europe/Berlin', hour: 6 },
    '2026-03-28T05:00:00.000Z',
    '2026-03-29T04:00:00.000Z',
  ],
])('a run at %s by %j analyses %s to %s', (scheduledTime, clock, start, end) => {
  const window = windowOf({ ...MONITOR_REQUEST, scheduledTime, windowHours: 24, clock });
  expect([window.start.toISOString(), window.end.toISOString()]).toEqual([start, end]);
});

describe('where labels come later than predictions', () => {
  const labelled = (startHours: number, endHours: number, clock?: ClockTime) => ({
    ...MONITOR_REQUEST,
    scheduledTime: '2026-03-29T10:04:00Z',
    windowHours: clock ? 24 : 1,
    clock,
    labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours, endHours },
  });
  const berlin: ClockTime = { timeZone: 'Europe/Berlin', hour: 6 };

  test.each<[string, ReturnType<typeof labelled>, string, string]>([
    ['since the last run', labelled(1, 0), '2026-03-29T09:00:00.000Z', '2026-03-29T10:00:00.000Z'],
    ['a day later', labelled(25, 24), '2026-03-28T09:00:00.000Z', '2026-03-28T10:00:00.000Z'],
    ['over a week', labelled(192, 24), '2026-03-21T10:00:00.000Z', '2026-03-28T10:00:00.000Z'],
    ['for half of the time', labelled(2, 1.5), '2026-03-29T08:00:00.000Z', '2026-03-29T08:30:00.000Z'],
    // 23 hours, as clocks were changed, seen a day later
    ['a day later, by a clock', labelled(48, 24, berlin), '2026-03-27T05:00:00.000Z', '2026-03-28T04:00:00.000Z'],
  ])('a window is so much earlier: %s', (_, request, start, end) => {
    const window = windowOf(request);
    expect([window.start.toISOString(), window.end.toISOString()]).toEqual([start, end]);
    expect(labelTimes(request)).toEqual({ start: new Date(start), end: dueOf(request) });
  });

  test('the run before is that of an hour ago, whatever the window', () => {
    expect(requestBefore(labelled(192, 24)).scheduledTime).toBe('2026-03-29T09:00:00.000Z');
  });
});

test('the report lies by when the run was due, with its minute where an hour has several runs', () => {
  const request = { ...MONITOR_REQUEST, scheduledTime: '2026-03-04T10:49:00Z' };
  expect(reportFolderOf(request)).toEqual({ bucket: 'out', prefix: 'reports/dq/2026/03/04/10' });
  expect(reportFolderOf({ ...request, windowHours: 0.25 }).prefix).toBe('reports/dq/2026/03/04/10/45');
  expect(dueOf({ ...request, windowHours: 0.25 })).toEqual(new Date('2026-03-04T10:45:00Z'));
});
