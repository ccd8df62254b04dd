import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { type ExecutionReport, PUBLICATION_STEPS } from '../../../lib/outcome/contract';
import type { Conclusion, MonitorRun } from '../../../lib/outcome/execution-report';
import { type ConcludedRun, concludeRun } from '../../../lib/outcome/handler/run-conclusion';
import { awsError, S3Store } from '../../handlers/s3-store';
import { leftBy, RUN } from '../run';

// What a window comes to is decided at one key, whatever happens to the calls that decide it.

const s3 = new S3Store();
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(() => {
  s3.reset();
  cloudWatch.reset();
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
});

const KEY = 'reports/dq/2026/03/04/09/report.json';
const report = () => s3.json<ExecutionReport>('out', KEY);
const events = () =>
  eventBridge.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries?.map(({ Detail }) => Detail));
const told = () => events().map((detail) => JSON.parse(String(detail)));

/** Concludes the window by an execution; a `Failed` one is known to have failed. */
function conclude(executionId: string, conclusion: Conclusion | (() => Promise<Conclusion>)): Promise<ConcludedRun> {
  const run: MonitorRun = { ...RUN, executionId };
  return concludeRun(run, {
    hasFailed: typeof conclusion === 'object' && conclusion.status === 'Failed',
    conclusion: typeof conclusion === 'object' ? async () => conclusion : conclusion,
    monitoringId: 'Stack',
    featureMetrics: [],
    earlier: { output: { bucket: 'out', prefix: 'reports/dq' }, times: { everyHours: 1 }, due: RUN.window.end },
  });
}

const ANALYSED: Conclusion = { status: 'Analysed', recordCount: 5 };
const FAILED: Conclusion = { status: 'Failed', failureReason: 'Broken: on purpose' };

/** Lets the next write of a report happen otherwise. */
function nextWrite(act: (input: PutObjectCommandInput) => object): void {
  let isNext = true;
  s3.client.on(PutObjectCommand).callsFake((input: PutObjectCommandInput) => {
    if (!isNext) return s3.put(input);
    isNext = false;
    return act(input);
  });
}

test('an outcome says whose it is, of which revision, and by which id', async () => {
  await conclude('e1', ANALYSED);
  const { outcomeId, accountId, region, revision } = told()[0];
  expect({ accountId, region, revision }).toEqual({ accountId: '111122223333', region: 'eu-west-1', revision: 1 });
  expect(outcomeId).toMatch(/^[0-9a-f]{32}$/);
  expect(report().outcome).toEqual(told()[0]);
});

test('of two executions that conclude a window at once one decides, and both tell the same, byte by byte', async () => {
  await Promise.all([conclude('e1', ANALYSED), conclude('e2', ANALYSED)]);
  expect(new Set(events()).size).toBe(1);
  expect(report().outcome).toEqual(told()[0]);
  expect([...report().published].sort()).toEqual([...PUBLICATION_STEPS].sort());
});

test('an execution that comes second tells what is left of what the first decided, and not what it found itself', async () => {
  eventBridge.on(PutEventsCommand).resolvesOnce({ FailedEntryCount: 1 }).resolves({ FailedEntryCount: 0 });
  await expect(conclude('e1', ANALYSED)).rejects.toThrow('EventNotAccepted');
  expect(await conclude('e2', { status: 'NoData' })).toEqual({ status: 'Completed', published: true });
  expect(new Set(events()).size).toBe(1);
  expect(report().outcome.executionId).toBe('e1');
});

test('a decision whose answer was lost, and that was asked for again, is known by its token', async () => {
  nextWrite((input) => {
    s3.put(input);
    return s3.put(input); // as the SDK does after a lost answer
  });
  const analysed = jest.fn(async () => ANALYSED);
  expect(await conclude('e1', analysed)).toEqual({ status: 'Completed', published: true });
  expect([analysed.mock.calls.length, told().length]).toEqual([1, 1]);
  expect(JSON.parse(logged.mock.lastCall?.[0])).toMatchObject({ decision: 'conclude' }); // and does not finish what another began
});

test('a decision that another write kept from being made is made again', async () => {
  nextWrite(() => {
    throw awsError('ConditionalRequestConflict');
  });
  expect(await conclude('e1', ANALYSED)).toEqual({ status: 'Completed', published: true });
});

test('a decision that is never to be made fails the run, which says so', async () => {
  s3.client.on(PutObjectCommand).rejects(awsError('ConditionalRequestConflict'));
  await expect(conclude('e1', ANALYSED)).rejects.toThrow(
    `ObjectContended: s3://out/${KEY} was written by others 10 times in a row`,
  );
});

describe('a failed window that is run again', () => {
  test('has another outcome, of the next revision', async () => {
    await conclude('e1', FAILED);
    await conclude('e2', ANALYSED);
    const [first, second] = told();
    expect([first.revision, second.revision]).toEqual([1, 2]);
    expect(first.outcomeId).not.toBe(second.outcomeId);
    expect(report().outcome).toEqual(second);
  });

  test('has the second revision where an earlier version decided the first one', async () => {
    s3.set('out', KEY, leftBy({ executionId: 'e0' }, { status: 'Failed' }));
    await conclude('e1', ANALYSED);
    expect(told()).toMatchObject([{ revision: 2, status: 'Completed' }]);
  });

  test('and fails again, which is known only when its data have been looked at, is told once', async () => {
    await conclude('e1', FAILED);
    expect(await conclude('e2', async () => FAILED)).toEqual({ status: 'Failed', published: false });
    expect(report().outcome.executionId).toBe('e1');
    expect(told()).toHaveLength(1);
  });

  test('gives way to what the same execution found, whose state machine did not wait for it', async () => {
    await conclude('e1', FAILED);
    await conclude('e1', ANALYSED);
    expect(told()).toMatchObject([{ status: 'Failed' }, { status: 'Completed', revision: 2 }]);
  });

  test('is replaced while it is told: nothing more of it is told', async () => {
    cloudWatch.on(PutMetricDataCommand).callsFakeOnce(async () => {
      await conclude('e2', ANALYSED);
      return {};
    });
    await conclude('e1', FAILED);
    expect(told().map(({ status }) => status)).toEqual(['Completed']);
    expect(report().outcome.executionId).toBe('e2');
  });

  test('is replaced while it is told by what is not told yet: nothing of that counts as told', async () => {
    const other = leftBy({ executionId: 'e2' }, { revision: 2 }, { token: 't2', published: [] });
    cloudWatch.on(PutMetricDataCommand).callsFakeOnce(async () => {
      s3.set('out', KEY, other);
      return {};
    });
    await conclude('e1', FAILED);
    expect(told()).toEqual([]);
    expect(report()).toEqual(other);
  });
});

test('what two tell at once of one decision is remembered together', async () => {
  cloudWatch.on(PutMetricDataCommand).callsFakeOnce(async () => {
    s3.set('out', KEY, { ...report(), published: ['event'] });
    return {};
  });
  await conclude('e1', ANALYSED);
  expect(report().published).toEqual(['event', 'metrics', 'featureMetrics']);
  expect(told()).toEqual([]);
});

test('what is told and could not be noted is noted with what is told next', async () => {
  cloudWatch.on(PutMetricDataCommand).callsFakeOnce(() => {
    nextWrite(() => {
      throw awsError('InternalError');
    });
    return {};
  });
  await expect(conclude('e1', ANALYSED)).rejects.toThrow('InternalError');
  expect([...report().published].sort()).toEqual([...PUBLICATION_STEPS].sort());
});

test('a run without metrics of features is written as it is decided, and when its metrics are told, and its event', async () => {
  await conclude('e1', ANALYSED);
  const writes = s3.client.commandCalls(PutObjectCommand).map(({ args }) => JSON.parse(String(args[0].input.Body)));
  expect(writes.map(({ published }) => published)).toEqual([
    [],
    ['metrics', 'featureMetrics'],
    ['metrics', 'featureMetrics', 'event'],
  ]);
});

test('of an earlier version’s run that has nothing to tell but metrics of features, and none of them, that is remembered', async () => {
  await conclude('e1', ANALYSED);
  s3.set('out', KEY, { ...report(), published: ['metrics', 'event'] });
  expect(await conclude('e2', ANALYSED)).toEqual({ status: 'Completed', published: true });
  expect(report().published).toEqual(['metrics', 'event', 'featureMetrics']);
  expect(events()).toHaveLength(1);
});

test('a report that was deleted while its run was told is not written again', async () => {
  cloudWatch.on(PutMetricDataCommand).callsFakeOnce(async () => {
    s3.objects.clear();
    return {};
  });
  await conclude('e1', ANALYSED);
  expect([...s3.objects.keys()]).toEqual([]);
});

test.each([
  ['account', { accountId: '999999999999' }, 'monitor Stack/DataQuality of account 999999999999 in eu-west-1'],
  ['region', { region: 'us-east-1' }, 'monitor Stack/DataQuality of account 111122223333 in us-east-1'],
  ['monitor', { monitorId: 'Other/M' }, 'monitor Other/M of account 111122223333 in eu-west-1'],
])('a report of another %s at the key of a window is nobody else’s decision', async (_, other, words) => {
  s3.set('out', KEY, leftBy({}, other));
  const own = 'not of monitor Stack/DataQuality of account 111122223333 in eu-west-1';
  await expect(conclude('e1', ANALYSED)).rejects.toThrow(
    `ReportOfAnother: s3://out/${KEY} is the report of ${words}, and ${own}`,
  );
  expect(told()).toEqual([]);
});

test.each([
  ['no report', { version: '1' }, 'MalformedReport'],
  ['no JSON', 'x', 'MalformedJson'],
])('%s at the key of a window is no decision, and not written over', async (_, content, code) => {
  s3.set('out', KEY, content);
  await expect(conclude('e1', ANALYSED)).rejects.toThrow(`${code}: s3://out/${KEY} is no `);
});
