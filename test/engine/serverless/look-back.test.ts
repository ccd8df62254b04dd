import { lookBacks } from '../../../lib/engine/serverless/look-back';
import { MONITOR_REQUEST } from '../../handlers/requests';

/** A run that starts twenty minutes after it was due, on March 4th. */
const looksOf = (due: string, windowHours: number, others: object = {}) =>
  lookBacks({ ...MONITOR_REQUEST, ...others, windowHours, scheduledTime: `2026-03-04T${due}:20Z` });

/** `day hh:mm` */
const shown = (time: Date) => time.toISOString().slice(8, 16).replace('T', ' ');
const texts = (looks: ReturnType<typeof looksOf>) =>
  looks.map(({ window, after, until }) => [window.start, window.end, after, until].map(shown).join(', '));

test('an hourly run looks at the window that ended two hours before its own, since the run before it', () => {
  expect(texts(looksOf('10:07', 1))).toEqual(['04 07:00, 04 08:00, 04 09:07, 04 11:07']);
});

test('a run of a quarter of an hour looks at those that were due in the two hours before it', () => {
  const looks = looksOf('10:08', 0.25);
  expect(looks).toHaveLength(7); // the one before has its own run
  expect(texts(looks.slice(0, 1))).toEqual(['04 09:15, 04 09:30, 04 09:53, 04 10:23']);
  expect(texts(looks.slice(-1))).toEqual(['04 07:45, 04 08:00, 04 09:53, 04 10:23']);
});

test('the first run of a day looks two days back, since the runs that have looked before', () => {
  const looks = texts(looksOf('00:07', 1));
  expect(looks).toHaveLength(47);
  expect(looks[0]).toBe('03 21:00, 03 22:00, 03 23:07, 04 01:07');
  expect(looks[1]).toBe('03 20:00, 03 21:00, 03 23:07, 04 01:07'); // seen at 22:07 and 23:07 by the runs of its two hours
  expect(looks[2]).toBe('03 19:00, 03 20:00, 03 22:07, 04 01:07');
  expect(looks[20]).toBe('03 01:00, 03 02:00, 03 04:07, 04 01:07');
  expect(looks[30]).toBe('02 15:00, 02 16:00, 03 00:07, 04 01:07'); // seen by the first run of the day before
  expect(looks[46]).toBe('01 23:00, 02 00:00, 03 00:07, 04 01:07');
});

test('runs of several hours look once a day, a daily one at the window before the last one, a weekly one at none', () => {
  expect(looksOf('08:07', 4)).toEqual([]);
  const everyFour = texts(looksOf('00:07', 4));
  expect(everyFour).toHaveLength(11);
  expect(everyFour[0]).toBe('03 12:00, 03 16:00, 03 20:07, 04 04:07');
  expect(texts(looksOf('05:07', 24))).toEqual(['01 05:00, 02 05:00, 03 05:07, 05 05:07']);
  expect(looksOf('05:07', 168)).toEqual([]);
});

test('whatever comes up to the second first run of a day is seen by one run, behind the one that counts by reports', () => {
  const ends = Date.parse('2026-03-02T12:00:00Z');
  for (const windowHours of [0.25, 1, 2, 4, 12]) {
    const looks = looksAt(ends, windowHours);
    const told = ends + windowHours * 3_600_000 + 420_000; // the run behind the window's own counts by its report
    for (let came = told + 60_000; came < Date.parse('2026-03-04T00:07:00Z'); came += 17 * 60_000) {
      const seen = looks.filter(({ after, until }) => came > after.getTime() && came <= until);
      expect([windowHours, new Date(came), seen.length]).toEqual([windowHours, new Date(came), 1]);
    }
  }
});

/** What the runs of three days see of the window that ended at a time: nothing that comes after they have started. */
function looksAt(ends: number, windowHours: number) {
  const count = 72 / windowHours;
  return Array.from({ length: count }, (_, run) => ends + run * windowHours * 3_600_000 + 420_000).flatMap(
    (started) => {
      const looks = lookBacks({ ...MONITOR_REQUEST, windowHours, scheduledTime: new Date(started).toISOString() });
      const own = looks.filter(({ window }) => window.end.getTime() === ends);
      return own.map(({ after, until }) => ({ after, until: Math.min(started, until.getTime()) }));
    },
  );
}
