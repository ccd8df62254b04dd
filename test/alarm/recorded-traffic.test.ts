import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OperationsAlarms } from '../../lib/alarm/operations-alarms';
import { AlarmWatch, type MetricIdentity } from '../../lib/cloud/semantics/alarm-state/alarm-state';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { EndpointOperations } from '../../lib/endpoint/endpoint-operations';
import { OperationsAlarm } from '../../lib/endpoint/operations-alarm';
import { newStack } from '../endpoint/fixtures';
import { readText } from '../project/source-files';

// Alarms of operations over two weeks of recorded traffic: each departure is a request, and how many minutes it was late are the tenths of a second that its answer took.

interface Recorded {
  readonly start: string;
  /** of each five minutes */
  readonly requests: readonly number[];
  /** the 99th percentile of delays in minutes, of the same */
  readonly slowest: readonly number[];
}

const RECORDED: Recorded = JSON.parse(readText('test/alarm/recorded-traffic.json'));
const PERIOD = 5 * 60_000;
const HOUR_PERIODS = 12;
const START = Date.parse(RECORDED.start);

/** What becomes of recorded requests: how many of a period fail, and from when on there are none. */
interface Fate {
  readonly failing?: (period: number) => number;
  readonly until?: number;
}

function storeOf({ failing = () => 0, until = RECORDED.requests.length }: Fate) {
  const of: { readonly [metricName: string]: (period: number, requests: number) => number[] } = {
    Invocations: (_, requests) => Array<number>(requests).fill(1),
    Invocation5XXErrors: (period, requests) =>
      Array.from({ length: requests }, (_, index) => Number(index < Math.floor(requests * failing(period)))),
    ModelLatency: (period, requests) => (requests === 0 ? [] : [RECORDED.slowest[period] * 100_000]), // microseconds
  };
  const values = ({ metricName }: MetricIdentity, from: Date, to: Date) => {
    const found: number[] = [];
    for (let time = Math.max(START, from.getTime()); time < to.getTime(); time += PERIOD) {
      const period = Math.floor((time - START) / PERIOD);
      if (period < until) found.push(...(of[metricName]?.(period, RECORDED.requests[period] ?? 0) ?? []));
    }
    return found;
  };
  return { values };
}

type Properties = { readonly [name: string]: unknown };

function alarmsOf(alarms?: OperationsAlarm[]): { readonly [name: string]: Properties } {
  const stack: Stack = newStack();
  const operations = EndpointOperations.instances(Endpoint.fromEndpointName(stack, 'Theirs', 'churn'), {
    variantName: 'live',
  });
  new OperationsAlarms(stack, 'Operations', { operations, alarms });
  const found = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
  return Object.fromEntries(
    Object.entries(found).map(([id, { Properties }]) => [id.replace(/^Operations|.{8}$/g, ''), Properties]),
  );
}

/** The periods, from the begin on, in which all of these alarms are on. */
function firing(alarms: readonly Properties[], fate: Fate = {}, periods = RECORDED.requests.length): number[] {
  const watches = alarms.map((alarm) => new AlarmWatch(alarm));
  const store = storeOf(fate);
  const on: number[] = [];
  for (let period = 1; period <= periods; period += 1) {
    const now = new Date(START + period * PERIOD);
    if (watches.map((watch) => watch.evaluate(store, now).state).every((state) => state === 'ALARM')) on.push(period);
  }
  return on;
}

/** The first period of each spell. */
const begins = (periods: readonly number[]) => periods.filter((period) => !periods.includes(period - 1));

test('the recorded traffic has a rhythm: nights without a request, and days with many', () => {
  const { requests, slowest } = RECORDED;
  expect(requests).toHaveLength(14 * 24 * HOUR_PERIODS);
  expect(slowest).toHaveLength(requests.length);
  expect(Math.max(...requests)).toBeGreaterThan(100);
  const nights = Array.from({ length: 14 }, (_, day) => requests.slice((day * 24 + 3) * HOUR_PERIODS).slice(0, 12));
  for (const night of nights) expect(night.filter((count) => count > 0).length).toBeLessThan(6);
});

/** The periods that end a quarter of an hour whose slowest answers all took more than 30 seconds. */
function slowQuarters({ slowest }: Recorded): number[] {
  const isSlow = (period: number) => slowest[period] * 0.1 > 30;
  return slowest.flatMap((_, period) => ([0, 1, 2].every((back) => isSlow(period - back)) ? [period + 1] : []));
}

test('over two weeks of it the default alarms are quiet, but for the one quarter of an hour with slow answers that there was', () => {
  const { ModelLatencyP99, ...others } = alarmsOf();
  expect(Object.keys(others)).toHaveLength(2);
  for (const alarm of Object.values(others)) expect(firing([alarm])).toEqual([]);
  expect(slowQuarters(RECORDED)).toHaveLength(1);
  expect(firing([ModelLatencyP99])).toEqual(slowQuarters(RECORDED));
});

test('one failing instance of three, at any hour of the day, raises the alarm on errors within a quarter of an hour, and no other', () => {
  const { ModelLatencyP99, ServerErrors } = alarmsOf();
  for (const hour of [9, 14, 20]) {
    const from = (2 * 24 + hour) * HOUR_PERIODS;
    const fate: Fate = { failing: (period) => (period >= from && period < from + HOUR_PERIODS ? 1 / 3 : 0) };
    expect(begins(firing([ServerErrors], fate))).toEqual([from + 3]);
    expect(firing([ModelLatencyP99], fate)).toEqual(slowQuarters(RECORDED));
  }
});

test('in a night with fewer requests than the least, failures are not told until there are enough', () => {
  const { ServerErrors } = alarmsOf();
  const { requests } = RECORDED;
  const [found] = begins(firing([ServerErrors], { failing: () => 1 }));
  const enough = (period: number) => requests.slice(period - 3, period).every((count) => count >= 20);
  expect(enough(found)).toBe(true);
  expect(
    Array.from({ length: found }, (_, period) => period).filter((period) => period >= 3 && enough(period)),
  ).toEqual([]);
});

test('traffic that ends is told after an hour; so is each night that has none, which is why that alarm is no default', () => {
  const { Silent, Used } = alarmsOf([OperationsAlarm.noTraffic()]);
  const until = (10 * 24 + 12) * HOUR_PERIODS;
  const ended = begins(firing([Silent, Used], { until })).filter((period) => period > until);
  expect(ended).toHaveLength(1);
  expect(ended[0] - until).toBeGreaterThanOrEqual(HOUR_PERIODS);
  expect(ended[0] - until).toBeLessThanOrEqual(HOUR_PERIODS + 2);
  const nights = begins(firing([Silent, Used])).map((period) => Math.floor((period / HOUR_PERIODS) % 24));
  expect(nights.length).toBeGreaterThan(0);
  expect(nights.every((hour) => hour >= 2 && hour < 7)).toBe(true);
});

test('before the first request nothing is told', () => {
  for (const alarm of Object.values(alarmsOf())) expect(firing([alarm], { until: 0 }, 500)).toEqual([]);
  const { Silent, Used } = alarmsOf([OperationsAlarm.noTraffic()]);
  expect(firing([Silent, Used], { until: 0 }, 500)).toEqual([]);
});
