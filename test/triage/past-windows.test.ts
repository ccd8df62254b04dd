import { dueIn, timeIn } from '../../lib/triage/past-windows';
import { leftBy } from '../outcome/run';

const day = (text: string) => new Date(`2026-03-${text}Z`);
const report = (due: string) => leftBy({}, {}, { due: day(due).toISOString() });
const ends = (due: string, range: [string, string], request: Parameters<typeof dueIn>[1]['request']) =>
  dueIn(report(due), { from: day(range[0]), until: day(range[1]), request }).map(({ due: run, windowEnd }) => [
    run.toISOString().slice(8, 16),
    windowEnd.slice(8, 16),
  ]);

test('windows end after the first time, and at or before the second', () => {
  expect(ends('04T09:00', ['04T06:00', '04T08:00'], { windowHours: 1 })).toEqual([
    ['04T07:00', '04T07:00'],
    ['04T08:00', '04T08:00'],
  ]);
  expect(ends('04T09:00', ['04T06:00', '04T06:00'], { windowHours: 1 })).toEqual([]);
});

test('they are those of the monitor, whose last run says at which hours it is due', () => {
  expect(ends('04T05:00', ['01T00:00', '03T23:00'], { windowHours: 24 }).map(([due]) => due)).toEqual([
    '01T05:00',
    '02T05:00',
    '03T05:00',
  ]);
  expect(ends('04T05:00', ['05T00:00', '06T00:00'], { windowHours: 24 }).map(([due]) => due)).toEqual(['05T05:00']);
});

test('with labels the run is due as much later as these come', () => {
  const labels = { place: { bucket: 'b', prefix: 'p' }, startHours: 4, endHours: 3 };
  expect(ends('04T09:00', ['04T05:00', '04T06:00'], { windowHours: 1, labels })).toEqual([['04T09:00', '04T06:00']]);
});

test('of a clock they follow the clock', () => {
  const clock = { timeZone: 'Europe/Berlin', hour: 2 };
  const found = ends('28T01:00', ['28T02:00', '30T12:00'], { windowHours: 24, clock }).map(([due]) => due);
  expect(found).toEqual(['29T01:00', '30T00:00']); // of 02:00, which the 29th does not have
});

test.each([
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T09:00', '2026-03-01T09:00:00.000Z'],
  ['2026-03-01T09:00:30Z', '2026-03-01T09:00:30.000Z'],
])('the time "%s" is %s', (words, expected) => {
  expect(timeIn('--from', words)).toEqual(new Date(expected));
});

test.each(['', 'yesterday', '2026-02-30', '2026-03-01T25:00', '2026-03-01T09', 'x2026-03-01', '2026-03-01x'])(
  'the time "%s" is refused',
  (words) => {
    expect(() => timeIn('--from', words)).toThrow(/^InvalidTime: --from is/);
  },
);
