import { alarmRule } from '../../lib/cloud/account/alarm-rule';
import { dueTimes, firstDue, parseSchedule } from '../../lib/cloud/account/schedule-expression';
import { Simulation } from '../../lib/cloud/account/simulation';
import type { AlarmStateValue } from '../../lib/cloud/semantics/alarm-state/alarm-state';

const START = Date.parse('2026-01-05T00:00:02Z');

/** The times at which a schedule is due on the first day, as hh:mm. */
function due(expression: string): string[] {
  const test = parseSchedule(expression, START);
  const minutes = Array.from({ length: 24 * 60 }, (_, minute) => Date.parse('2026-01-05T00:00:00Z') + minute * 60_000);
  return minutes.filter(test).map((time) => new Date(time).toISOString().slice(11, 16));
}

describe('a schedule expression', () => {
  test.each([
    ['cron(20 * * * ? *)', 24, '00:20', '23:20'],
    ['cron(0 6/8 * * ? *)', 3, '06:00', '22:00'],
    ['cron(0 3,9-11 ? * * *)', 4, '03:00', '11:00'],
    ['cron(*/30 0 5 1 ? 2026)', 2, '00:00', '00:30'],
    ['cron(5 0 ? * 2 *)', 1, '00:05', '00:05'],
    ['cron(5/15 * * * ? *)', 96, '00:05', '23:50'],
    ['cron(5 6 ? * MON *)', 1, '06:05', '06:05'],
    ['rate(1 hour)', 24, '00:01', '23:01'],
    ['rate(30 minutes)', 48, '00:01', '23:31'],
    ['rate(1 day)', 1, '00:01', '00:01'],
  ])('%s is due %d times a day, first at %s and last at %s', (expression, count, first, last) => {
    const times = due(expression);
    expect([times.length, times[0], times.at(-1)]).toEqual([count, first, last]);
  });

  test('is not due on another day of the week, the month or the year', () => {
    expect(due('cron(5 0 ? * 3 *)')).toEqual([]);
    expect(due('cron(5 6 ? * SUN *)')).toEqual([]);
    expect(due('cron(5 0 6 * ? *)')).toEqual([]);
    expect(due('cron(5 0 * * ? 2027)')).toEqual([]);
  });

  test.each([
    'cron(0 0 L * ? *)',
    'cron(0 0 ? * MOO *)',
    'cron(0 0 ? MON * *)',
    'at(2026-01-05T00:00:00)',
    'rate(1 week)',
    'cron(0 0 * * ?)',
  ])('fails for %s, which the rehearsal does not know', (expression) => {
    expect(() => parseSchedule(expression, START)).toThrow(/^NotRehearsed: /);
  });
});

describe('a schedule by the clocks of a zone', () => {
  const DAY = 86_400_000;
  const dueOf = (expression: string, timeZone: string, day: string, days = 1) => {
    const start = Date.parse(day);
    const times = dueTimes(parseSchedule(expression, start, timeZone), start, start + days * DAY);
    return times.map((time) => new Date(time).toISOString().slice(0, 16));
  };

  test.each([
    ['cron(5 2 * * ? *)', 'Europe/Berlin', '2026-03-28', ['2026-03-28T01:05']],
    ['cron(5 2 * * ? *)', 'Europe/Berlin', '2026-03-29', []],
    ['cron(5 3 * * ? *)', 'Europe/Berlin', '2026-03-29', ['2026-03-29T01:05']],
    ['cron(5 2 * * ? *)', 'Europe/Berlin', '2026-10-25', ['2026-10-25T00:05']],
    ['cron(5 3 * * ? *)', 'Europe/Berlin', '2026-10-25', ['2026-10-25T02:05']],
    ['cron(45 1 * * ? *)', 'Australia/Lord_Howe', '2026-04-04', ['2026-04-04T14:45']],
    ['cron(5 2 * * ? *)', 'Antarctica/Troll', '2026-10-25', ['2026-10-25T00:05']],
    ['cron(5 0 ? * MON *)', 'Asia/Tokyo', '2026-01-04', ['2026-01-04T15:05']],
  ])(
    '%s in %s is due on %s at %j: what is gone over is skipped, and what comes twice is due once',
    (expression, zone, day, expected) => {
      expect(dueOf(expression, zone, day)).toEqual(expected);
    },
  );

  test('is found a week ahead', () => {
    const start = Date.parse('2026-01-05T00:00:00Z');
    const due = parseSchedule('cron(5 6 ? * MON *)', start, 'Europe/Berlin');
    expect(firstDue(due, start, start + 8 * DAY)).toBe(Date.parse('2026-01-05T05:05:00Z'));
    expect(firstDue(due, start + DAY, start + 8 * DAY)).toBe(Date.parse('2026-01-12T05:05:00Z'));
    expect(firstDue(due, start + DAY, start + 7 * DAY)).toBeUndefined();
  });
});

describe('an alarm rule', () => {
  const states: Record<string, AlarmStateValue> = { a: 'ALARM', b: 'OK', c: 'INSUFFICIENT_DATA' };
  const stateOf = (alarm: string) => states[alarm];

  test.each<[string, boolean]>([
    ['ALARM("a")', true],
    ['ALARM(b)', false],
    ['ALARM("a") AND ALARM("b") OR OK("b")', true],
    ['ALARM("a") AND (ALARM("b") OR NOT OK("b"))', false],
    ['NOT NOT INSUFFICIENT_DATA( c )', true],
    ['TRUE AND FALSE', false],
    ['AT_LEAST(1, ALARM, (a, b))', true],
    ['AT_LEAST(2, ALARM, ("a", "b", "c"))', false],
    ['AT_LEAST(2, NOT OK, ("a", "b", "c"))', true],
    ['AT_LEAST(3, NOT OK, ("a", "b", "c"))', false],
    ['AT_LEAST(66%, NOT OK, ("a","b","c"))', true],
    ['AT_LEAST(67%, NOT OK, ("a","b","c"))', false],
    ['OK(b) AND (FALSE OR AT_LEAST(100%, ALARM, (a)))', true],
  ])('%s is %s', (rule, decision) => {
    expect(alarmRule(rule)(stateOf)).toBe(decision);
  });

  test.each([
    '',
    'ALARM("a") ALARM("b")',
    '(ALARM("a")',
    'ALARM("a") XOR OK("b")',
    'AT_LEAST(0, ALARM, (a, b))',
    'AT_LEAST(3, ALARM, (a, b))',
    'AT_LEAST(1, ALARM, ())',
    'AT_LEAST(1, BAD, (a))',
    'AT_LEAST(1, ALARM, (a)',
    'AND',
  ])('fails for "%s"', (rule) => {
    expect(() => alarmRule(rule)).toThrow(/^NotRehearsed: the alarm rule/);
  });
});

describe('virtual time', () => {
  test('runs tasks in the order of their times, and those of one time in the order of their planning', async () => {
    const seen: string[] = [];
    const simulation = new Simulation(0);
    simulation.at(20, () => void seen.push('c'));
    simulation.at(10, () => {
      seen.push('a');
      simulation.after(5, () => void seen.push(`b at ${simulation.now.getTime()}`));
    });
    simulation.at(20, () => void seen.push('d'));
    simulation.at(30, () => void seen.push('late'));
    await simulation.run(30);
    expect(seen).toEqual(['a', 'b at 15', 'c', 'd']);
    expect(simulation.now.getTime()).toBe(30);
  });

  test('never goes back: a task whose time has passed runs at once', async () => {
    const simulation = new Simulation(0);
    const times: number[] = [];
    simulation.at(10, () => simulation.pass(100));
    simulation.at(20, () => void times.push(simulation.now.getTime()));
    await simulation.run();
    expect(times).toEqual([110]);
  });

  test('fails when events cause each other without end', async () => {
    const simulation = new Simulation(0);
    const again = () => simulation.after(1, again);
    again();
    await expect(simulation.run()).rejects.toThrow(/^EndlessEvents: /);
  });

  test('a process that sleeps lets others run, and goes on where it was', async () => {
    const simulation = new Simulation(0);
    const seen: string[] = [];
    const at = (what: string) => seen.push(`${what} at ${simulation.now.getTime()}`);
    simulation.after(1, () =>
      simulation.spawn(async (sleep) => {
        at('begin');
        await sleep(100);
        at('woken');
        await sleep(100);
        at('end');
      }),
    );
    simulation.at(50, () => void at('other'));
    simulation.at(150, () => void at('another'));
    await simulation.run();
    expect(seen).toEqual(['begin at 1', 'other at 50', 'woken at 101', 'another at 150', 'end at 201']);
  });

  test('a process that fails after its sleep fails what runs it', async () => {
    const simulation = new Simulation(0);
    await simulation.spawn(async (sleep) => {
      await sleep(10);
      throw new Error('broken');
    });
    await expect(simulation.run()).rejects.toThrow('broken');
  });

  test('runs until a condition holds, and not beyond a time', async () => {
    const simulation = new Simulation(0);
    let done = false;
    simulation.at(10, () => {
      done = true;
    });
    simulation.at(20, () => undefined);
    expect(await simulation.runUntil(() => done, 5)).toBe(false);
    expect(await simulation.runUntil(() => done)).toBe(true);
    expect(simulation.now.getTime()).toBe(10);
    expect(await simulation.runUntil(() => false)).toBe(false);
  });
});
