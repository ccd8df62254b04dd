import { placeInTime } from '../../../lib/analysis/reading/time-window';

const at = (time: string) => Date.parse(`2026-03-04T${time}:00Z`);
const window = (start: string, end: string) => ({ start: at(start), end: at(end) });

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
