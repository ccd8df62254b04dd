import { type Course, Fleet } from './simulation/fleet';
import { type Alarms, DAY, HOUR, MINUTE, Series, type Span, type Spells, spellsOf } from './simulation/series';
import { watchedStack } from './simulation/watched-stack';

// Every alarm on monitoring, as synthesized, over what the functions of a stack publish in weeks of runs.

const STACK = watchedStack();
const OF_OPERATIONS = /^(Operations|Queue|CaptureDisk)/;
const ALARMS: Alarms = Object.fromEntries(Object.entries(STACK.alarms).filter(([id]) => !OF_OPERATIONS.test(id)));
/** An alarm on m of n windows that slide is not silent for all of an incident: docs/guides/alarms.md says so. */
const SLIDING = 'IncomeSliding';

const at = (text: string) => Date.parse(`${text}Z`);
const courseFrom = (start: string, days: number, more: Partial<Course> = {}): Course => ({
  start: at(start),
  end: at(start) + days * DAY,
  ...more,
});

function simulated(course: Course, alarms = ALARMS) {
  const { series, concluded } = new Fleet(STACK, course);
  return { spells: spellsOf(alarms, series, course), series, concluded };
}

const expected = (id: string) => {
  const all = STACK.schedules.flatMap(({ input }) => input.monitors ?? []);
  const monitor = all.find((one) => one.id === id);
  if (!monitor) throw new Error(`no monitor ${id}`);
  return monitor;
};

/** The monitor of each front door, and for how long after the last bad value its alarms are on. */
const WATCHED = [
  { id: 'Quarter', monitorId: 'Stack/Quarter/Quality', on: [30 * MINUTE, 32 * MINUTE] },
  { id: 'Hourly', monitorId: 'Stack/Hourly/Quality', on: [2.25 * HOUR, 2.25 * HOUR + 10 * MINUTE] },
  { id: 'Night', monitorId: 'Stack/Night/Quality', on: [27 * HOUR, 29 * HOUR] },
  { id: 'Morning', monitorId: 'Stack/Morning/Quality', on: [27 * HOUR, 29 * HOUR] },
] as const;
const driftOf = (id: string) => `${id}QualityAlarmsDrift`;

/** When the runs of a monitor ended that were due from a time until another. */
function ends(concluded: ReadonlyMap<string, number>, monitorId: string, [from, until]: readonly [number, number]) {
  const own = [...concluded].flatMap(([run, time]) => (run.startsWith(`${monitorId} `) ? [[run, time] as const] : []));
  return own.flatMap(([run, time]) => {
    const due = Date.parse(run.slice(monitorId.length + 1));
    return due >= from && due < until ? [time] : [];
  });
}

describe.each([
  ['the first two days of a stack, deployed within an hour', courseFrom('2026-03-02T12:37', 2)],
  [
    'an endpoint that is not used for four days',
    courseFrom('2026-02-28T12:37', 12, {
      endOf: (_, due) => (due > at('2026-03-03T06:00') && due < at('2026-03-07T06:00') ? 'NoData' : 'Quiet'),
    }),
  ],
  [
    'windows to which a few objects come late',
    courseFrom('2026-03-02T12:37', 4, { endOf: (_, due) => (due > at('2026-03-03T06:00') ? 'Tolerated' : 'Quiet') }),
  ],
  ['clocks that are put forward', courseFrom('2026-03-26T12:37', 7)],
  ['clocks that are put back', courseFrom('2026-10-22T12:37', 7)],
  [
    'a deployment within an hour that gives each monitor another schedule',
    courseFrom('2026-03-02T12:37', 4, { replacedAt: at('2026-03-04T06:30') }),
  ],
])('in %s', (_, course) => {
  test('all alarms are silent', () => {
    expect(simulated(course).spells).toEqual({});
  });

  test('there are a value of each run and a heartbeat an hour, so that there is something to be silent about', () => {
    const { series, concluded } = simulated(course);
    expect(concluded.size).toBeGreaterThan(((course.end - course.start) / DAY) * (96 + 2 * 24));
    const dimensions = { ReconcilerId: 'Stack' };
    const heartbeat = { namespace: 'SageMakerMonitoring', metricName: 'Heartbeat', dimensions };
    const beats = series.values(heartbeat, new Date(course.start), new Date(course.end));
    expect(beats).toHaveLength((course.end - course.start) / HOUR);
  });
});

describe.each([
  ['in an ordinary week', '2026-03-02T12:37', '2026-03-05T06:00', '2026-03-08T12:00'],
  ['over the day on which clocks are put forward', '2026-03-24T12:37', '2026-03-26T06:00', '2026-03-31T12:00'],
  ['over the day on which clocks are put back', '2026-10-20T12:37', '2026-10-22T06:00', '2026-10-27T12:00'],
])('drift %s', (_, start, from, until) => {
  const drifted = [at(from) + 1, at(until)] as const;
  const endOf: Course['endOf'] = (_id, due) => (due >= drifted[0] && due < drifted[1] ? 'Drifted' : 'Quiet');
  const course = courseFrom(start, (at(until) - at(start)) / DAY + 3, { endOf });
  const { spells, concluded } = simulated(course);

  test.each(WATCHED)('is told once of the monitor $id: by the second run, until a while after the last', (watched) => {
    const runs = ends(concluded, watched.monitorId, drifted);
    const [spell, ...others] = spells[driftOf(watched.id)];
    expect(others).toEqual([]);
    expect(spell.from - runs[1]).toBeGreaterThan(0);
    expect(spell.from - runs[1]).toBeLessThanOrEqual(2 * MINUTE);
    const [least, most] = watched.on;
    const on = (spell.to ?? Number.NaN) - (runs.at(-1) ?? Number.NaN);
    expect(on).toBeGreaterThanOrEqual(least);
    expect(on).toBeLessThanOrEqual(most + MINUTE);
  });

  test('is told by the quorum as long as two alarms are on', () => {
    const begins = Object.entries(spells).flatMap(([id, all]) => (/AlarmsDrift$/.test(id) ? [all[0].from] : []));
    const back = Object.entries(spells).flatMap(([id, all]) =>
      /AlarmsDrift$/.test(id) ? [all[0].to ?? course.end] : [],
    );
    const second = (times: number[], place: number) => times.sort((one, other) => one - other).at(place);
    expect(spells.Quorum).toEqual([{ from: second(begins, 1), to: second(back, -2) }]);
  });

  test('of one feature is told once by whole hours, when the hour of its second run is over', () => {
    const runs = ends(concluded, 'Stack/Hourly/Quality', drifted);
    const [spell, ...others] = spells.Income;
    expect(others).toEqual([]);
    expect(spell.from).toBe(Math.ceil(runs[1] / HOUR) * HOUR);
  });

  test('of a day is told by a wall clock at midnight, where the clocks are', () => {
    const [spell, ...others] = spells.MorningByClock;
    expect(others).toEqual([]);
    const shown = new Date(spell.from).toLocaleString('de', { timeZone: 'Europe/Berlin' });
    expect(shown).toMatch(/ 00:00:00$/);
  });

  test('is told by no other alarm', () => {
    const own = [...WATCHED.map(({ id }) => driftOf(id)), 'AloneDrift', 'Quorum', 'Income', SLIDING, 'MorningByClock'];
    expect(Object.keys(spells).filter((id) => !own.includes(id) && id !== driftOf('Week'))).toEqual([]);
  });
});

test('an alarm on m of n windows that slide may go back and come again while an incident begins or ends', () => {
  const endOf: Course['endOf'] = (_, due) => (due > at('2026-03-05T06:00') ? 'Drifted' : 'Quiet');
  const { spells } = simulated(courseFrom('2026-03-04T12:37', 2, { endOf }));
  expect(spells[SLIDING].length).toBeGreaterThan(1);
  expect(spells.Income).toHaveLength(1);
});

test('drift after which no data come is told for as long, and no longer', () => {
  const endOf: Course['endOf'] = (_, due) => {
    if (due <= at('2026-03-04T06:00')) return 'Quiet';
    return due <= at('2026-03-06T12:00') ? 'Drifted' : 'NoData';
  };
  const { spells, concluded } = simulated(courseFrom('2026-03-02T12:37', 7, { endOf }));
  for (const { id, monitorId, on } of WATCHED) {
    const last = ends(concluded, monitorId, [0, at('2026-03-06T12:01')]).at(-1) ?? Number.NaN;
    const [spell, ...others] = spells[driftOf(id)];
    expect(others).toEqual([]);
    expect((spell.to ?? Number.NaN) - last).toBeGreaterThanOrEqual(on[0]);
    expect((spell.to ?? Number.NaN) - last).toBeLessThanOrEqual(on[1] + MINUTE);
  }
});

describe('health', () => {
  const once = (end: 'Late' | 'Failed') => (_: string, due: number) =>
    due > at('2026-03-05T05:59') && due <= at('2026-03-05T06:00') ? end : 'Quiet';

  test.each(['Late', 'Failed'] as const)('of one run that is %s is told at once, once, and by nothing else', (end) => {
    const { spells, concluded } = simulated(courseFrom('2026-03-02T12:37', 4, { endOf: once(end) }));
    expect(Object.keys(spells).sort()).toEqual(['AloneHealth', 'HourlyHealth', 'QuarterHealth']);
    const { on } = WATCHED[1]; // the one on health looks at an hour at least
    for (const { id, monitorId } of WATCHED.slice(0, 2)) {
      const [told] = ends(concluded, monitorId, [at('2026-03-05T06:00'), at('2026-03-05T06:01')]);
      const [{ from, to = Number.NaN }, ...others] = spells[`${id}Health`];
      expect(others).toEqual([]);
      expect(from - told).toBeLessThanOrEqual(2 * MINUTE);
      expect(to - told).toBeGreaterThanOrEqual(on[0]);
      expect(to - told).toBeLessThanOrEqual(on[1] + MINUTE);
    }
  });

  test('of runs that are missed is told once, within the time of grace and an hour', () => {
    const dead = at('2026-03-05T06:30');
    const { spells } = simulated(
      courseFrom('2026-03-02T12:37', 8, { endOf: (_, due) => (due > dead ? 'Absent' : 'Quiet') }),
    );
    const first = { Quarter: '06:45', Hourly: '07:00', Morning: '07:00' };
    for (const [id, time] of Object.entries(first)) {
      const [{ from, to }, ...others] = spells[`${id}Health`];
      const { graceMinutes } = expected(`Stack/${id}/Quality`);
      const late = from - at(`2026-03-05T${time}`);
      expect(late).toBeGreaterThan(graceMinutes * MINUTE);
      expect(late).toBeLessThanOrEqual((id === 'Morning' ? 3 * HOUR : 2 * HOUR) + 10 * MINUTE);
      expect([to, others]).toEqual([undefined, []]);
    }
    expect(Object.keys(spells).filter((id) => !id.endsWith('Health'))).toEqual([]);
  });

  test('of a monitor that has never had data is told by its first run more than a day after it began', () => {
    const course = courseFrom('2026-03-02T12:37', 8, { endOf: () => 'NoData' });
    const { spells } = simulated(course);
    for (const { id } of WATCHED) {
      const [{ from }, ...others] = spells[`${id}Health`];
      expect(others).toEqual([]);
      expect(from - course.start).toBeGreaterThan(DAY);
      expect(from - course.start).toBeLessThanOrEqual((id === 'Night' || id === 'Morning' ? 2 : 1) * DAY + HOUR);
    }
  });
});

describe('the watcher', () => {
  test('that dies is told three to five hours after its last sign of life, and by nothing else', () => {
    for (const minutes of [0, 13, 29, 44, 59]) {
      const watcherEnds = at('2026-03-03T06:00') + minutes * MINUTE;
      const course = courseFrom('2026-03-02T12:37', 2, { watcherEnds });
      const { spells, series } = simulated(course);
      const heartbeat = {
        namespace: 'SageMakerMonitoring',
        metricName: 'Heartbeat',
        dimensions: { ReconcilerId: 'Stack' },
      };
      const beats = series.timesOf(
        new Set([JSON.stringify(['SageMakerMonitoring', 'Heartbeat', ['ReconcilerId', 'Stack']])]),
      );
      expect(series.values(heartbeat, new Date(0), new Date(course.end))).toHaveLength(beats.length);
      const [{ from }] = spells.AlarmsHeartbeatAlarm;
      expect(Object.keys(spells)).toEqual(['AlarmsHeartbeatAlarm']);
      expect(from - Math.max(...beats)).toBeGreaterThanOrEqual(3 * HOUR);
      expect(from - Math.max(...beats)).toBeLessThanOrEqual(5 * HOUR + MINUTE);
    }
  });

  test('that never lived is told three hours after the deployment', () => {
    const course = courseFrom('2026-03-02T12:37', 1, { watcherEnds: 0 });
    expect(simulated(course).spells.AlarmsHeartbeatAlarm).toEqual([{ from: course.start + 3 * HOUR }]);
  });
});

test('a watcher that lives again is told with its next heartbeat', () => {
  const span: Span = { start: at('2026-03-02T00:00'), end: at('2026-03-03T00:00') };
  const series = new Series();
  const metric = { namespace: 'SageMakerMonitoring', metricName: 'Heartbeat', dimensions: { ReconcilerId: 'Stack' } };
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => hour < 6 || hour >= 14);
  for (const hour of hours) series.put(metric, span.start + hour * HOUR + 10 * MINUTE, 1);
  const { Heartbeat = [] } = spellsOf({ Heartbeat: ALARMS.AlarmsHeartbeatAlarm }, series, span);
  expect(Heartbeat).toHaveLength(1);
  const back = (Heartbeat[0].to ?? Number.NaN) - (span.start + 14 * HOUR + 10 * MINUTE);
  expect(back).toBeGreaterThan(0);
  expect(back).toBeLessThanOrEqual(2 * MINUTE);
});

test('drift of weekly runs is told by the second one, and for a week more, or three where no data follow', () => {
  const alarms = { Week: ALARMS[driftOf('Week')] };
  for (const [after, weeks] of [
    ['Quiet', 1],
    ['NoData', 3],
  ] as const) {
    const endOf: Course['endOf'] = (_, due) => (due < at('2026-03-17T00:00') ? 'Drifted' : after);
    const { spells, concluded } = simulated(courseFrom('2026-03-02T12:37', 40, { endOf }), alarms);
    const runs = ends(concluded, 'Stack/Week/Quality', [0, at('2026-03-17T00:00')]);
    const [{ from, to = Number.NaN }] = spells.Week;
    expect(runs).toHaveLength(2);
    expect(from - runs[1]).toBeLessThanOrEqual(2 * MINUTE);
    expect(to - runs[1]).toBeGreaterThanOrEqual(weeks * 7 * DAY - HOUR);
    expect(to - runs[1]).toBeLessThanOrEqual(weeks * 7 * DAY + HOUR);
  }
});

test('what cannot be delivered is told within two minutes, until an hour after the queue is empty, and while SQS counts nothing', () => {
  const span: Span = { start: at('2026-03-02T00:00'), end: at('2026-03-03T00:00') };
  const metric = {
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: `\${DeadLetters.QueueName}` },
  };
  const spellsWith = (countAt: (minute: number) => number | undefined) => {
    const series = new Series();
    for (let minute = 0; minute < 24 * 60; minute++) {
      const count = countAt(minute);
      if (count !== undefined) series.put(metric, span.start + minute * MINUTE, count);
    }
    return spellsOf({ Undelivered: ALARMS.AlarmsUndeliveredAlarm }, series, span).Undelivered;
  };
  expect(spellsWith(() => undefined)).toBeUndefined();
  expect(spellsWith(() => 0)).toBeUndefined();
  const [spell, ...others] = spellsWith((minute) => (minute >= 300 && minute < 600 ? 1 : 0)) ?? [];
  expect(others).toEqual([]);
  expect(spell.from - span.start - 300 * MINUTE).toBeLessThanOrEqual(2 * MINUTE);
  expect((spell.to ?? Number.NaN) - span.start - 600 * MINUTE).toBeLessThanOrEqual(HOUR);
  const asleep = spellsWith((minute) => (minute < 300 ? 0 : minute < 660 ? 1 : undefined)) ?? [];
  expect(asleep.map(({ to }) => to)).toEqual([undefined]);
});

describe('what the simulation evaluates', () => {
  const endOf: Course['endOf'] = (_, due) => {
    if (due <= at('2026-03-03T06:00')) return 'Quiet';
    return due < at('2026-03-03T12:00') ? 'Drifted' : 'NoData';
  };

  test('is what every minute would come to', () => {
    const course = courseFrom('2026-03-02T22:37', 1, { endOf });
    const { series } = new Fleet(STACK, course);
    const spells = spellsOf(ALARMS, series, course);
    expect(spells).toEqual(spellsOf(ALARMS, series, course, true));
    expect(Object.keys(spells).length).toBeGreaterThan(3);
  });

  const toldBy = (change: object): Spells[string] | undefined => {
    const alarms = { Hourly: { ...ALARMS[driftOf('Hourly')], ...change } };
    return simulated(courseFrom('2026-03-02T12:37', 2, { endOf }), alarms).spells.Hourly;
  };

  test.each([
    ['takes missing data for bad', { TreatMissingData: 'breaching' }],
    ['stays as it is where data are missing', { TreatMissingData: 'ignore' }],
    ['looks at one period', { Period: 3600, EvaluationPeriods: 1 }],
    ['asks for all of the short periods', { DatapointsToAlarm: undefined }],
    ['looks at no more than an hour', { EvaluationPeriods: 12 }],
    ['counts values', { Statistic: 'SampleCount' }],
    ['fires above a higher threshold', { Threshold: 1 }],
    ['looks at longer periods', { Period: 600 }],
  ])('tells the alarm that there is from one that %s', (_, change) => {
    expect(toldBy({})).toHaveLength(1);
    expect(toldBy(change)).not.toEqual(toldBy({}));
  });
});
