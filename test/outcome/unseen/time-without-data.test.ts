import type { ExecutionReport } from '../../../lib/outcome/contract';
import { healthOf, type JudgedRun } from '../../../lib/outcome/health';
import type { NeverCaptured, TimeWithoutData } from '../../../lib/outcome/unseen/contract';
import { type KnownBefore, timeWithoutData } from '../../../lib/outcome/unseen/time-without-data';
import { leftBy } from '../run';

const WINDOW = { start: new Date('2026-03-04T08:00:00Z'), end: new Date('2026-03-04T09:00:00Z') };
const SINCE = '2026-03-03T09:00:00.000Z';
const HERE = { dataAt: 's3://captured/data/churn/', endpointName: 'churn' };
const empty = (withoutData?: TimeWithoutData): ExecutionReport =>
  leftBy({}, { status: 'NoData', windowStart: '2026-03-04T07:00:00.000Z' }, { withoutData });

test.each<[string, KnownBefore, TimeWithoutData]>([
  ['nothing', 'nothing', { since: '2026-03-04T08:00:00.000Z', hours: 1, dataBefore: 'None' }],
  ['failures alone', 'failures', { since: '2026-03-04T08:00:00.000Z', hours: 1, dataBefore: 'Unknown' }],
  ['a run with data', leftBy({}), { since: '2026-03-04T08:00:00.000Z', hours: 1, dataBefore: 'Some' }],
  [
    'a run that lacked labels',
    leftBy({}, { status: 'LabelsMissing' }),
    { since: '2026-03-04T08:00:00.000Z', hours: 1, dataBefore: 'Some' },
  ],
  [
    'a run without data that knows no other',
    empty({ since: SINCE, hours: 23, dataBefore: 'None' }),
    { since: SINCE, hours: 24, dataBefore: 'None' },
  ],
  [
    'a run without data after some with',
    empty({ since: SINCE, hours: 23, dataBefore: 'Some' }),
    { since: SINCE, hours: 24, dataBefore: 'Some' },
  ],
  [
    'a run without data of an earlier version',
    empty(),
    { since: '2026-03-04T07:00:00.000Z', hours: 2, dataBefore: 'Unknown' },
  ],
])('after %s, a window without data says since when, and what was before', (_, before, expected) => {
  expect(timeWithoutData(WINDOW, 1, { before, place: HERE })).toEqual(expected);
});

test('a window of a week that a new monitor looks at each day is a day without data', () => {
  const week = { ...WINDOW, start: new Date('2026-02-25T09:00:00Z') };
  expect(timeWithoutData(week, 24, { before: 'nothing', place: HERE })).toMatchObject({ since: SINCE, hours: 24 });
});

const RUN: JudgedRun = { status: 'NoData', evaluated: 'None', recordCount: 0, leftOutCount: 0 };
const NOWHERE: NeverCaptured = { at: 's3://captured/data/churn/' };
const filtering = (filtered: number) => ({ unreadableCount: 0, outsideWindow: 0, filtered, byReason: {}, samples: [] });
const told = (
  [hours, dataBefore]: readonly [number, TimeWithoutData['dataBefore']],
  more: Partial<JudgedRun> = {},
  hoursWithoutData?: number,
) => healthOf({ ...RUN, withoutData: { since: SINCE, hours, dataBefore }, ...more }, { hoursWithoutData }).reasons;

const RARE: readonly TimeWithoutData['dataBefore'][] = ['Some', 'Unknown'];

describe('of an endpoint that is quiet', () => {
  test.each(RARE)('nothing is told, however long it is so: data before are %s', (dataBefore) => {
    expect(told([8760, dataBefore])).toEqual([]);
  });

  test('nothing is told where what was captured before has expired', () => {
    expect(told([8760, 'Some'], { neverCaptured: NOWHERE })).toEqual([]);
  });

  test('a time is told that is longer than the one that was asked for', () => {
    expect(told([48, 'Some'], {}, 48)).toEqual([]);
    expect(told([48, 'Some'], {}, 47)[0]).toContain('no data for 2 days, ');
    expect(told([49, 'Some'], {}, 48)).toEqual([
      'no data for 2 days, longer than timeWithoutData allows: see whether requests come, and whether they are captured',
    ]);
  });
});

describe('of a monitor that never had data', () => {
  test('that is told after a day', () => {
    expect(told([24, 'None'])).toEqual([]);
    expect(told([24.25, 'None'])).toEqual([
      'no data for 24.25 h, and none since the monitor began: see whether requests come, and whether they are captured',
    ]);
  });

  test.each(['None', 'Unknown'] as const)(
    'the place is told where nothing lies at all: data before are %s',
    (before) => {
      expect(told([24, before], { neverCaptured: NOWHERE })).toEqual([]);
      expect(told([25, before], { neverCaptured: NOWHERE })).toEqual([
        'no data for 25 h, and nothing at all lies at s3://captured/data/churn/, where they should: see whether records are captured, and whether that is the place',
      ]);
    },
  );

  test('it is told when the user says so', () => {
    expect(told([25, 'None'], { neverCaptured: NOWHERE }, 72)).toEqual([]);
    expect(told([2, 'None'], {}, 1)).toHaveLength(1);
  });
});

describe('of a filter that leaves out all that comes', () => {
  test('that is told at once where it always has', () => {
    expect(told([0.25, 'None'], { unreadable: filtering(12) })).toEqual([
      'the filter of the monitored data has left out all 12 records of the window, and no other has come since the monitor began: see whether it says what is meant, and what clients send',
    ]);
    expect(told([1, 'None'], { unreadable: filtering(1) })[0]).toContain('left out the one record of the window, and');
  });

  test.each(RARE)('that is told after three days where it had not: data before are %s', (dataBefore) => {
    expect(told([72, dataBefore], { unreadable: filtering(12) })).toEqual([]);
    expect(told([73, dataBefore], { unreadable: filtering(12) })).toEqual([
      'the filter of the monitored data has left out all 12 records of the window, and no other has come for 3 days: see whether it says what is meant, and what clients send',
    ]);
  });

  test('it is told when the user says so', () => {
    expect(told([12, 'None'], { unreadable: filtering(12) }, 12)).toEqual([]);
    expect(told([13, 'Some'], { unreadable: filtering(12) }, 12)).toHaveLength(1);
  });

  test('nothing is told of it beside data', () => {
    expect(
      healthOf({ ...RUN, status: 'Completed', evaluated: 'Whole', recordCount: 1, unreadable: filtering(99) }).level,
    ).toBe(0);
  });
});

describe('of a monitor that looks for its data in another place', () => {
  const moved = (from: string) => ({ since: '2026-03-04T08:00:00.000Z', from, to: 's3://captured/data/churn/' });
  const at = (dataAt: string | undefined, withoutData?: Partial<TimeWithoutData>, endpointName = 'churn') => {
    const known = withoutData && { since: SINCE, hours: 23, dataBefore: 'Some' as const, ...withoutData };
    return leftBy({ endpointName }, { status: known ? 'NoData' : 'Completed' }, { dataAt, withoutData: known });
  };
  const OLD = 's3://captured/data/chrn/';

  test.each<[string, KnownBefore, TimeWithoutData['moved']]>([
    ['there were data elsewhere', at(OLD), moved(OLD)],
    ['there were data elsewhere, and none of late', at(OLD, {}), moved(OLD)],
    [
      'an earlier run looked here, and had moved',
      at(HERE.dataAt, { moved: { ...moved(OLD), since: SINCE } }),
      { ...moved(OLD), since: SINCE },
    ],
    ['it has moved twice', at('s3://captured/chrun/', { moved: moved(OLD) }), moved(OLD)],
    ['it is back where the data were', at(OLD, { moved: moved(HERE.dataAt) }), undefined],
    ['it is where it was', at(HERE.dataAt), undefined],
    ['it never had any', at(OLD, { dataBefore: 'None' }), undefined],
    [
      'addresses are not known, and the endpoint is another one',
      at(undefined, undefined, 'old'),
      moved('endpoint old'),
    ],
    ['addresses are not known, and the endpoint is the same', at(undefined), undefined],
    ['no run before is known', 'nothing', undefined],
  ])('%s', (_, before, expected) => {
    expect(timeWithoutData(WINDOW, 1, { before, place: HERE }).moved).toEqual(expected);
  });

  test('an engine that says no address of its data tells endpoints apart', () => {
    const found = timeWithoutData(WINDOW, 1, {
      before: at(undefined, undefined, 'old'),
      place: { endpointName: 'churn' },
    });
    expect(found.moved).toMatchObject({ from: 'endpoint old', to: 'endpoint churn' });
    expect(timeWithoutData(WINDOW, 1, { before: at(OLD), place: { endpointName: 'churn' } }).moved).toBeUndefined();
    expect(
      timeWithoutData(WINDOW, 1, { before: leftBy({ endpointName: undefined }), place: {} }).moved,
    ).toBeUndefined();
  });

  test('where the endpoint is not known now, or was not, it has not moved', () => {
    const known = at(undefined, undefined, 'old');
    const unknown = leftBy({ endpointName: undefined }, { status: 'Completed' }, { dataAt: undefined });
    for (const [before, place] of [
      [known, {}],
      [unknown, { endpointName: 'churn' }],
    ] as const)
      expect(timeWithoutData(WINDOW, 1, { before, place }).moved).toBeUndefined();
  });

  test('that is told after a day there, with both places', () => {
    const hours = (since: string, more: Partial<JudgedRun> = {}) => {
      const withoutData = { since: SINCE, hours: 72, dataBefore: 'Some' as const, moved: { ...moved(OLD), since } };
      return healthOf({ ...RUN, withoutData, ...more }).reasons;
    };
    expect(hours('2026-03-05T09:00:00.000Z')).toEqual([]);
    expect(hours('2026-03-05T08:45:00.000Z')).toEqual([
      'no data for 24.25 h, since they are looked for at s3://captured/data/churn/, and no longer at s3://captured/data/chrn/: see whether records are captured there now',
    ]);
    expect(hours('2026-03-05T08:00:00.000Z', { neverCaptured: NOWHERE })[0]).toMatch(
      /churn\/, below which nothing at all lies, and no longer at /,
    );
  });

  test('that is not said of one whose records the filter leaves out: they are there', () => {
    const withoutData = {
      since: SINCE,
      hours: 71,
      dataBefore: 'Some' as const,
      moved: { ...moved(OLD), since: SINCE },
    };
    expect(healthOf({ ...RUN, withoutData, unreadable: filtering(12) }).reasons).toEqual([]);
  });
});

describe('of variants that no folder is called by', () => {
  const absent = (...variants: string[]) => ({ neverCaptured: { ...NOWHERE, variants, others: ['blue', 'green'] } });

  test('that is told at once, with the names of those whose records came', () => {
    const reason =
      'nothing was ever captured of variant gren, which the monitored data name, and records of blue, green came at s3://captured/data/churn/: see how the endpoint calls its variants';
    expect(told([1, 'None'], absent('gren'))).toEqual([reason]);
    const beside: JudgedRun = { ...RUN, status: 'Completed', evaluated: 'Whole', recordCount: 99, ...absent('gren') };
    expect(healthOf(beside)).toEqual({ level: 1, reasons: [reason] });
  });

  test('each is named', () => {
    expect(told([1, 'Some'], absent('gren', 'blu'))[0]).toContain('captured of the variants gren, blu, which');
  });
});
