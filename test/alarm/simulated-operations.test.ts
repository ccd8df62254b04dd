import { HOUR, MINUTE, Series, type Spell, spellsOf } from './simulation/series';
import { watchedStack } from './simulation/watched-stack';

// The alarms on an endpoint's work over a day of its metrics, minute by minute.

const START = Date.parse('2026-03-02T00:00:00Z');
const SPAN = { start: START, end: START + 24 * HOUR };
/** What CloudWatch learns of anomalies nobody else knows. */
const ALARMS = Object.fromEntries(
  Object.entries(watchedStack().alarms).filter(
    ([id, props]) => /^(Operations|Queue|CaptureDisk)/.test(id) && props.ThresholdMetricId === undefined,
  ),
);
/** Halves of the alarm on traffic that ended, which tell nobody. */
const HALVES = ['OperationsSilent', 'OperationsUsed'];

interface Minute {
  readonly requests: number;
  readonly latencyMilliseconds: number;
  readonly serverErrors: number;
  readonly clientErrors: number;
  readonly modelErrors: number;
  readonly cpu: number;
  readonly memory: number;
  readonly disk: number;
  readonly oldestSeconds: number;
}

const ORDINARY: Minute = {
  ...{ requests: 20, latencyMilliseconds: 80, serverErrors: 0, clientErrors: 1, modelErrors: 0 },
  ...{ cpu: 90, memory: 60, disk: 40, oldestSeconds: 20 },
};

/** Values of each minute; undefined is one of which nothing is published. */
type Day = (minute: number) => Partial<Minute> | undefined;

function told(day: Day): { readonly [id: string]: readonly Spell[] } {
  const series = new Series();
  for (let minute = 0; minute < 24 * 60; minute++) {
    const own = day(minute);
    if (own) put(series, START + minute * MINUTE, { ...ORDINARY, ...own });
  }
  return Object.fromEntries(Object.entries(spellsOf(ALARMS, series, SPAN)).filter(([id]) => !HALVES.includes(id)));
}

function put(series: Series, time: number, minute: Minute): void {
  const of =
    (namespace: string, EndpointName = 'served') =>
    (metricName: string, ...values: number[]) => {
      const metric = { namespace, metricName, dimensions: { EndpointName, VariantName: 'live' } };
      for (const value of values) series.put(metric, time, value);
    };
  const served = of('AWS/SageMaker');
  const each = (failing: number) => Array.from({ length: minute.requests }, (_, index) => Number(index < failing));
  served('Invocations', ...each(minute.requests));
  served('Invocation5XXErrors', ...each(minute.serverErrors));
  served('Invocation4XXErrors', ...each(minute.clientErrors));
  served('InvocationModelErrors', ...each(minute.modelErrors));
  if (minute.requests > 0) served('ModelLatency', ...each(0).map(() => minute.latencyMilliseconds * 1000));
  const instances = of('/aws/sagemaker/Endpoints');
  instances('CPUUtilization', minute.cpu);
  instances('MemoryUtilization', minute.memory);
  instances('DiskUtilization', minute.disk);
  const queued = { EndpointName: 'queued' };
  series.put(
    { namespace: 'AWS/SageMaker', metricName: 'ApproximateAgeOfOldestRequest', dimensions: queued },
    time,
    minute.oldestSeconds,
  );
}

const NOON = 12 * 60;
const FAULT = { from: NOON, to: NOON + 120 };
const during =
  (fault: Partial<Minute> | undefined): Day =>
  (minute) =>
    minute >= FAULT.from && minute < FAULT.to ? fault : {};

test('in an ordinary day all are silent', () => {
  expect(told(() => ({}))).toEqual({});
});

test('of a deployment, with minutes of which nothing is published and slow first answers, nothing is told', () => {
  const day: Day = (minute) => {
    if (minute >= NOON && minute < NOON + 8) return undefined;
    const isWarm = minute < NOON || minute >= NOON + 13;
    return isWarm ? {} : { latencyMilliseconds: 40_000, serverErrors: 1, cpu: 195, memory: 95 };
  };
  expect(told(day)).toEqual({});
});

test('on the first day, before the first request, nothing is told', () => {
  expect(told((minute) => (minute < NOON ? undefined : {}))).toEqual({});
  expect(told(() => undefined)).toEqual({});
});

test.each([
  ['OperationsModelLatencyP99', { latencyMilliseconds: 31_000 }, 15],
  ['OperationsServerErrors', { serverErrors: 1 }, 15],
  ['OperationsClientErrors', { clientErrors: 5 }, 15],
  ['OperationsModelErrors', { modelErrors: 1 }, 15],
  ['OperationsCPUUtilization', { cpu: 185 }, 15],
  ['OperationsMemoryUtilization', { memory: 92 }, 15],
  ['CaptureDiskAlarm', { disk: 71 }, 10],
  ['QueueBacklog', { oldestSeconds: 700 }, 15],
] as const)('%s alone tells its fault, once, within as many minutes as the guide says', (id, fault, minutes) => {
  const spells = told(during(fault));
  expect(Object.keys(spells)).toEqual([id]);
  const [{ from, to = Number.NaN }, ...others] = spells[id];
  expect(others).toEqual([]);
  const [late, on] = [from - START, to - START].map((time) => time / MINUTE);
  expect(late - FAULT.from).toBeGreaterThan(0);
  expect(late - FAULT.from).toBeLessThanOrEqual(minutes);
  expect(on - FAULT.to).toBeGreaterThan(0);
  expect(on - FAULT.to).toBeLessThanOrEqual(6);
});

test('traffic that ends is told after an hour, and no more when it has come back', () => {
  const day: Day = (minute) =>
    minute >= NOON && minute < NOON + 180 ? { requests: 0, serverErrors: 0, clientErrors: 0 } : {};
  const silent: Day = (minute) => (minute >= NOON && minute < NOON + 180 ? undefined : {});
  for (const each of [silent, day]) {
    const spells = told(each);
    expect(Object.keys(spells)).toEqual(['OperationsNoTraffic']);
    const [{ from, to = Number.NaN }, ...others] = spells.OperationsNoTraffic;
    expect(others).toEqual([]);
    expect((from - START) / MINUTE - NOON).toBeGreaterThanOrEqual(60);
    expect((from - START) / MINUTE - NOON).toBeLessThanOrEqual(71);
    expect((to - START) / MINUTE - NOON - 180).toBeLessThanOrEqual(6);
  }
});

test('nothing is told of a few failures among too few requests', () => {
  expect(told(during({ requests: 1, serverErrors: 1, clientErrors: 1, modelErrors: 1 }))).toEqual({});
});
