import { isPassedOver, lastShown } from '../../lib/outcome/clock-time';
import type { ClockTime } from '../../lib/outcome/origin/contract';

const shown = (clock: ClockTime, time: string) => lastShown(clock, new Date(time)).toISOString();
const berlin = (hour: number, weekday?: number): ClockTime => ({ timeZone: 'Europe/Berlin', hour, weekday });

describe('a time of a clock', () => {
  test.each([
    ['is that of the day, as soon as it is shown', berlin(6), '2026-01-15T05:00:00Z', '2026-01-15T05:00:00.000Z'],
    ['is that of the day before until then', berlin(6), '2026-01-15T04:59:59.999Z', '2026-01-14T05:00:00.000Z'],
    ['follows the clocks in summer', berlin(6), '2026-07-15T12:00:00Z', '2026-07-15T04:00:00.000Z'],
    [
      'is of the zone’s day, not of that of UTC',
      { timeZone: 'Asia/Tokyo', hour: 0 },
      '2026-01-14T15:00:00Z',
      '2026-01-14T15:00:00.000Z',
    ],
    [
      'may be on a half hour of UTC',
      { timeZone: 'Asia/Kolkata', hour: 2 },
      '2026-01-14T23:00:00Z',
      '2026-01-14T20:30:00.000Z',
    ],
    ['is the moment at which the clocks go over it', berlin(2), '2026-03-29T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['is not shown before that', berlin(2), '2026-03-29T00:59:59.999Z', '2026-03-28T01:00:00.000Z'],
    ['is the first of two', berlin(2), '2026-10-25T01:30:00Z', '2026-10-25T00:00:00.000Z'],
    [
      'is the first of two that are two hours apart',
      { timeZone: 'Antarctica/Troll', hour: 2 },
      '2026-10-25T12:00:00Z',
      '2026-10-25T00:00:00.000Z',
    ],
    [
      'is as far as half an hour leads',
      { timeZone: 'Australia/Lord_Howe', hour: 2 },
      '2026-10-04T12:00:00Z',
      '2026-10-03T15:30:00.000Z',
    ],
    [
      'may be at midnight that is gone over',
      { timeZone: 'Africa/Cairo', hour: 0 },
      '2026-04-24T12:00:00Z',
      '2026-04-23T22:00:00.000Z',
    ],
    ['may be on a Monday', berlin(6, 1), '2026-01-15T12:00:00Z', '2026-01-12T05:00:00.000Z'],
    ['is that of a week ago until it is shown', berlin(6, 1), '2026-01-12T04:59:59.999Z', '2026-01-05T05:00:00.000Z'],
    ['may be on a Sunday', berlin(6, 7), '2026-01-18T05:00:00Z', '2026-01-18T05:00:00.000Z'],
    [
      'may be on a Sunday of a zone far behind',
      { timeZone: 'Pacific/Pago_Pago', hour: 23, weekday: 7 },
      '2026-01-19T10:00:00Z',
      '2026-01-19T10:00:00.000Z',
    ],
    [
      'may be on a Sunday of a zone far ahead',
      { timeZone: 'Pacific/Kiritimati', hour: 0, weekday: 7 },
      '2026-01-17T10:00:00Z',
      '2026-01-17T10:00:00.000Z',
    ],
  ])('%s', (_, clock, time, expected) => {
    expect(shown(clock, time)).toBe(expected);
  });

  test.each([
    [berlin(2), 0, '2026-03-29T12:00:00Z', true],
    [berlin(2), 59, '2026-03-29T12:00:00Z', true],
    [berlin(3), 0, '2026-03-29T12:00:00Z', false],
    [berlin(1), 59, '2026-03-29T12:00:00Z', false],
    [berlin(2), 5, '2026-03-28T12:00:00Z', false],
    [berlin(2), 5, '2026-10-25T12:00:00Z', false],
    [{ timeZone: 'Australia/Lord_Howe', hour: 2 }, 5, '2026-10-04T12:00:00Z', true],
    [{ timeZone: 'Pacific/Chatham', hour: 2 }, 44, '2026-09-27T12:00:00Z', false],
    [{ timeZone: 'Pacific/Chatham', hour: 2 }, 45, '2026-09-27T12:00:00Z', true],
    [{ timeZone: 'Asia/Kolkata', hour: 2 }, 5, '2026-01-14T23:00:00Z', false],
  ])('%j, and %d minutes, before %s is gone over: %s', (clock, minute, time, expected) => {
    expect(isPassedOver(clock, lastShown(clock, new Date(time)), minute)).toBe(expected);
  });

  test('on a day that is none is none', () => {
    expect(() => shown(berlin(6, 8), '2026-01-15T05:00:00Z')).toThrow('no day has');
  });
});
