import { placeInTime, TimeWindow } from '../../../lib/analysis/reading/time-window';

const at = (time: string) => Date.parse(`2026-03-04T${time}:00Z`);
const window = (start: string, end: string) => new TimeWindow(at(start), at(end));

test.each([
  ['09:00', 'inside'],
  ['09:59', 'inside'],
  ['10:00', 'beside'],
  ['10:59', 'beside'],
  ['11:00', 'elsewhere'],
  ['08:59', 'beside'],
  ['08:00', 'beside'],
  ['07:59', 'elsewhere'],
])(
  'of the window from 9 to 10, a record of %s is %s: files of the hour before are read, and take records of the hour after',
  (time, place) => {
    expect(placeInTime(at(time), window('09:00', '10:00'))).toBe(place);
  },
);

test.each([
  ['08:00', 'beside'],
  ['07:59', 'elsewhere'],
  ['10:59', 'beside'],
  ['11:00', 'elsewhere'],
])('of a window that is part of an hour, a record of %s is %s: files lie by full hours', (time, place) => {
  expect(placeInTime(at(time), window('09:15', '09:30'))).toBe(place);
});

test('without a window each time is inside', () => {
  expect(placeInTime(Number.NaN)).toBe('inside');
});

describe('of a file that was begun at 9:10 and written last at 9:50, a record', () => {
  const placeOf = (time: string, [start, end]: readonly [string, string]) => {
    const one = window(start, end);
    one.enter({ begun: at('09:10'), written: at('09:50') });
    return one.placeOf(at(time));
  };

  test.each([
    ['09:10', 'inside'],
    ['09:50', 'inside'],
    ['09:09', 'inside'], // as of 9:10
    ['08:10', 'inside'],
    ['10:50', 'inside'], // as of 9:50
    ['08:09', 'elsewhere'],
    ['10:51', 'elsewhere'],
  ])('of %s is %s the window from 9 to 10, since the clock of who wrote it may be wrong by an hour', (time, place) => {
    expect(placeOf(time, ['09:00', '10:00'])).toBe(place);
  });

  test.each([
    ['10:00', ['10:00', '11:00']],
    ['08:59', ['08:00', '09:00']],
    ['23:00', ['10:00', '11:00']],
    ['09:29', ['09:30', '10:00']],
  ] as const)('of %s is told by no other window that reads the file: %p', (time, other) => {
    expect(placeOf(time, other)).toBe('beside');
  });

  test('is asked about by the hours of folders again where the times of the next file are not known', () => {
    const one = window('09:00', '10:00');
    one.enter({ begun: at('09:10'), written: at('09:50') });
    one.enter();
    expect([one.placeOf(at('10:00')), one.placeOf(at('11:00'))]).toEqual(['beside', 'elsewhere']);
  });
});
