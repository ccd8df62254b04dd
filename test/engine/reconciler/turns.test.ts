import * as fc from 'fast-check';
import type { Turn, TurnTaker } from '../../../lib/engine/reconciler/contract';
import { isLeft, owedRuns, turnAt, turnsFrom } from '../../../lib/engine/reconciler/turns';
import { holds } from '../../analysis/property';

const HOUR = 3_600_000;
const GRACE = { serverless: 80, 'model-monitor': 110 } as const;
type Engine = keyof typeof GRACE;

const at = (text: string) => new Date(`2026-03-04T${text}Z`);
const taker = (engine: Engine, hours: Partial<TurnTaker> = {}): TurnTaker => ({
  engine,
  everyHours: 1,
  startHour: 0,
  graceMinutes: GRACE[engine],
  output: { bucket: 'reports', prefix: 'monitor' },
  scheduleIdentity: 'schedule',
  ...hours,
});
/** Turns that were taken one after the other. */
const taken = (...all: [time: string, engine: Engine, hours?: Partial<TurnTaker>][]): Turn[] =>
  all.reduce<Turn[]>((turns, [time, engine, hours]) => turnsFrom(turns, taker(engine, hours), at(time)), []);

describe('turns', () => {
  test('begin when an engine is first named', () => {
    expect(taken(['10:10:00', 'serverless'])).toEqual([
      { engine: 'serverless', everyHours: 1, startHour: 0, graceMinutes: 80, since: '2026-03-04T10:10:00.000Z' },
    ]);
  });

  test('go on with the same engine, at whatever hours from now on', () => {
    const turns = taken(['10:10:00', 'serverless'], ['11:10:00', 'serverless', { everyHours: 24, startHour: 3 }]);
    expect(turns).toMatchObject([{ since: '2026-03-04T10:10:00.000Z', everyHours: 24, startHour: 3 }]);
  });

  test('end with another engine, and are remembered', () => {
    const turns = taken(['10:10:00', 'serverless'], ['11:10:00', 'model-monitor'], ['11:20:00', 'serverless']);
    expect(turns.map(({ engine }) => engine)).toEqual(['serverless', 'model-monitor', 'serverless']);
    const many = Array.from({ length: 40 }, (_, index) => (index % 2 ? 'serverless' : 'model-monitor') as Engine);
    expect(taken(...many.map((engine): [string, Engine] => ['10:10:00', engine]))).toHaveLength(10);
  });

  test.each([
    ['10:00:00', undefined],
    ['10:30:00', undefined],
    ['10:30:01', 'serverless'],
    ['12:00:00', 'serverless'],
    ['12:00:01', 'model-monitor'],
    ['23:00:00', 'model-monitor'],
  ])('have a run that is due at %s in that of %s', (due, engine) => {
    const turns = taken(['10:30:00', 'serverless'], ['12:00:00', 'model-monitor']);
    expect(turnAt(turns, at(due))?.engine).toBe(engine);
  });
});

describe('a run', () => {
  const turns = taken(['09:30:00', 'serverless'], ['10:30:00', 'model-monitor']);

  test.each<[Engine, string, boolean]>([
    ['serverless', '10:00:00', false],
    ['serverless', '11:00:00', true],
    ['model-monitor', '10:00:00', true],
    ['model-monitor', '11:00:00', false],
    ['serverless', '09:00:00', false],
    ['model-monitor', '09:00:00', false],
  ])('of %s that is due at %s is left to the other engine: %s', (engine, due, left) => {
    expect(isLeft(turns, { engine, due: at(due) }, at(due))).toBe(left);
  });

  test('is left as long as the other engine has time to tell it', () => {
    const run = { engine: 'serverless', due: at('11:00:00') } as const;
    expect(isLeft(turns, run, at('12:49:59'))).toBe(true);
    expect(isLeft(turns, run, at('12:50:00'))).toBe(false);
  });

  test('is nobody else’s where no turn is known', () => {
    expect(isLeft([], { engine: 'serverless', due: at('11:00:00') }, at('11:20:00'))).toBe(false);
  });

  test('belongs to exactly one engine as soon as one had its turn, whenever and however often they change', () => {
    const changes = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 23 * HOUR }), fc.constantFrom<Engine>('serverless', 'model-monitor')),
      { minLength: 1 },
    );
    holds(
      fc.property(changes, fc.integer({ min: 0, max: 23 }), (times, hour) => {
        const midnight = at('00:00:00').getTime();
        const inOrder = [...times].sort(([one], [other]) => one - other);
        const all = inOrder.reduce<Turn[]>(
          (turns, [time, engine]) => turnsFrom(turns, taker(engine), new Date(midnight + time)),
          [],
        );
        const due = new Date(midnight + hour * HOUR);
        const mine = (['serverless', 'model-monitor'] as const).filter((engine) => !isLeft(all, { engine, due }, due));
        expect(mine).toHaveLength(turnAt(all, due) ? 1 : 2);
      }),
    );
  });

  test('is decided alike before and after a change that comes later than it was due', () => {
    const engines = fc.constantFrom<Engine>('serverless', 'model-monitor');
    holds(
      fc.property(fc.array(engines), engines, engines, (before, next, engine) => {
        const turns = taken(...before.map((one, index): [string, Engine] => [`0${index % 8}:30:00`, one]));
        const due = at('10:00:00');
        const later = turnsFrom(turns, taker(next), at('10:00:00'));
        if (turns.length === 0) return;
        expect(isLeft(later, { engine, due }, due)).toBe(isLeft(turns, { engine, due }, due));
      }),
    );
  });
});

describe('the runs that are owed', () => {
  test('are those of the turn before that may still be told', () => {
    const turns = taken(['02:30:00', 'serverless'], ['10:10:00', 'model-monitor']);
    expect(owedRuns(turns, at('10:10:00'))).toEqual([at('10:00:00'), at('09:00:00')]);
    expect(owedRuns(turns, at('10:20:00'))).toEqual([at('10:00:00')]);
    expect(owedRuns(turns, at('11:19:59'))).toEqual([at('10:00:00')]);
    expect(owedRuns(turns, at('11:20:00'))).toEqual([]);
  });

  test('are due after the beginning of that turn', () => {
    const since = (time: string) =>
      owedRuns(taken([time, 'serverless'], ['10:10:00', 'model-monitor']), at('10:10:00'));
    expect(since('09:59:59')).toEqual([at('10:00:00')]);
    expect(since('10:00:00')).toEqual([]);
  });

  test('are due at its hours', () => {
    const daily = (startHour: number) =>
      taken(['02:30:00', 'serverless', { everyHours: 24, startHour }], ['10:10:00', 'model-monitor']);
    expect(owedRuns(daily(9), at('10:10:00'))).toEqual([at('09:00:00')]);
    expect(owedRuns(daily(8), at('10:10:00'))).toEqual([]);
  });

  test('are due at each part of an hour', () => {
    const turns = taken(['02:30:00', 'serverless', { everyHours: 0.25 }], ['10:10:00', 'model-monitor']);
    const owed = owedRuns(turns, at('10:30:00'));
    expect(owed).toEqual([at('10:00:00'), at('09:45:00'), at('09:30:00'), at('09:15:00')]);
  });

  test('are due by its clock', () => {
    const clock = { timeZone: 'Asia/Kolkata', hour: 15 };
    const turns = taken(['02:30:00', 'serverless', { everyHours: 24, clock }], ['10:10:00', 'model-monitor']);
    expect(turns[0].clock).toEqual(clock);
    expect(owedRuns(turns, at('10:10:00'))).toEqual([at('09:30:00')]);
  });

  test('are those of the last change, however many there were', () => {
    const turns = taken(['02:30:00', 'model-monitor'], ['04:30:00', 'serverless'], ['10:10:00', 'model-monitor']);
    expect(owedRuns(turns, at('10:10:00'))).toEqual([at('10:00:00'), at('09:00:00')]);
  });

  test('are none without a turn before', () => {
    expect(owedRuns([], at('10:10:00'))).toEqual([]);
    expect(owedRuns(taken(['10:10:00', 'serverless']), at('10:10:00'))).toEqual([]);
  });
});
