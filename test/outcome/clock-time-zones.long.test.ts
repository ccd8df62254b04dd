import { isPassedOver, lastShown } from '../../lib/outcome/clock-time';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** What the clocks of a zone are ahead of UTC, in milliseconds. */
function offsets(timeZone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (time) => {
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
    return sign === undefined ? 0 : (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  };
}

/** The days from 2024 to 2030 on which the clocks of a zone are changed, and one on which they are not; midnights of UTC. */
function daysOf(timeZone: string): number[] {
  const offsetAt = offsets(timeZone);
  const days = [Date.UTC(2027, 0, 6)];
  for (let month = Date.UTC(2024, 0, 1); month < Date.UTC(2031, 0, 1); month += 14 * DAY) {
    let [before, after] = [month, month + 14 * DAY];
    if (offsetAt(before) === offsetAt(after)) continue;
    for (; after - before > DAY; ) {
      const middle = before + Math.floor((after - before) / 2 / DAY) * DAY;
      if (offsetAt(middle) === offsetAt(before)) before = middle;
      else after = middle;
    }
    days.push(before);
  }
  return days;
}

/** Times of clocks around each change of them. */
function* clocks(hours: readonly number[]) {
  for (const timeZone of Intl.supportedValuesOf('timeZone')) {
    for (const day of daysOf(timeZone)) for (const hour of hours) yield { clock: { timeZone, hour }, day };
  }
}

// Of each zone that this Node.js knows, at each change of its clocks from 2024 to 2030.

test('windows meet: none overlaps with another, nothing lies between them, and each is a day, more or less', () => {
  const faults: string[] = [];
  const lengths = new Set<number>();
  let count = 0;
  for (const { clock, day } of clocks([0, 1, 2, 3, 23])) {
    let end = lastShown(clock, new Date(day + 3 * DAY));
    for (let back = 0; back < 4; back++) {
      const start = lastShown(clock, new Date(end.getTime() - 1));
      // whoever asks at the begin of a window, or in it, gets its begin
      const middle = lastShown(clock, new Date((start.getTime() + end.getTime()) / 2));
      const isOne = [middle, lastShown(clock, start)].every((time) => time.getTime() === start.getTime());
      if (!(start < end && isOne)) faults.push(`${JSON.stringify(clock)} ${start.toISOString()}`);
      lengths.add((end.getTime() - start.getTime()) / HOUR);
      end = start;
      count++;
    }
  }
  expect(faults).toEqual([]);
  expect(count).toBeGreaterThan(10_000);
  // half hours are Lord Howe's, quarters those of Chatham, whose clocks go from 02:45 to 03:45, and two hours Troll's
  expect([...lengths].sort((one, other) => one - other)).toEqual([22, 23, 23.25, 23.5, 23.75, 24, 24.5, 25, 26]);
});

test('the hour is what the clocks show, but where they go over it', () => {
  const faults: string[] = [];
  for (const { clock, day } of clocks([0, 1, 2, 3])) {
    const offsetAt = offsets(clock.timeZone);
    for (const moment of [1, 2].map((days) => lastShown(clock, new Date(day + days * DAY)))) {
      const time = moment.getTime();
      const right = isPassedOver(clock, moment, 0)
        ? offsetAt(time - 60_000) < offsetAt(time)
        : (time + offsetAt(time)) % DAY === clock.hour * HOUR;
      if (!right) faults.push(`${JSON.stringify(clock)} ${moment.toISOString()}`);
    }
  }
  expect(faults).toEqual([]);
});
