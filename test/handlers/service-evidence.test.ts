import { CloudWatchClient, GetMetricDataCommand, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import type { MeasureSettings } from '../../lib/variant-test/contract';
import { serviceEvidence } from '../../lib/variant-test/handler/service-evidence';

const cloudWatch = mockClient(CloudWatchClient);
beforeEach(() => cloudWatch.reset());

const PAIR = { reference: 'blue', candidate: 'green' };
const WINDOW = { endpointName: 'Churn', start: '2026-03-04T08:00:00.000Z', end: '2026-03-04T09:00:00.000Z' };
const at = (minute: number) => new Date(Date.UTC(2026, 2, 4, 8, minute));

/** Values by query, at minutes of their own. */
const results = (values: Readonly<Record<string, Readonly<Record<number, number>>>>): MetricDataResult[] =>
  Object.entries(values).map(([Id, byMinute]) => ({
    Id,
    StatusCode: 'Complete',
    Timestamps: Object.keys(byMinute).map((minute) => at(Number(minute))),
    Values: Object.values(byMinute),
  }));

const asked = () => cloudWatch.commandCalls(GetMetricDataCommand).map(({ args }) => args[0].input);
const evidence = (...metrics: MeasureSettings['metric'][]) =>
  serviceEvidence({ ...PAIR, measures: metrics.map((metric) => ({ metric, leastEffect: 1 })) }, WINDOW);

test('measures of records ask for no metric', async () => {
  expect(await evidence('predictions', 'disagreement')).toEqual({});
  expect(asked()).toEqual([]);
});

test('errors are counted of each variant, by its own metrics, in the window', async () => {
  cloudWatch.on(GetMetricDataCommand).resolves({
    MetricDataResults: results({ m00: { 0: 300, 5: 200 }, m01: { 5: 3 }, m10: { 0: 100 } }),
  });
  expect(await evidence('serverErrors')).toEqual({
    serverErrors: { counts: { reference: { count: 500, found: 3 }, candidate: { count: 100, found: 0 } } },
  });
  const [{ MetricDataQueries = [], StartTime, EndTime }] = asked();
  expect([StartTime, EndTime]).toEqual([at(0), at(60)]);
  const read = MetricDataQueries.map(({ Id, MetricStat }) => [
    Id,
    MetricStat?.Metric?.MetricName,
    MetricStat?.Stat,
    MetricStat?.Metric?.Dimensions?.map(({ Value }) => Value).join('/'),
  ]);
  expect(read).toEqual([
    ['m00', 'Invocations', 'Sum', 'Churn/blue'],
    ['m01', 'Invocation5XXErrors', 'Sum', 'Churn/blue'],
    ['m10', 'Invocations', 'Sum', 'Churn/green'],
    ['m11', 'Invocation5XXErrors', 'Sum', 'Churn/green'],
  ]);
});

test('there are not more errors than requests', async () => {
  cloudWatch
    .on(GetMetricDataCommand)
    .resolves({ MetricDataResults: results({ m00: { 0: 2 }, m01: { 0: 3 }, m10: { 0: 1 } }) });
  expect(await evidence('serverErrors')).toMatchObject({
    serverErrors: { counts: { reference: { count: 2, found: 2 } } },
  });
});

test('minutes in which both have answered are paired, in order and in milliseconds', async () => {
  cloudWatch.on(GetMetricDataCommand).resolves({
    MetricDataResults: results({
      m00: { 2: 8000, 1: 6000, 3: 1000 },
      m01: { 2: 4, 1: 2, 3: 1 },
      m10: { 1: 9000, 2: 5000 },
      m11: { 1: 3, 2: 1 },
    }),
  });
  expect(await evidence('modelLatency')).toEqual({
    modelLatency: {
      minutes: [
        { reference: { count: 2, sum: 6 }, candidate: { count: 3, sum: 9 } },
        { reference: { count: 4, sum: 8 }, candidate: { count: 1, sum: 5 } },
      ],
    },
  });
});

test('all pages are read', async () => {
  cloudWatch
    .on(GetMetricDataCommand)
    .resolvesOnce({ MetricDataResults: results({ m00: { 0: 300 }, m10: { 0: 1 } }), NextToken: 'more' })
    .resolves({ MetricDataResults: results({ m00: { 5: 200 } }) });
  expect(await evidence('serverErrors')).toMatchObject({ serverErrors: { counts: { reference: { count: 500 } } } });
  expect(asked().map(({ NextToken }) => NextToken)).toEqual([undefined, 'more']);
});

test.each(['InternalError', 'Forbidden'] as const)(
  'metrics that cannot be read (%s) are not taken for none',
  async (StatusCode) => {
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'm00', StatusCode }] });
    await expect(evidence('serverErrors')).rejects.toThrow(/^MetricsNotRead/);
  },
);
