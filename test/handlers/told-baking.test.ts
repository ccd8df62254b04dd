import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import type { RolloutProperties } from '../../lib/endpoint/contract';
import type { RolloutEvent } from '../../lib/endpoint/handler/rollout-fulfilment';
import { tellBaking } from '../../lib/endpoint/handler/told-baking';

// How much of an update was seen while its new fleet baked.

const cloudWatch = mockClient(CloudWatchClient);
const bus = mockClient(EventBridgeClient);
const sns = mockClient(SNSClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(() => {
  for (const client of [cloudWatch, bus, sns]) client.reset();
  logged.mockClear();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  sns.on(PublishCommand).resolves({ MessageId: 'm1' });
});

/** Requests to each variant, in periods. */
function requests(...variants: readonly (readonly number[])[]): void {
  const MetricDataResults = variants.map((Values, index) => ({
    Id: `v${index}`,
    StatusCode: 'Complete' as const,
    Timestamps: Values.map((_, period) => new Date(Date.UTC(2026, 2, 4, 8, 5 * period))),
    Values: [...Values],
  }));
  cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults });
}

/** What the log says. */
const lines = () => logged.mock.calls.map(([line]) => JSON.parse(line));

const PROPERTIES: RolloutProperties = {
  EndpointName: 'churn',
  EndpointConfigName: 'new',
  VariantNames: ['blue', 'green'],
  LeastRequests: '20',
  TopicArn: 'arn:aws:sns:eu-west-1:111122223333:team',
};

type Told = [properties?: Partial<RolloutProperties>, type?: string, before?: string, url?: string];

async function told(
  ...[properties = {}, RequestType = 'Update', before = 'old', ResponseURL = 'https://cloudformation.example/']: Told
) {
  const event = {
    RequestType,
    ResponseURL,
    ResourceProperties: { ServiceToken: 't', ...PROPERTIES, ...properties },
    OldResourceProperties: { ServiceToken: 't', ...PROPERTIES, EndpointConfigName: before },
  };
  await tellBaking(event as unknown as RolloutEvent);
  const [put] = bus.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries ?? []);
  const [message] = sns.commandCalls(PublishCommand).map(({ args }) => args[0].input);
  return { type: put?.DetailType, detail: put && JSON.parse(put.Detail ?? ''), message };
}

test('a new fleet that got enough has baked: an event tells it, and no message', async () => {
  requests([10, 5], [5]);
  const { type, detail, message } = await told();
  expect(type).toBe('Model Endpoint Rollout Ended');
  expect(detail).toEqual({
    version: '1',
    endpointName: 'churn',
    endpointConfigName: 'new',
    outcome: 'Baked',
    requests: 20,
    leastRequests: 20,
  });
  expect(message).toBeUndefined();
  expect(lines()).toEqual([{ decision: 'update baked', endpoint: 'churn', outcome: 'Baked', requests: 20 }]);
});

test('one that got fewer has baked unseen, which a message tells, too', async () => {
  requests([10, 4], [5]);
  const { detail, message } = await told();
  expect(detail).toMatchObject({ outcome: 'BakedUnseen', requests: 19 });
  expect(message?.Subject).toBe('Baked unseen: churn');
  expect(message?.Message).toContain('its new fleet got 19 requests while it baked, and 20 are asked for');
});

test('without a topic the event alone tells it', async () => {
  requests([]);
  const { detail, message } = await told({ TopicArn: undefined });
  expect([detail.outcome, detail.requests, message]).toEqual(['BakedUnseen', 0, undefined]);
});

test('requests are those to the new configuration, of each variant', async () => {
  requests([20]);
  await told();
  const [{ args }] = cloudWatch.commandCalls(GetMetricDataCommand);
  const { StartTime, EndTime } = args[0].input;
  expect(Number(EndTime) - Number(StartTime)).toBe(24 * 3_600_000);
  expect(args[0].input.MetricDataQueries?.[0].MetricStat?.Stat).toBe('Sum');
  const asked = args[0].input.MetricDataQueries?.map(({ MetricStat }) => [
    MetricStat?.Metric?.MetricName,
    ...(MetricStat?.Metric?.Dimensions ?? []).map(({ Name, Value }) => `${Name} ${Value}`),
  ]);
  expect(asked).toEqual(
    ['blue', 'green'].map((name) => [
      'Invocations',
      'EndpointName churn',
      `VariantName ${name}`,
      'EndpointConfigName new',
    ]),
  );
});

test.each([
  ['20260304T101559Z', '2026-03-04T10:15:00.000Z'],
  ['20260304T101500Z', '2026-03-04T10:15:00.000Z'],
  ['20261231T235959Z', '2026-12-31T23:59:00.000Z'],
])(
  'requests are counted until the minute of the request, whenever it is delivered: of %s until %s',
  async (asked, end) => {
    requests([20]);
    await told({}, 'Update', 'old', `https://cloudformation.example/?X-Amz-Date=${asked}&X-Amz-Expires=7200`);
    const [{ args }] = cloudWatch.commandCalls(GetMetricDataCommand);
    expect((args[0].input.EndTime as Date).toISOString()).toBe(end);
    expect(args[0].input.MetricDataQueries?.[0].MetricStat?.Period).toBe(60);
  },
);

test('an update is not taken back because CloudWatch cannot say what it saw: then nobody has', async () => {
  cloudWatch.on(GetMetricDataCommand).rejects(Object.assign(new Error('not now'), { name: 'InternalServiceFault' }));
  const { detail, message } = await told();
  expect(detail).toMatchObject({ outcome: 'BakedUnseen' });
  expect(detail).not.toHaveProperty('requests');
  expect(message?.Message).toContain('CloudWatch could not say');
  const [{ reason, ...said }] = lines();
  expect(said).toEqual({ decision: 'requests not counted', endpoint: 'churn' });
  expect(reason).toContain('not now');
});

test.each([
  ['a first deployment', {}, 'Create', 'old'],
  ['the configuration of before', {}, 'Update', 'new'],
  ['a rollout whose requests are not counted', { LeastRequests: undefined }, 'Update', 'old'],
] as const)('of %s nothing is told', async (_, properties, type, before) => {
  requests([100]);
  expect(await told(properties, type, before)).toMatchObject({ type: undefined });
  expect(cloudWatch.calls()).toEqual([]);
});
