import {
  AlarmStateError,
  type AlarmStateValue,
  AlarmWatch,
  evaluateAlarm,
} from '../../../lib/cloud/semantics/alarm-state/alarm-state';
import published from '../fixtures/alarm-missing-data.json';

const PERIOD_SECONDS = 300;
const NOW = new Date('2026-01-05T12:00:00Z');
const PROPS = {
  Namespace: 'Test',
  MetricName: 'Distance',
  Dimensions: [{ Name: 'MonitorId', Value: 'm' }],
  Statistic: 'Maximum',
  Period: PERIOD_SECONDS,
  EvaluationPeriods: 3,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};

/** Metrics of an alarm on an expression of `a` and `b`. */
function math(expression: string, periodOfB = PERIOD_SECONDS) {
  const metric = (id: string, period: number) => ({
    Id: id,
    MetricStat: { Metric: { Namespace: 'Test', MetricName: id }, Period: period, Stat: 'Sum' },
    ReturnData: false,
  });
  return [{ Id: 'e', Expression: expression }, metric('a', PERIOD_SECONDS), metric('b', periodOfB)];
}

/** A store with one value per five-minute period; the last of "0 X -" ends at NOW. */
function storeOf(datapoints: string, periodSeconds = PERIOD_SECONDS) {
  const marks = datapoints.split(' ');
  return {
    values: (_: unknown, start: Date, end: Date) =>
      marks.flatMap((mark, index) => {
        const time = NOW.getTime() - (marks.length - index) * periodSeconds * 1000;
        const inside = time >= start.getTime() && time < end.getTime();
        return mark === '-' || !inside ? [] : [mark === 'X' ? 2 : 0];
      }),
  };
}

describe('the tables of "Configuring how CloudWatch alarms treat missing data"', () => {
  const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
  const states: AlarmStateValue[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
  const cases = published.tables.flatMap(({ evaluationPeriods, datapointsToAlarm, rows }) =>
    rows.flatMap((row) =>
      treatments.flatMap((treatment) =>
        states.map((previous) => ({
          ...{ evaluationPeriods, datapointsToAlarm, treatment, previous },
          ...{ datapoints: row.datapoints, filled: row.filled, expected: row[treatment] },
        })),
      ),
    ),
  );

  test('both tables are here with five rows each', () => {
    expect(published.tables.map(({ rows }) => rows.length)).toEqual([5, 5]);
  });

  test.each(cases)(
    '$datapointsToAlarm of $evaluationPeriods, $datapoints, $treatment, after $previous: $expected',
    ({ evaluationPeriods, datapointsToAlarm, treatment, previous, datapoints, filled, expected }) => {
      const props = {
        ...PROPS,
        EvaluationPeriods: evaluationPeriods,
        DatapointsToAlarm: datapointsToAlarm,
        TreatMissingData: treatment,
      };
      const found = new AlarmWatch(props, previous).evaluate(storeOf(datapoints), NOW);
      expect(found.state).toBe(expected === 'retain' ? previous : expected);
      expect(found.reason.includes(`${filled} of 3 datapoints missing`)).toBe(filled > 0);
    },
  );

  test.each(['- - - - X', '- - - X -'])('%s does not alarm early with 3 of 3', (datapoints) => {
    expect(new AlarmWatch(PROPS, 'OK').evaluate(storeOf(datapoints), NOW).state).toBe('OK');
  });
});

describe('statistics and comparisons', () => {
  const at = (values: number[]) => ({
    values: (_: unknown, _start: Date, end: Date) => (end.getTime() === NOW.getTime() ? values : []),
  });
  const one = { ...PROPS, EvaluationPeriods: 1 };

  test.each([
    ['Average', [1, 2, 6], 3],
    ['Sum', [1, 2, 6], 9],
    ['Minimum', [4, 2, 6], 2],
    ['Maximum', [4, 2, 6], 6],
    ['SampleCount', [4, 2, 6], 3],
  ])('%s of %j is %d', (statistic, values, expected) => {
    const props = { ...one, Statistic: statistic, Threshold: expected };
    expect(
      evaluateAlarm({ ...props, ComparisonOperator: 'GreaterThanOrEqualToThreshold' }, at(values), NOW).state,
    ).toBe('ALARM');
    expect(evaluateAlarm({ ...props, ComparisonOperator: 'GreaterThanThreshold' }, at(values), NOW).state).toBe('OK');
    expect(evaluateAlarm({ ...props, ComparisonOperator: 'LessThanOrEqualToThreshold' }, at(values), NOW).state).toBe(
      'ALARM',
    );
    expect(evaluateAlarm({ ...props, ComparisonOperator: 'LessThanThreshold' }, at(values), NOW).state).toBe('OK');
  });

  test('p50 is a percentile by nearest rank', () => {
    const { Statistic: _, ...rest } = one;
    const props = { ...rest, ExtendedStatistic: 'p50' };
    expect(evaluateAlarm({ ...props, Threshold: 2.9 }, at([5, 1, 3]), NOW).state).toBe('ALARM');
    expect(evaluateAlarm({ ...props, Threshold: 3 }, at([5, 1, 3]), NOW).state).toBe('OK');
  });

  test('the metric is asked for by namespace, name and dimensions', () => {
    const asked: unknown[] = [];
    evaluateAlarm(one, { values: (metric) => asked.splice(0, 0, metric) as number[] }, NOW);
    expect(asked[0]).toEqual({ namespace: 'Test', metricName: 'Distance', dimensions: { MonitorId: 'm' } });
  });

  test('the window slides with whole minutes', () => {
    const ends: string[] = [];
    evaluateAlarm(
      one,
      { values: (_m, _s, end) => ends.splice(ends.length, 0, end.toISOString()).map(Number) },
      new Date('2026-01-05T12:07:59Z'),
    );
    expect(ends).toEqual(['2026-01-05T11:57:00.000Z', '2026-01-05T12:02:00.000Z', '2026-01-05T12:07:00.000Z']);
  });

  test('the reason says what was seen and what was needed', () => {
    expect(evaluateAlarm(one, at([2]), NOW).reason).toBe(
      'ALARM: 1 of 1 datapoints [2] > 1 (1 of 1 needed for ALARM); it was INSUFFICIENT_DATA',
    );
  });
});

describe('memory', () => {
  test('a change is reported once', () => {
    const watch = new AlarmWatch({ ...PROPS, EvaluationPeriods: 1 });
    expect(watch.evaluate(storeOf('X'), NOW)).toMatchObject({
      previous: 'INSUFFICIENT_DATA',
      state: 'ALARM',
      changed: true,
    });
    expect(watch.evaluate(storeOf('X'), NOW)).toMatchObject({ previous: 'ALARM', state: 'ALARM', changed: false });
    expect(watch.state).toBe('ALARM');
  });

  test('ignore keeps the state when the data stops', () => {
    const watch = new AlarmWatch({ ...PROPS, EvaluationPeriods: 1, TreatMissingData: 'ignore' });
    watch.evaluate(storeOf('X'), NOW);
    expect(watch.evaluate(storeOf('-'), NOW)).toMatchObject({ state: 'ALARM', changed: false });
  });
});

describe('warm-up', () => {
  const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
  const warming = (configuration: object, createdAt: Date) => {
    const warmUp = { WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 15, ...configuration } };
    return new AlarmWatch({ ...PROPS, TreatMissingData: 'breaching', ...warmUp }, 'INSUFFICIENT_DATA', createdAt);
  };

  test('an alarm is not evaluated before its warm-up is over', () => {
    const quiet = { state: 'INSUFFICIENT_DATA', changed: false };
    expect(warming({}, minutesAgo(14)).evaluate(storeOf('- - -'), NOW)).toMatchObject(quiet);
    expect(warming({}, minutesAgo(15)).evaluate(storeOf('- - -'), NOW)).toMatchObject({
      state: 'ALARM',
      changed: true,
    });
  });

  test('values for the whole evaluation window end it early, unless it is to last', () => {
    expect(warming({}, minutesAgo(1)).evaluate(storeOf('X X X'), NOW).state).toBe('ALARM');
    expect(warming({}, minutesAgo(1)).evaluate(storeOf('X X - X'), NOW).state).toBe('INSUFFICIENT_DATA');
    const whole = { OnlyStartEvaluatingAfterWarmUpPeriodEnds: true };
    expect(warming(whole, minutesAgo(1)).evaluate(storeOf('X X X'), NOW).state).toBe('INSUFFICIENT_DATA');
  });

  test('an alarm that is warm stays warm', () => {
    const watch = warming({}, minutesAgo(1));
    watch.evaluate(storeOf('0 0 0'), NOW);
    expect(watch.evaluate(storeOf('- - - - -'), NOW)).toMatchObject({ previous: 'OK', state: 'ALARM' });
  });
});

describe('a window by a wall clock', () => {
  const periodsAt = (now: string, Period: number, Timezone?: string) => {
    const asked: string[] = [];
    const store = {
      values: (_: unknown, start: Date, end: Date) => {
        asked.push(`${start.toISOString().slice(5, 16)} ${end.toISOString().slice(5, 16)}`);
        return [];
      },
    };
    const EvaluationWindow = { WallClockWindow: Timezone === undefined ? {} : { Timezone } };
    evaluateAlarm({ ...PROPS, EvaluationPeriods: 1, Period, EvaluationWindow }, store, new Date(now));
    return asked.reverse();
  };

  test('has whole periods alone, the last one until the last boundary', () => {
    expect(periodsAt('2026-01-05T12:59:59Z', 3600)).toEqual([
      '01-05T11:00 01-05T12:00',
      '01-05T10:00 01-05T11:00',
      '01-05T09:00 01-05T10:00',
    ]);
    expect(periodsAt('2026-01-05T13:00:00Z', 3600)[0]).toBe('01-05T12:00 01-05T13:00');
    expect(periodsAt('2026-01-05T12:59:59Z', 3600, 'Asia/Kolkata')[0]).toBe('01-05T11:30 01-05T12:30');
  });

  test('has the days of its zone, of 23 hours and of 25 where clocks are changed', () => {
    expect(periodsAt('2026-03-30T12:00:00Z', 86_400, 'Europe/Berlin')).toEqual([
      '03-28T23:00 03-29T22:00',
      '03-27T23:00 03-28T23:00',
      '03-26T23:00 03-27T23:00',
    ]);
    expect(periodsAt('2026-10-26T12:00:00Z', 86_400, 'Europe/Berlin')).toEqual([
      '10-24T22:00 10-25T23:00',
      '10-23T22:00 10-24T22:00',
      '10-22T22:00 10-23T22:00',
    ]);
  });

  test.each(['2026-03-29T03:00:00Z', '2026-10-25T04:00:00Z', '2026-10-25T00:30:00Z'])(
    'on the day of a change begins at its midnight, at %s',
    (now) => {
      const [last] = periodsAt(now, 86_400, 'Europe/Berlin');
      expect(last.slice(12)).toBe(now.startsWith('2026-03') ? '03-28T23:00' : '10-24T22:00');
    },
  );
});

describe('properties that are refused', () => {
  test.each([
    ['WrongValue', { Metrics: [] }],
    ['NotSupported', { ThresholdMetricId: 'band' }],
    ['NotSupported', { Metrics: math('RUNNING_SUM(a)') }],
    ['WrongValue', { Metrics: math('a + c') }],
    ['WrongValue', { Metrics: math('a + b', 60) }],
    ['NotSupported', { Statistic: 'Median' }],
    ['NotSupported', { Statistic: undefined, ExtendedStatistic: 'tm99' }],
    ['NotSupported', { ComparisonOperator: 'GreaterThanUpperThreshold' }],
    ['NotSupported', { EvaluateLowSampleCountPercentile: 'ignore' }],
    ['UnknownProperty', { Unit: 'Count' }],
    ['NotSupported', { Period: 604_800, EvaluationPeriods: 1, EvaluationWindow: { WallClockWindow: {} } }],
    ['NotSupported', { Period: 900, EvaluationWindow: { WallClockWindow: {} } }],
    ['WrongValue', { TreatMissingData: 'zero' }],
    ['WrongValue', { Period: 90 }],
    ['WrongValue', { Period: 1800, EvaluationPeriods: 49 }],
    ['WrongValue', { Period: 3600, EvaluationPeriods: 169 }],
    ['WrongValue', { DatapointsToAlarm: 4 }],
    ['WrongValue', { WarmUpConfiguration: {} }],
    ['WrongValue', { WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 2881 } }],
    ['WrongValue', { Threshold: 'high' }],
    ['WrongValue', { ExtendedStatistic: 'p50' }],
    ['MissingProperty', { Namespace: undefined }],
  ])('fails with %s for %j', (code, change) => {
    expect(() => new AlarmWatch({ ...PROPS, ...change })).toThrow(AlarmStateError);
    expect(() => new AlarmWatch({ ...PROPS, ...change })).toThrow(code);
  });

  test('an alarm of a week in hours is allowed', () => {
    expect(() => new AlarmWatch({ ...PROPS, Period: '3600', EvaluationPeriods: '168' })).not.toThrow();
  });
});

describe('metric math', () => {
  const { Namespace: _, MetricName: __, Dimensions: ___, Statistic: ____, Period: _____, ...others } = PROPS;
  const stateOf = (expression: string, values: { readonly [metric: string]: number[] }) => {
    const alarm = { ...others, EvaluationPeriods: 1, TreatMissingData: 'notBreaching', Metrics: math(expression) };
    return evaluateAlarm(alarm, { values: ({ metricName }) => values[metricName] }, NOW).state;
  };

  test.each([
    ['a + b * 2', 'ALARM'],
    ['(a - b) * 0.2', 'OK'],
    ['a - b - b - b', 'OK'],
    ['IF(a >= 4, b / 0.5, 0)', 'ALARM'],
    ['IF(a > 4, b / 0.5, 0)', 'OK'],
    ['IF(a == 4, IF(b != 1, 9, 0), 9)', 'OK'],
    ['2 * (a <= 4)', 'ALARM'],
    ['2 * (a < 4)', 'OK'],
  ])('%s is computed of sums', (expression, state) => {
    expect(stateOf(expression, { a: [1, 3], b: [1] })).toBe(state);
  });

  test('has no value in a period without a value of one of its metrics', () => {
    expect(stateOf('a + b', { a: [9], b: [] })).toBe('OK');
  });
});
