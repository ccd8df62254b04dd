import { ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import type { MonitorRequest, PlanItem } from '../../lib/engine/serverless/contract';
import { handler } from '../../lib/engine/serverless/handler/plan.lambda';
import { BASELINE_REQUEST, MONITOR_REQUEST } from './requests';
import { S3Store } from './s3-store';

const s3 = new S3Store();
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => s3.reset());
afterAll(() => logged.mockRestore());

function manifest(): PlanItem[] {
  const text = s3.objects.get('out/reports/dq/work/e1/plan.jsonl') ?? '';
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('a window is its own hours of every variant, and nothing else', async () => {
  const inside = ['data/churn/blue/2026/03/04/09/a.jsonl', 'data/churn/green/2026/03/04/09/b.jsonl'];
  const outside = [
    'data/churn/blue/2026/03/04/08/early.jsonl',
    'data/churn/blue/2026/03/04/10/late.jsonl',
    'data/churn-2/blue/2026/03/04/09/other-endpoint.jsonl',
  ];
  for (const key of [...inside, ...outside]) s3.set('capture', key, '{}');
  const plan = await handler({ request: MONITOR_REQUEST, execution: 'e1' });
  expect(plan).toEqual({
    bucket: 'out',
    bucketOwner: '111122223333',
    key: 'reports/dq/work/e1/plan.jsonl',
    itemCount: 1,
    objectCount: 2,
    objectCountBefore: 1,
    maximumConcurrency: 10,
    found: { variants: { read: ['blue', 'green'], leftOut: [] }, item: expect.anything() },
  });
  expect(plan.found?.item).toEqual(expect.objectContaining(manifest()[0]));
  expect(manifest()[0].objects.map(({ key }) => key)).toEqual(inside);
});

test('a file of the hour before belongs to a window, too, if it was still written to when the window began', async () => {
  const key = (variant: string, hour: string) => `data/churn/${variant}/2026/03/04/${hour}/a.jsonl`;
  const written = { blue: '2026-03-04T09:00:00Z', green: '2026-03-04T08:59:59Z' };
  for (const [variant, time] of Object.entries(written)) {
    s3.set('capture', key(variant, '08'), '{}');
    s3.modified.set(`capture/${key(variant, '08')}`, new Date(time));
  }
  s3.set('capture', key('blue', '07'), '{}');
  s3.modified.set(`capture/${key('blue', '07')}`, new Date('2026-03-04T09:30:00Z'));
  s3.set('capture', key('green', '09'), '{}');
  const plan = await handler({ request: MONITOR_REQUEST, execution: 'e1' });
  expect(manifest()[0].objects).toEqual(
    [key('blue', '08'), key('green', '09')].map((name) => ({ bucket: 'capture', key: name, size: 2 })),
  );
  expect(plan).toMatchObject({ objectCount: 2, objectCountBefore: 3 });
});

describe('of a window with more bytes than its data let a run read', () => {
  const KIB = 1024;
  const request = { ...MONITOR_REQUEST, maximumBytes: 1024 * KIB };
  const put = (hour: string, count: number) => {
    for (let index = 0; index < count; index += 1)
      s3.set('capture', `data/churn/v/2026/03/04/${hour}/${index}.jsonl`, 'x'.repeat(256 * KIB));
  };

  test('some objects are drawn, the same ones by each plan of the same data, and the share is handed on', async () => {
    put('09', 16);
    const plan = await handler({ request, execution: 'e1' });
    const sample = { share: 0.25, bytes: 1024 * KIB, ofBytes: 4096 * KIB, objects: 4, ofObjects: 16 };
    expect(plan).toMatchObject({ objectCount: 16, found: { sample } });
    const drawn = manifest()[0].objects;
    expect(drawn).toHaveLength(4);
    const other = { ...request.monitor, id: 'Stack/Other' };
    await handler({ request: { ...request, monitor: other, scheduledTime: '2026-03-04T10:24:00Z' }, execution: 'e1' });
    expect(manifest()[0].objects).toEqual(drawn);
  });

  test('what came late to the window before is counted by all of its objects', async () => {
    put('08', 12);
    put('09', 16);
    expect(await handler({ request, execution: 'e1' })).toMatchObject({ objectCount: 16, objectCountBefore: 12 });
  });

  test('one with fewer is read whole', async () => {
    put('09', 4);
    const plan = await handler({ request, execution: 'e1' });
    expect(plan.found).not.toHaveProperty('sample');
    expect(manifest()[0].objects).toHaveLength(4);
  });
});

test('what an application writes is looked for below its name', async () => {
  const { endpointName, ...monitor } = MONITOR_REQUEST.monitor;
  s3.set('capture', 'data/lambda-churn/AllTraffic/2026/03/04/09/a.jsonl', '{}');
  s3.set('capture', 'data/churn/AllTraffic/2026/03/04/09/b.jsonl', '{}');
  const request = { ...MONITOR_REQUEST, monitor: { ...monitor, dataName: 'lambda-churn' } };
  await handler({ request, execution: 'e1' });
  expect(manifest()[0].objects.map(({ key }) => key)).toEqual(['data/lambda-churn/AllTraffic/2026/03/04/09/a.jsonl']);
});

describe('of a quarter of an hour', () => {
  const request = { ...MONITOR_REQUEST, windowHours: 0.25, scheduledTime: '2026-03-04T09:34:00Z' };
  const put = (name: string, modified: string) => {
    s3.set('capture', `data/churn/v/2026/03/04/${name}`, '{}');
    s3.modified.set(`capture/data/churn/v/2026/03/04/${name}`, new Date(`2026-03-04T${modified}Z`));
  };

  test('the objects are those that were begun before it ended and written to since it began, and so are those before it', async () => {
    put('08/59-30-000-a.jsonl', '09:00:37'); // 08:59:30 to 09:00:37, and so on
    put('09/10-00-000-b.jsonl', '09:11:07');
    put('09/14-30-000-c.jsonl', '09:15:37');
    put('09/20-00-000-d.jsonl', '09:21:07');
    put('09/30-00-000-e.jsonl', '09:31:07');
    const plan = await handler({ request, execution: 'e1' });
    expect(manifest()[0].objects.map(({ key }) => key.slice(-21))).toEqual(
      ['/14-30-000-c.jsonl', '/20-00-000-d.jsonl'].map((name) => `/09${name}`.slice(-21)),
    );
    expect(plan).toMatchObject({ objectCount: 2, objectCountBefore: 3 });
  });

  test('those of the window before are not counted where their names do not say when they were begun', async () => {
    put('09/a.jsonl', '09:31:07');
    const plan = await handler({ request, execution: 'e1' });
    expect(plan).toMatchObject({ objectCount: 1, objectCountBefore: null });
  });
});

describe('windows before the last one', () => {
  const put = (key: string, modified: string) => {
    s3.set('capture', `data/churn/${key}.jsonl`, '{}');
    s3.modified.set(`capture/data/churn/${key}.jsonl`, new Date(modified));
  };
  const found = async (request = MONITOR_REQUEST) => (await handler({ request, execution: 'e1' })).found?.lateWindows;

  test('are told of by what came to them since the run before, which none has analysed', async () => {
    put('v/2026/03/04/07/a', '2026-03-04T07:30:00Z');
    put('v/2026/03/04/07/b', '2026-03-04T09:19:00Z'); // the run of 09:20 has counted it
    put('v/2026/03/04/07/c', '2026-03-04T09:21:00Z');
    put('v/2026/03/04/07/d', '2026-03-04T11:21:00Z'); // for the run after this one
    put('w/2026/03/04/07/e', '2026-03-04T10:00:00Z');
    put('v/2026/03/04/06/f', '2026-03-04T10:00:00Z'); // beyond two hours
    const windowStart = '2026-03-04T07:00:00.000Z';
    const window = { windowStart, windowEnd: '2026-03-04T08:00:00.000Z', objectCount: 5 };
    expect(await found()).toEqual([{ ...window, lateObjects: 2 }]);
    const variants = { read: ['v'], others: ['w'] };
    expect(await found({ ...MONITOR_REQUEST, variants })).toEqual([{ ...window, objectCount: 4, lateObjects: 1 }]);
  });

  test('are looked at two days back by the first run of a day', async () => {
    put('v/2026/03/02/05/a', '2026-03-03T15:00:00Z');
    put('v/2026/03/02/05/b', '2026-03-02T05:10:00Z');
    const windowStart = '2026-03-02T05:00:00.000Z';
    const window = { windowStart, windowEnd: '2026-03-02T06:00:00.000Z', lateObjects: 1, objectCount: 2 };
    expect(await found({ ...MONITOR_REQUEST, scheduledTime: '2026-03-04T00:20:00Z' })).toEqual([window]);
    expect(await found({ ...MONITOR_REQUEST, scheduledTime: '2026-03-04T01:20:00Z' })).toBeUndefined();
  });

  test('of a part of an hour have what their names say, and nothing where these say nothing', async () => {
    put('v/2026/03/04/09/17-00-000-a', '2026-03-04T09:51:00Z');
    put('v/2026/03/04/09/part-0', '2026-03-04T09:51:00Z');
    const request = { ...MONITOR_REQUEST, windowHours: 0.25, scheduledTime: '2026-03-04T10:04:00Z' };
    const windowStart = '2026-03-04T09:15:00.000Z';
    const window = { windowStart, windowEnd: '2026-03-04T09:30:00.000Z', lateObjects: 1, objectCount: 1 };
    expect(await found(request)).toEqual([window]);
  });
});

test('the manifest is marked as intermediate, so that a rule of the bucket can let it expire', async () => {
  s3.set('capture', 'data/churn/blue/2026/03/04/09/a.jsonl', '{}');
  await handler({ request: MONITOR_REQUEST, execution: 'e1' });
  expect(s3.tags).toEqual({ 'out/reports/dq/work/e1/plan.jsonl': 'cdk-sagemaker-monitoring=intermediate' });
});

describe('listings', () => {
  const listed = () =>
    s3.client
      .commandCalls(ListObjectsV2Command)
      .map(({ args: [{ input }] }) => [input.Prefix, input.StartAfter ?? input.Delimiter]);

  test('of a run are one of folders, and of each folder one that has all hours which it looks at', async () => {
    s3.set('capture', 'data/churn/blue/2026/03/04/09/a.jsonl', '{}');
    s3.set('capture', 'data/churn/green/2026/03/04/08/b.jsonl', '{}');
    await handler({ request: MONITOR_REQUEST, execution: 'e1' });
    expect(listed()).toEqual([
      ['data/churn/', '/'],
      ['data/churn/blue/', 'data/churn/blue/2026/03/04/07/'],
      ['data/churn/green/', 'data/churn/green/2026/03/04/07/'],
    ]);
  });

  test('of the first run of a day are one more, that has two days', async () => {
    s3.set('capture', 'data/churn/v/2026/03/03/23/a.jsonl', '{}');
    await handler({ request: { ...MONITOR_REQUEST, scheduledTime: '2026-03-04T00:20:00Z' }, execution: 'e1' });
    expect(listed().slice(1)).toEqual([
      ['data/churn/v/', 'data/churn/v/2026/03/03/21/'],
      ['data/churn/v/', 'data/churn/v/2026/03/01/23/'],
    ]);
  });

  test('take nothing that lies between two hours', async () => {
    for (const path of ['08x/a', '09x/b', '09/c', '09-copy/d'])
      s3.set('capture', `data/churn/v/2026/03/04/${path}`, '{}');
    expect(await handler({ request: MONITOR_REQUEST, execution: 'e1' })).toMatchObject({
      objectCount: 1,
      objectCountBefore: 0,
    });
  });
});

test('a window of several hours reads every page of each hour, across midnight', async () => {
  const request = { ...MONITOR_REQUEST, scheduledTime: '2026-03-01T01:20:00Z', windowHours: 3 };
  const hours = ['2026/02/28/22', '2026/02/28/23', '2026/03/01/00'];
  for (const hour of hours) for (const i of [1, 2, 3]) s3.set('capture', `data/churn/v/${hour}/${i}.jsonl`, '{}');
  expect((await handler({ request, execution: 'e1' })).objectCount).toBe(9);
});

test('a window without captured data is an empty plan without a manifest', async () => {
  expect(await handler({ request: MONITOR_REQUEST, execution: 'e1' })).toMatchObject({ itemCount: 0, objectCount: 0 });
  expect(s3.written).toEqual([]);
});

test('what lies in the window before is counted, for what came after its run had listed it', async () => {
  for (const [index, hour] of ['08', '08', '09'].entries())
    s3.set('capture', `data/churn/v/2026/03/04/${hour}/${index}.jsonl`, '{}');
  const plan = await handler({ request: MONITOR_REQUEST, execution: 'e1' });
  expect(plan).toMatchObject({ objectCount: 1, objectCountBefore: 2 });
});

test.each([1, 1000])('the Map gets the concurrency of the request, as %d', async (maximumConcurrency) => {
  const request = { ...MONITOR_REQUEST, maximumConcurrency };
  expect(await handler({ request, execution: 'e1' })).toMatchObject({ maximumConcurrency });
});

test.each([0, 1001, 1.5, '10'])('a concurrency of %p is refused here, where the failure is told', async (wrong) => {
  const request = { ...MONITOR_REQUEST, maximumConcurrency: wrong as number };
  await expect(handler({ request, execution: 'e1' })).rejects.toThrow("'maximumConcurrency' is");
});

test('a dataset is one object, whatever else begins with its key', async () => {
  s3.set('data', 'train.csv', 'a\n1\n');
  s3.set('data', 'train.csv.bak', 'a\n1\n');
  expect(await handler({ request: BASELINE_REQUEST, execution: 'e1' })).toMatchObject({
    itemCount: 1,
    objectCount: 1,
    objectCountBefore: null,
  });
});

test('a dataset whose key ends with a slash is all objects below it', async () => {
  for (const i of [1, 2, 3]) s3.set('data', `train/part-${i}.csv`, 'a\n1\n');
  const request = { ...BASELINE_REQUEST, dataset: { bucket: 'data', key: 'train/' } };
  expect((await handler({ request, execution: 'e1' })).objectCount).toBe(3);
});

test('fails naming a dataset that is not there', async () => {
  const call = handler({ request: BASELINE_REQUEST, execution: 'e1' });
  await expect(call).rejects.toThrow('DatasetNotFound: there is no data at s3://data/train.csv');
});

test('fails with a retry when the listing is denied, naming the prefix', async () => {
  s3.denied.set('capture/data/churn/', 'AccessDenied');
  const call = handler({ request: MONITOR_REQUEST, execution: 'e1' });
  await expect(call).rejects.toThrow('AccessDenied: no access to s3://capture/data/churn/');
});

test('fails on a request of neither mode', async () => {
  const call = handler({ request: { mode: 'other' } as unknown as MonitorRequest, execution: 'e1' });
  await expect(call).rejects.toThrow('MalformedRequest');
});

describe.each([
  ['a window', MONITOR_REQUEST, 'let the monitor run more often, so that its windows are shorter'],
  [
    'a dataset',
    { ...BASELINE_REQUEST, dataset: { bucket: 'train', key: 'all/' } },
    'write the dataset in fewer and larger objects',
  ],
] as const)('%s of very many objects', (_, request, advice) => {
  const listed = (count: number) =>
    s3.client.on(ListObjectsV2Command).callsFake(({ Delimiter, Prefix }: ListObjectsV2CommandInput) => {
      if (Delimiter) return { CommonPrefixes: [{ Prefix: 'data/churn/blue/' }] };
      const folder = Prefix === 'all/' ? Prefix : 'data/churn/blue/2026/03/04/09/';
      const LastModified = new Date('2026-03-04T09:30:00Z');
      return {
        Contents: Array.from({ length: count }, (_, index) => ({ Key: `${folder}${index}`, Size: 1, LastModified })),
      };
    });

  test('is planned up to the most that one run opens, and fails beyond', async () => {
    listed(250_000);
    expect(await handler({ request, execution: 'e1' })).toMatchObject({ objectCount: 250_000 });
    listed(250_001);
    const written = s3.written.length;
    await expect(handler({ request, execution: 'e2' })).rejects.toThrow(
      `TooManyObjects: there are 250001 objects to analyse, at most 250000 are allowed; ${advice}`,
    );
    expect(s3.written).toHaveLength(written);
  });
});
