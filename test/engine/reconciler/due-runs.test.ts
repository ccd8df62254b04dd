import type { ExpectedMonitor, Reconciled, Turn } from '../../../lib/engine/reconciler/contract';
import {
  dueRuns,
  executionsSince,
  openRuns,
  passedOverRuns,
  reconciledNow,
  revisableRuns,
  untoldNow,
  withUntold,
} from '../../../lib/engine/reconciler/due-runs';

const HOURLY: ExpectedMonitor = {
  id: 'Stack/DataQuality',
  kind: 'DataQuality',
  engine: 'serverless',
  everyHours: 1,
  startHour: 0,
  graceMinutes: 80,
  output: { bucket: 'out', prefix: 'reports' },
  scheduleIdentity: 'Schedule-1',
};

const at = (time: string) => (time.includes('T') ? time : `2026-03-04T${time}Z`);

/** What is judged at each of these reconciliations, as `dd/hh`; the first one makes the monitor known. */
function judged(monitor: ExpectedMonitor, ...times: string[]): string[][] {
  let before: Reconciled | undefined;
  return times.map((time) => {
    const now = reconciledNow(monitor, before, at(time));
    const due = dueRuns(monitor, before, now);
    before = now;
    return due.map((hour) => `${hour.toISOString().slice(8, 10)}/${hour.toISOString().slice(11, 13)}`);
  });
}

test('a run is judged at the very end of its time of grace, and not again at the next reconciliation', () => {
  expect(judged(HOURLY, '08:20:00', '09:20:00', '10:20:00', '11:20:00')).toEqual([[], [], ['04/09'], ['04/10']]);
});

test.each([
  ['ends in a millisecond is not judged yet', '10:19:59.999', [[], ['04/09']]],
  ['ends now is judged, and not again a second later', '10:20:00.000', [['04/09'], []]],
])('a run whose time of grace %s', (_, first, expected) => {
  expect(judged(HOURLY, '08:30:00', first, '10:20:01')).toEqual([[], ...expected]);
});

test('a reconciliation that comes late judges nothing, and what was judged before it is not judged again', () => {
  expect(judged(HOURLY, '08:20:00', '11:20:00', '10:20:00', '12:20:00')).toEqual([
    [],
    ['04/09', '04/10'],
    [],
    ['04/11'],
  ]);
});

test('a reconciliation that comes late, or again, leaves what is remembered as it is', () => {
  const known = reconciledNow(HOURLY, undefined, at('10:20:00'));
  expect(reconciledNow(HOURLY, known, at('10:20:00'))).toBe(known);
  expect(reconciledNow({ ...HOURLY, scheduleIdentity: 'Schedule-0' }, known, at('10:19:59'))).toBe(known);
  const other = { ...HOURLY, scheduleIdentity: 'Schedule-2' };
  expect(reconciledNow(other, known, at('10:20:00'))).toMatchObject({ scheduleIdentity: 'Schedule-2' });
});

describe('what is told', () => {
  const known = reconciledNow(HOURLY, undefined, at('10:20:00'));
  const runs = Array.from({ length: 27 }, (_, hour) => ({ due: String(hour), traced: false, isOpen: true }));
  const claimed = (from: number, to: number, claimedAt: string) =>
    runs.slice(from, to).map(({ due, traced }) => ({ due, traced, claimedAt: new Date(at(claimedAt)).toISOString() }));
  const now = new Date(at('10:20:10'));

  test('is what was judged now, from now on', () => {
    const taken = claimed(0, 2, '10:20:10');
    expect(untoldNow(undefined, runs.slice(0, 2), now)).toEqual({ taken, underWay: [] });
    expect(untoldNow(known, [], now)).toEqual({ taken: [], underWay: [] });
  });

  test('is what another took on ten minutes ago, and not what one takes on that may be telling it still', () => {
    const underWay = claimed(1, 2, '10:10:11');
    const before = withUntold(known, [...claimed(0, 1, '10:10:10'), ...underWay]);
    const taken = [...claimed(0, 1, '10:20:10'), ...claimed(2, 3, '10:20:10')];
    expect(untoldNow(before, runs.slice(2, 3), now)).toEqual({ taken, underWay });
  });

  test('is of the last 26 runs, where nothing could be told for long', () => {
    const { taken } = untoldNow(withUntold(known, claimed(0, 2, '09:20:00')), runs.slice(2), now);
    expect(taken).toEqual(claimed(1, 27, '10:20:10'));
  });

  test('is of the last 26 hours, where an hour has several runs', () => {
    const before = { ...known, everyHours: 0.5 };
    expect(untoldNow(withUntold(before, claimed(0, 2, '09:20:00')), runs.slice(2), now).taken).toHaveLength(27);
    const many = Array.from({ length: 53 }, () => runs[0]);
    expect(untoldNow(before, many, now).taken).toHaveLength(52);
  });

  test('is looked at again for 26 hours where it may come to something else', () => {
    const run = (due: string, isOpen: boolean) => ({ due: `2026-03-${due}:00:00Z`, traced: true, isOpen });
    const judged = [run('03T08', true), run('03T09', true), run('04T08', true), run('04T09', false)];
    const later = { ...known, until: '2026-03-04T11:00:00Z' };
    expect(openRuns(judged, later)).toEqual(['2026-03-03T09:00:00Z', '2026-03-04T08:00:00Z']);
  });

  test('is run once more for its labels 25 hours after it was due, and not before', () => {
    const open = ['2026-03-03T09:00:00Z', '2026-03-03T10:00:00Z', '2026-03-03T11:00:00Z'];
    const revised = revisableRuns({ ...known, open }, { ...known, until: '2026-03-04T11:00:00Z' });
    expect(revised.map((due) => due.getUTCHours())).toEqual([9, 10]);
    expect(revisableRuns(known, known)).toEqual([]);
    expect(revisableRuns(undefined, known)).toEqual([]);
  });

  test('is not remembered where it is nothing', () => {
    expect(withUntold(withUntold(known, claimed(0, 1, '10:20:10')), []).untold).toBeUndefined();
  });
});

test('a monitor is expected from the hour at which it became known on, that hour included', () => {
  expect(judged(HOURLY, '09:00:00', '12:00:00')).toEqual([[], ['04/09', '04/10']]);
  expect(judged(HOURLY, '09:00:00.001', '12:00:00')).toEqual([[], ['04/10']]);
});

test('a reconciler that was away judges the runs whose time of grace ended in the last 26 hours', () => {
  const [, , caughtUp] = judged(HOURLY, '2026-03-01T00:00:00Z', '2026-03-01T01:00:00Z', '2026-03-04T10:20:00Z');
  expect(caughtUp).toHaveLength(26);
  expect([caughtUp[0], caughtUp.at(-1)]).toEqual(['03/08', '04/09']);
});

describe('another time of grace', () => {
  const judgedThen = (graceMinutes: number) =>
    reconciledNow({ ...HOURLY, graceMinutes }, reconciledNow(HOURLY, undefined, at('07:00:00')), at('10:10:00'));
  const dueAfter = (before: Reconciled, graceMinutes: number, monitor = HOURLY) => {
    const changed = { ...monitor, graceMinutes };
    return dueRuns(changed, before, reconciledNow(changed, before, at('11:10:00'))).map((hour) => hour.getUTCHours());
  };

  test('leaves no run out where it became shorter, and judges none twice where it became longer', () => {
    expect(dueAfter(judgedThen(80), 64)).toEqual([9, 10]);
    expect(dueAfter(judgedThen(64), 80)).toEqual([]);
    expect(dueAfter(judgedThen(64), 64)).toEqual([10]);
  });

  test('is that of the version where it is not remembered: 80 minutes on the serverless engine, and as now on Model Monitor', () => {
    const { graceMinutes, ...former } = judgedThen(80);
    expect(dueAfter(former, 64)).toEqual([9, 10]);
    const managed = { ...HOURLY, engine: 'model-monitor' } as const;
    expect(dueAfter({ ...former, engine: 'model-monitor' }, 64, managed)).toEqual([10]);
  });
});

test('runs are due at the hours of their schedule alone', () => {
  const every6 = { ...HOURLY, everyHours: 6, startHour: 3 };
  expect(judged(every6, '00:00:00', '2026-03-05T00:00:00Z')).toEqual([[], ['04/03', '04/09', '04/15', '04/21']]);
});

test('runs of a part of an hour are each judged, and those of a week once in it', () => {
  const halfHourly = { ...HOURLY, everyHours: 0.5 };
  const due = (monitor: ExpectedMonitor, from: string, to: string) => {
    const before = reconciledNow(monitor, undefined, at(from));
    return dueRuns(monitor, before, reconciledNow(monitor, before, at(to))).map((time) =>
      time.toISOString().slice(8, 16),
    );
  };
  expect(due(halfHourly, '08:00:00', '10:20:00')).toEqual(['04T08:00', '04T08:30', '04T09:00']);
  const weekly = { ...HOURLY, everyHours: 168, clock: { timeZone: 'UTC', hour: 6, weekday: 1 } };
  expect(due(weekly, '2026-03-01T00:00:00Z', '2026-03-02T07:20:00Z')).toEqual(['02T06:00']);
  expect(due(weekly, '2026-03-02T07:20:00Z', '2026-03-09T07:19:59Z')).toEqual([]);
});

test('a monitor is expected anew by another clock', () => {
  const daily = { ...HOURLY, everyHours: 24, clock: { timeZone: 'UTC', hour: 6 } };
  const known = reconciledNow(daily, undefined, at('07:00:00'));
  const berlin = { ...daily, clock: { timeZone: 'Europe/Berlin', hour: 6 } };
  expect(reconciledNow(daily, known, at('08:00:00')).since).toBe(known.since);
  expect(reconciledNow(berlin, known, at('08:00:00'))).toMatchObject({ since: at('08:00:00'), clock: berlin.clock });
});

describe('a run whose start the clock went over', () => {
  const daily: ExpectedMonitor = {
    ...HOURLY,
    everyHours: 24,
    graceMinutes: 124,
    clock: { timeZone: 'Europe/Berlin', hour: 2 },
    start: { stateMachineArn: 'machine', minute: 5, request: {} },
  };
  /** What is to be started on the day of 01:00 UTC, at which 02:00 was followed by 03:00. */
  const startedAt = (time: string, monitor = daily, knownAt = '2026-03-28T12:00:00Z') => {
    const known = reconciledNow(monitor, undefined, knownAt);
    return passedOverRuns(monitor, reconciledNow(monitor, known, `2026-03-29T${time}Z`)).map((due) =>
      due.toISOString(),
    );
  };
  const DUE = '2026-03-29T01:00:00.000Z';

  test.each([
    ['00:59:59', []],
    ['01:04:59', []],
    ['01:05:00', [DUE]],
    ['02:05:00', [DUE]],
    ['03:03:59', [DUE]],
    ['03:04:00', []],
  ])('is to be started from its minute on until it is judged: at %s %j', (time, expected) => {
    expect(startedAt(time)).toEqual(expected);
  });

  test('is none on another day, by another clock, or where nobody may start it', () => {
    const known = reconciledNow(daily, undefined, '2026-03-27T12:00:00Z');
    expect(passedOverRuns(daily, reconciledNow(daily, known, '2026-03-28T01:30:00Z'))).toEqual([]);
    expect(startedAt('01:30:00', { ...daily, clock: { timeZone: 'Europe/Berlin', hour: 3 } })).toEqual([]);
    expect(startedAt('01:30:00', { ...daily, clock: undefined })).toEqual([]);
    expect(startedAt('01:30:00', { ...daily, start: undefined })).toEqual([]);
  });

  test('is not that of a monitor that was not known when it was due', () => {
    expect(startedAt('01:30:00', daily, DUE)).toEqual([DUE]);
    expect(startedAt('01:30:00', daily, '2026-03-29T01:00:00.001Z')).toEqual([]);
  });
});

test('executions are looked at from the first reconciliation on, and no farther back than the earliest run to judge', () => {
  const known = reconciledNow(HOURLY, undefined, at('08:37:00'));
  expect(executionsSince(HOURLY, known)).toEqual(new Date(at('08:37:00')));
  const later = reconciledNow(HOURLY, known, '2026-03-06T10:20:00Z');
  expect(executionsSince(HOURLY, later)).toEqual(new Date('2026-03-05T07:00:00Z'));
});

test('executions are looked at from the beginning of the turn of their engine on, if that is earlier', () => {
  const known = reconciledNow(HOURLY, undefined, at('08:37:00'));
  const turn = (engine: Turn['engine'], since: string) => ({ ...HOURLY, engine, since: at(since) });
  expect(executionsSince(HOURLY, known, turn(HOURLY.engine, '07:50:00'))).toEqual(new Date(at('07:50:00')));
  expect(executionsSince(HOURLY, known, turn(HOURLY.engine, '08:50:00'))).toEqual(new Date(at('08:37:00')));
  expect(executionsSince(HOURLY, known, turn('model-monitor', '07:50:00'))).toEqual(new Date(at('08:37:00')));
});

test('executions are looked at from the first reconciliation on, although the hours have changed since', () => {
  const known = reconciledNow(HOURLY, undefined, at('08:37:00'));
  const other = { ...HOURLY, everyHours: 2 };
  const changed = reconciledNow(other, known, at('09:37:00'));
  expect([changed.since, changed.knownSince]).toEqual([at('09:37:00'), at('08:37:00')]);
  expect(executionsSince(other, reconciledNow(other, changed, at('10:37:00')))).toEqual(new Date(at('08:37:00')));
});

test.each<[string, Partial<ExpectedMonitor>]>([
  ['fewer runs', { everyHours: 2 }],
  ['another first hour', { startHour: 1 }],
  ['another engine', { engine: 'model-monitor' }],
  ['a schedule that was made anew', { scheduleIdentity: 'Schedule-2' }],
])('a monitor with %s is expected from then on, and nothing is due of the time before', (_, change) => {
  const before = reconciledNow(HOURLY, undefined, at('08:00:00'));
  const monitor = { ...HOURLY, ...change };
  const now = reconciledNow(monitor, before, at('12:00:00'));
  expect(now).toMatchObject({ since: at('12:00:00'), until: at('12:00:00'), ...change });
  expect(dueRuns(monitor, before, now)).toEqual([]);
});

test.each<[string, Partial<ExpectedMonitor>, string]>([
  ['only its hours are other ones', { everyHours: 2 }, '08:00:00'],
  ['its engine is another', { engine: 'model-monitor' }, '12:00:00'],
  ['its schedule was made anew', { scheduleIdentity: 'Schedule-2' }, '12:00:00'],
])('since when executions are looked at where %s', (_, change, since) => {
  const before = reconciledNow(HOURLY, undefined, at('08:00:00'));
  expect(reconciledNow({ ...HOURLY, ...change }, before, at('12:00:00')).knownSince).toBe(at(since));
});

test('what was remembered before schedules had identities and first reconciliations is taken for the same', () => {
  const { scheduleIdentity: _, knownSince: __, ...older } = reconciledNow(HOURLY, undefined, at('08:00:00'));
  const now = reconciledNow(HOURLY, older, at('12:00:00'));
  expect(now).toMatchObject({ since: at('08:00:00'), knownSince: at('08:00:00'), scheduleIdentity: 'Schedule-1' });
  expect(executionsSince(HOURLY, { ...older, until: at('12:00:00') })).toEqual(new Date(at('08:00:00')));
});

test('the same reconciliation a second time finds nothing more, and changes nothing', () => {
  const before = reconciledNow(HOURLY, undefined, at('08:00:00'));
  const now = reconciledNow(HOURLY, before, at('12:00:00'));
  expect(dueRuns(HOURLY, before, now)).toHaveLength(3);
  const again = reconciledNow(HOURLY, now, at('12:00:00'));
  expect(again).toEqual(now);
  expect(dueRuns(HOURLY, now, again)).toEqual([]);
});
