import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { mapConcurrently } from '../../lib/runtime/concurrency';
import { environment } from '../../lib/runtime/environment';
import { putEvent } from '../../lib/runtime/events';
import { putMetrics } from '../../lib/runtime/metrics';

const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
beforeEach(() => {
  cloudWatch.reset();
  eventBridge.reset();
});

test('metrics go out in batches that the service takes, in order', async () => {
  await putMetrics(
    'N',
    Array.from({ length: 1201 }, (_, i) => ({ MetricName: `m${i}` })),
  );
  const batches = cloudWatch.commandCalls(PutMetricDataCommand).map(({ args }) => args[0].input.MetricData ?? []);
  expect(batches.map(({ length }) => length)).toEqual([500, 500, 201]);
  expect(batches.flat().map(({ MetricName }) => MetricName)).toEqual(Array.from({ length: 1201 }, (_, i) => `m${i}`));
});

test('no metric makes no request', async () => {
  await putMetrics('N', []);
  expect(cloudWatch.calls()).toHaveLength(0);
});

test('fails when the bus refuses the entry of a request that succeeded', async () => {
  eventBridge
    .on(PutEventsCommand)
    .resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slower' }] });
  await expect(putEvent({ Source: 's' })).rejects.toThrow(
    'EventNotAccepted: the bus default refused the event: ThrottlingException, slower; see that',
  );
  await expect(putEvent({ Source: 's', EventBusName: 'models' })).rejects.toThrow('the bus models refused the event');
});

test('an accepted event is put once', async () => {
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  await putEvent({ Source: 's' });
  expect(eventBridge.calls()).toHaveLength(1);
});

test('concurrent work keeps its order and its limit', async () => {
  let running = 0;
  let most = 0;
  const results = await mapConcurrently([5, 1, 4, 2, 3], 2, async (n) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, n));
    running--;
    return n * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test('fails when a variable of the environment is missing or empty', () => {
  process.env.EMPTY_FOR_TEST = '';
  expect(() => environment('EMPTY_FOR_TEST')).toThrow(
    "MissingEnvironment: environment variable 'EMPTY_FOR_TEST' is not set",
  );
  delete process.env.EMPTY_FOR_TEST;
});
