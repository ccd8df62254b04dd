import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { createProfiler, statistics, suggestConstraints } from '../../lib/analysis';
import type { ConcludeEvent, MonitorRequest, PlannedItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { captureLine } from './captured';
import { invoked } from './invocation';
import { MONITOR_REQUEST } from './requests';
import { S3Store } from './s3-store';

const conclude = invoked(concludeHandler);
const s3 = new S3Store();
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(() => {
  s3.reset();
  cloudWatch.reset();
  cloudWatch.on(PutMetricDataCommand).resolves({});
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  for (const [key, value] of Object.entries(BASELINE)) s3.set('out', `baseline/${key}`, value);
});

const BASELINE = baselineOf((i) => `${i % 2},${i % 20}`);

function baselineOf(row: (index: number) => string) {
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('train.csv');
  file.push(Buffer.from(`churned,tenure\n${Array.from({ length: 60 }, (_, i) => row(i)).join('\n')}\n`));
  file.end();
  const made = statistics(profiler.finish());
  return { 'statistics.json': made, 'constraints.json': suggestConstraints(made) };
}

const EXTRACTS = { bucket: 'extracts', prefix: 'extracts' };
const HOURLY: MonitorRequest = { ...MONITOR_REQUEST, featureMetrics: [], extracts: EXTRACTS };

/** The run of another monitor, or of another window. */
function runOf(id: string, scheduledTime: string, windowHours = 1): MonitorRequest {
  const output = { bucket: 'out', prefix: `reports/${id}` };
  return { ...HOURLY, monitor: { ...HOURLY.monitor, id: `Stack/${id}` }, scheduledTime, windowHours, output };
}

/** Objects of an hour, each of ten records. */
function capture(hour: number, count: number, name = 'a'): string[] {
  const folder = `data/churn/v/2026/03/04/${String(hour).padStart(2, '0')}`;
  return Array.from({ length: count }, (_, index) => {
    const key = `${folder}/${String(index).padStart(2, '0')}-00-000-${name}.jsonl`;
    const time = `2026-03-04T${String(hour).padStart(2, '0')}:${String(index).padStart(2, '0')}:30Z`;
    const lines = Array.from({ length: 10 }, (_, i) => captureLine(`${(i + index) % 2},${(i * 7 + index) % 20}`, time));
    s3.set('capture', key, lines.join(''));
    s3.modified.set(`capture/${key}`, new Date(time));
    return key;
  });
}

async function planned(request: MonitorRequest, execution: string): Promise<ConcludeEvent & { items: PlannedItem[] }> {
  const made = JSON.parse(JSON.stringify(await plan({ request, execution })));
  const text = s3.objects.get(`${made.bucket}/${made.key}`) ?? '';
  const items = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PlannedItem);
  return { request, execution, plan: made, items };
}

async function analysed(request: MonitorRequest, execution: string): Promise<ConcludeEvent> {
  const { items, ...event } = await planned(request, execution);
  for (const item of items) await profile({ request, execution, item });
  return event;
}

let executions = 0;

/** Runs a monitor, and says of what it has read: the raw objects, and the files of its window. */
async function run(request: MonitorRequest) {
  s3.client.resetHistory();
  executions += 1;
  await conclude(await analysed(request, `e${executions}`));
  return { raw: readOf('capture'), extracts: readOf('extracts'), written: [...extracts()] };
}

const readOf = (bucket: string) =>
  s3.client
    .commandCalls(GetObjectCommand)
    .map(({ args }) => args[0].input)
    .filter(({ Bucket }) => Bucket === bucket)
    .map(({ Key }) => String(Key));

const extracts = () => [...s3.objects.keys()].filter((address) => address.startsWith('extracts/'));

const folderOf = ({ output, scheduledTime, windowHours }: MonitorRequest) =>
  `${output.prefix}/${scheduledTime.slice(0, 13).replace(/[-T]/g, '/')}${windowHours < 1 ? `/${scheduledTime.slice(14, 16)}` : ''}`;
/** What is said of a window, and what beside it. */
function report(request: MonitorRequest) {
  const { outcome, ...rest } = s3.json<ExecutionReport>('out', `${folderOf(request)}/report.json`);
  return { ...outcome, ...rest };
}
const statisticsOf = (request: MonitorRequest) => s3.json<object>('out', `${folderOf(request)}/statistics.json`);

/** Moments are sums, whose last digits depend on their order. */
const rounded = (value: object) =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'number' ? Number(each.toPrecision(12)) : each));

const TEN = '2026-03-04T10:05:00Z';
const ELEVEN = '2026-03-04T11:05:00Z';
const TWELVE = '2026-03-04T12:05:00Z';

test('objects of an hour are read once: a repetition, another monitor of the same data, and one of more hours read what that has left', async () => {
  const keys = [...capture(9, 3), ...capture(10, 4), ...capture(11, 5)];
  const hourly = [TEN, ELEVEN, TWELVE].map((time) => runOf('Hourly', time));
  const read: string[] = [];
  for (const request of hourly) read.push(...(await run(request)).raw);
  expect(read).toEqual(keys);
  expect(extracts()).toHaveLength(3);
  const others = [...hourly, ...[TEN, ELEVEN].map((time) => runOf('Other', time)), runOf('Wide', TWELVE, 3)];
  for (const request of others) expect((await run(request)).raw).toEqual([]);
  expect(extracts()).toHaveLength(3);
  expect(report(runOf('Wide', TWELVE, 3))).toMatchObject({ status: 'Completed', recordCount: 120, objectCount: 12 });
});

test('a report does not list the objects that its run was given to read, however few they were', async () => {
  capture(9, 3);
  const request = runOf('Hourly', TEN);
  await run(request);
  const text = s3.objects.get(`out/${folderOf(request)}/report.json`) ?? '';
  expect(JSON.parse(text)).toMatchObject({ objectCount: 3, variants: expect.anything() });
  expect(JSON.parse(text)).not.toHaveProperty('item');
  expect(text).not.toContain('data/churn/v/');
});

test('of a window with more bytes than its data let a run read, monitors read one sample, once, and say so in report and event without being less than whole', async () => {
  const keys = capture(9, 12);
  const bytes = keys.reduce((sum, key) => sum + (s3.objects.get(`capture/${key}`)?.length ?? 0), 0);
  const sampled = (id: string) => ({ ...runOf(id, TEN), maximumBytes: 0.36 * bytes });
  const { raw } = await run(sampled('One'));
  expect(raw).toHaveLength(4);
  const sample = { objects: 4, ofObjects: 12, ofBytes: bytes };
  const told = s3.json<ExecutionReport>('out', `${folderOf(sampled('One'))}/report.json`);
  expect(told).toMatchObject({ objectCount: 12, sample, outcome: { recordCount: 40, sample, health: 0 } });
  expect(told.sample?.share).toBeCloseTo(1 / 3, 2);
  expect(told.outcome.evaluated).toBe('Whole');
  const [event] = eventBridge.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.[0]?.Detail);
  expect(JSON.parse(event ?? '')).toMatchObject({ sample });
  expect((await run(sampled('Other'))).raw).toEqual([]);
  expect(report(sampled('Other'))).toMatchObject({ recordCount: 40, sample });
});

test('what a window comes to is the same from extracts as from objects', async () => {
  capture(9, 3);
  capture(10, 4);
  const own = { ...runOf('Own', ELEVEN, 2), extracts: undefined };
  const shared = runOf('Shared', ELEVEN, 2);
  await run(own);
  await run(shared);
  expect(rounded(statisticsOf(shared))).toEqual(rounded(statisticsOf(own)));
  const { recordCount, status, unreadable } = report(own);
  expect(report(shared)).toMatchObject({ recordCount, status, unreadable });
  expect(recordCount).toBe(70);
});

test('an item makes the extracts of several hours, and the report names them in order', async () => {
  capture(9, 1);
  capture(10, 1);
  const request = runOf('Wide', ELEVEN, 2);
  const { items, plan: made } = await planned(request, 'e');
  expect(items).toHaveLength(1);
  expect(made).toMatchObject({ itemCount: 1 });
  await run(request);
  const { parts } = s3.json<{ parts: string[] }>('out', `${folderOf(request)}/parts.json`);
  expect(parts).toEqual(extracts().map((address) => `s3://${address}`));
  expect(parts.map((part) => /2026\/03\/04\/\d\d/.exec(part)?.[0].slice(-2))).toEqual(['09', '10']);
});

test('objects that come late make another extract of their hour for windows that are not told', async () => {
  capture(9, 2);
  capture(10, 2);
  await run(runOf('Hourly', TEN));
  await run(runOf('Hourly', ELEVEN));
  const [late] = capture(9, 1, 'late');
  const wide = await run(runOf('Wide', ELEVEN, 2));
  expect(wide.raw).toContain(late);
  expect(wide.raw).toHaveLength(3);
  expect(report(runOf('Wide', ELEVEN, 2)).recordCount).toBe(50);
  const told = report(runOf('Hourly', TEN));
  await run(runOf('Hourly', TEN));
  expect(report(runOf('Hourly', TEN))).toEqual(told);
});

test('a file that goes over the full hour is read for both hours, and each of its records is in one', async () => {
  const key = 'data/churn/v/2026/03/04/09/59-30-000-a.jsonl';
  const times = ['09:59:40', '09:59:59', '10:00:00', '10:00:20', '10:00:30'];
  s3.set('capture', key, times.map((time) => captureLine('1,2', `2026-03-04T${time}Z`)).join(''));
  s3.modified.set(`capture/${key}`, new Date('2026-03-04T10:00:37Z'));
  await run(runOf('Hourly', TEN));
  await run(runOf('Hourly', ELEVEN));
  await run(runOf('Wide', ELEVEN, 2));
  const counts = [runOf('Hourly', TEN), runOf('Hourly', ELEVEN), runOf('Wide', ELEVEN, 2)].map(report);
  expect(counts.map(({ recordCount }) => recordCount)).toEqual([2, 3, 5]);
});

test('an object that was written over is another one', async () => {
  const [key] = capture(9, 2);
  await run(runOf('Hourly', TEN));
  s3.set('capture', key, captureLine('1,2'));
  expect((await run(runOf('Other', TEN))).raw).toHaveLength(2);
  expect(report(runOf('Other', TEN)).recordCount).toBe(11);
  expect(extracts()).toHaveLength(2);
});

describe('nobody else is left', () => {
  const request = runOf('Hourly', TEN);

  test('what was written over between its listing and its reading', async () => {
    const [key] = capture(9, 2);
    const { items, ...event } = await planned(request, 'e');
    s3.set('capture', key, captureLine('1,2'));
    for (const item of items) await profile({ ...event, item });
    expect(extracts()).toEqual([]);
    await conclude(event);
    expect(report(request)).toMatchObject({ status: 'Completed', recordCount: 11 });
  });

  test('what was not read to its end', async () => {
    capture(9, 2);
    const { items, ...event } = await planned(request, 'e');
    let asked = 0;
    const context = { getRemainingTimeInMillis: () => (++asked > 4 ? 0 : 900_000) };
    for (const item of items) await profile({ ...event, item }, context);
    expect(extracts()).toEqual([]);
    await conclude(event);
    expect(report(request)).toMatchObject({ unreadable: { byReason: { 'out-of-time': 1 } } });
    expect((await run(runOf('Other', TEN))).raw).toHaveLength(2);
    expect(report(runOf('Other', TEN))).toMatchObject({ recordCount: 20 });
  });

  test('what was read while the columns of the baseline were not known', async () => {
    capture(9, 2);
    const { items, ...event } = await planned(request, 'e');
    s3.denied.set('out/baseline/statistics.json', 'InternalError');
    for (const item of items) await profile({ ...event, item });
    s3.denied.clear();
    expect(extracts()).toEqual([]);
    await conclude(event);
    expect(report(request)).toMatchObject({ status: 'Completed', recordCount: 20 });
  });
});

/** Columns of one name that tell a row of names from a record otherwise. */
const categories = (...values: string[]) => ({
  distribution: { categorical: { buckets: values.map((value) => ({ value, count: 1 })) } },
});
const COLUMNS = {
  text: { name: 'tenure', string_statistics: {} },
  categories: { name: 'tenure', string_statistics: categories('a', 'b') },
  called: { name: 'tenure', string_statistics: categories('a', 'Churned') },
};

test('what decides how bytes are read has extracts of its own', async () => {
  capture(9, 1);
  await run(runOf('Hourly', TEN));
  const others: Partial<MonitorRequest>[] = [
    { recordFormat: { request: { names: ['a'] }, response: { names: ['b'] } } },
    { filter: { inferenceIds: ['canary'] } },
    { transformations: [{ drop: ['1'] }] },
    { baseline: { ...HOURLY.baseline, statistics: { bucket: 'out', key: 'baseline/narrow.json' } } },
  ];
  s3.set('out', 'baseline/narrow.json', { features: [{ name: 'churned' }] });
  const narrow = { features: [{ name: 'churned' }] };
  for (const [key, feature] of Object.entries(COLUMNS)) {
    s3.set('out', `baseline/${key}.json`, { features: [...narrow.features, feature] });
    others.push({ baseline: { ...HOURLY.baseline, statistics: { bucket: 'out', key: `baseline/${key}.json` } } });
  }
  for (const other of others) expect((await run({ ...runOf('Other', TEN), ...other })).raw).toHaveLength(1);
  const indifferent: Partial<MonitorRequest>[] = [
    { drift: { method: 'Wasserstein' } },
    { limits: { unknownColumns: 0.5 } },
    { excludedFeatures: ['tenure'] },
  ];
  for (const same of indifferent) expect((await run({ ...runOf('Other', TEN), ...same })).raw).toEqual([]);
});

test('an extract that is gone before the conclusion is named, and a repetition makes it again', async () => {
  capture(9, 1);
  const request = runOf('Hourly', TEN);
  const event = await analysed(request, 'e');
  const [gone] = extracts();
  s3.objects.delete(gone);
  await expect(conclude(event)).rejects.toThrow(`ObjectNotFound: there is no object s3://${gone}`);
  await conclude({ ...event, error: { Error: 'ObjectNotFound', Cause: 'gone' } });
  expect(report(request).status).toBe('Failed');
  expect((await run(request)).raw).toHaveLength(1);
  expect(report(request)).toMatchObject({ status: 'Completed', recordCount: 10 });
});

test('of a run that failed, the words are those of the item that was not made', async () => {
  const keys = [...capture(8, 1), ...capture(9, 1)];
  const request = runOf('Wide', TEN, 2);
  const { items, ...event } = await planned(request, 'e');
  const [item] = items as [Extract<PlannedItem, { extracts: unknown }>];
  const [first, second] = item.extracts.map((each, index) => ({ ...item, index, extracts: [each] }));
  s3.set('out', String(event.plan?.key), [first, second].map((each) => JSON.stringify(each)).join('\n'));
  await profile({ ...event, item: first });
  s3.denied.set(`capture/${keys[1]}`, 'AccessDenied');
  await profile({ ...event, item: second }).catch(() => undefined);
  await conclude({ ...event, error: { Error: 'States.ItemReaderFailed', Cause: 'x' } });
  expect(report(request).failureReason).toContain(`AccessDenied: no access to s3://capture/${keys[1]}`);
});

test('items that were made say nothing of why a run failed', async () => {
  capture(9, 1);
  const request = runOf('Hourly', TEN);
  const event = await analysed(request, 'e');
  await conclude({ ...event, error: { Error: 'States.Timeout', Cause: 'the machine' } });
  expect(report(request).failureReason).not.toContain('ProfileCutShort');
});

test('a window without objects has no data', async () => {
  const request = runOf('Hourly', TEN);
  expect((await planned(request, 'e')).plan).toMatchObject({ itemCount: 0 });
  await run(request);
  expect(report(request).status).toBe('NoData');
});

test('what a plan of a version before this one began is ended as it began', async () => {
  capture(9, 2);
  const { extracts: none, ...request } = runOf('Hourly', TEN);
  const event = await analysed(request, 'e');
  const { found, ...before } = event.plan as NonNullable<ConcludeEvent['plan']>;
  await conclude({ ...event, plan: before });
  expect(report(request)).toMatchObject({ status: 'Completed', recordCount: 20 });
});

test('extracts are encrypted with the key of the captured data', async () => {
  capture(9, 1);
  const encryptionKey = 'arn:aws:kms:eu-west-1:111122223333:key/k';
  await run({ ...runOf('Hourly', TEN), extracts: { ...EXTRACTS, encryptionKey } });
  const puts = s3.client.calls().map(({ args }) => args[0].input as Record<string, unknown>);
  expect(puts.filter(({ Bucket, Body }) => Bucket === 'extracts' && Body !== undefined)).toEqual([
    expect.objectContaining({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryptionKey }),
  ]);
});

test('a lone hourly monitor lists no more than without extracts', async () => {
  capture(8, 2);
  capture(9, 2);
  const listings = async (request: MonitorRequest) => {
    await run(request);
    return s3.client
      .commandCalls(ListObjectsV2Command)
      .map(({ args }) => args[0].input)
      .filter(({ ContinuationToken }) => !ContinuationToken).length;
  };
  const without = await listings({ ...runOf('Without', TEN), extracts: undefined });
  expect(await listings(runOf('With', TEN))).toBeLessThanOrEqual(without + 1);
});
