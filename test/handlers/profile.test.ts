import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { decodeProfile, statistics, unreadable } from '../../lib/analysis';
import type { PlanItem, ProfileEvent } from '../../lib/engine/serverless/contract';
import { handler } from '../../lib/engine/serverless/handler/profile.lambda';
import { parquetFile } from '../runtime/parquet-file';
import { captureLine } from './captured';
import { BASELINE_REQUEST, MONITOR_REQUEST } from './requests';
import { awsError, S3Store } from './s3-store';

const s3 = new S3Store();
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => s3.reset());
afterAll(() => logged.mockRestore());

const PROFILE = 'reports/dq/work/e1/profiles/0.json';
const ATTEMPT = /^out\/reports\/dq\/work\/e1\/attempts\/0\/.*Z\.txt$/;

/** The words of each attempt, in order. */
const words = () => [...s3.objects].filter(([address]) => ATTEMPT.test(address)).map(([, text]) => text);

function event(...keys: string[]): ProfileEvent & { readonly item: PlanItem } {
  const objects = keys.map((key) => ({ bucket: 'capture', key, size: 1 }));
  return {
    request: MONITOR_REQUEST,
    execution: 'e1',
    item: { index: 0, objects, profile: { bucket: 'out', key: PROFILE } },
  };
}

test('the partial profile of an item counts the records of all its objects', async () => {
  s3.set('capture', 'a.jsonl', captureLine('1,2') + captureLine('3,4'));
  s3.set('capture', 'b.jsonl', captureLine('5,6'));
  expect(await handler(event('a.jsonl', 'b.jsonl'))).toEqual({});
  const profile = decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '');
  expect(unreadable(profile)).toMatchObject({ recordCount: 3, unreadableCount: 0 });
});

test('what is intermediate is marked so: the partial profile, and the words of a failure', async () => {
  s3.set('capture', 'a.jsonl', captureLine('1,2'));
  await handler(event('a.jsonl'));
  await handler(event('gone.jsonl')).catch(() => undefined);
  const mark = 'cdk-sagemaker-monitoring=intermediate';
  expect(Object.values(s3.tags)).toEqual([mark, mark, mark]);
  expect(Object.keys(s3.tags)).toEqual([
    expect.stringMatching(ATTEMPT),
    `out/${PROFILE}`,
    expect.stringMatching(ATTEMPT),
  ]);
});

test('of a monitor, columns that its baseline lacks are bounded', async () => {
  s3.set('out', 'baseline/statistics.json', { features: [{ name: 'churned' }, { name: 'tenure' }] });
  s3.set('capture', 'a.jsonl', captureLine('1,2') + captureLine('1,2,3'));
  await handler(event('a.jsonl'));
  const profile = decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '');
  expect([...profile.tables.keys()]).toEqual(['width 2']);
  expect(unreadable(profile).byReason).toEqual({ 'wrong-width': 1 });
});

test('of a monitor, rows of the names of its baseline are no records, but for the rules of the container', async () => {
  s3.set('out', 'baseline/statistics.json', { features: [{ name: 'churned' }, { name: 'tenure' }] });
  s3.set('capture', 'a.jsonl', captureLine('1,2') + captureLine('churned,tenure'));
  const countsOf = async (request: typeof MONITOR_REQUEST) => {
    await handler({ ...event('a.jsonl'), request });
    const { recordCount, byReason } = unreadable(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? ''));
    return { recordCount, byReason };
  };
  expect(await countsOf(MONITOR_REQUEST)).toEqual({ recordCount: 1, byReason: { 'header-row': 1 } });
  expect(await countsOf({ ...MONITOR_REQUEST, checks: 'ModelMonitor' })).toEqual({ recordCount: 2, byReason: {} });
});

test('by the rules of the container, rows of another width are read', async () => {
  s3.set('out', 'baseline/statistics.json', { features: [{ name: 'churned' }, { name: 'tenure' }] });
  s3.set('capture', 'a.jsonl', captureLine('1,2') + captureLine('1,2,3'));
  await handler({ ...event('a.jsonl'), request: { ...MONITOR_REQUEST, checks: 'ModelMonitor' } });
  const profile = decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '');
  expect([...profile.tables.keys()]).toEqual(['width 2', 'width 3']);
});

test.each(['no JSON', '{"version":0}', undefined])(
  'where statistics are %j, records are read, and the log says so',
  async (text) => {
    if (text !== undefined) s3.set('out', 'baseline/statistics.json', text);
    s3.set('capture', 'a.jsonl', captureLine('1,2') + captureLine('1,2,3'));
    logged.mockClear();
    await handler(event('a.jsonl'));
    expect(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '').tables.size).toBe(2);
    expect(String(logged.mock.calls[0]?.[0])).toContain('"columns not known"');
  },
);

test('records of other hours are no part of the window', async () => {
  s3.set('capture', 'a.jsonl', captureLine('1,2') + captureLine('3,4', '2026-03-04T10:00:00Z'));
  await handler(event('a.jsonl'));
  const profile = decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '');
  expect(unreadable(profile)).toMatchObject({ recordCount: 1, outsideWindow: 1 });
});

test('an unreadable record is named by its object and line', async () => {
  s3.set('capture', 'a.jsonl', `${captureLine('1,2')}no json\n`);
  await handler(event('a.jsonl'));
  const [sample] = unreadable(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '')).samples;
  expect(sample).toMatchObject({ file: 's3://capture/a.jsonl', line: 2 });
});

test('a dataset is read as the format says', async () => {
  s3.set('capture', 'train.csv', '1,2\n3,4\n');
  const request = { ...BASELINE_REQUEST, format: { csv: { header: false } } };
  await handler({ ...event('train.csv'), request });
  expect(unreadable(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '')).recordCount).toBe(2);
});

test('a dataset of JSON Lines has the keys of its records as columns', async () => {
  s3.set('capture', 'train.jsonl', '{"score":0.5,"user":{"age":31}}\n{"score":1.0}\n');
  await handler({ ...event('train.jsonl'), request: { ...BASELINE_REQUEST, format: { json: { lines: true } } } });
  const { features } = statistics(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? ''));
  expect(features.map(({ name, inferred_type }) => [name, inferred_type])).toEqual([
    ['score', 'Fractional'],
    ['user.age', 'Integral'],
  ]);
});

test('a dataset of Parquet is read whole', async () => {
  const bytes = readFileSync(join(__dirname, '../oracles/parquet/snappy.parquet'));
  const chunks = [bytes.subarray(0, 700), bytes.subarray(700)];
  s3.client.on(GetObjectCommand, { Key: 'train.parquet' }).resolves({ Body: Readable.from(chunks) as never });
  await handler({ ...event('train.parquet'), request: { ...BASELINE_REQUEST, format: { parquet: {} } } });
  const { dataset, features } = statistics(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? ''));
  expect(dataset.item_count).toBe(4);
  expect(features.map(({ inferred_type }) => inferred_type).slice(0, 9)).toEqual([
    ...['Integral', 'Integral', 'Integral', 'Fractional', 'Fractional', 'Fractional', 'Fractional', 'String', 'String'],
  ]);
  expect(features[3].numerical_statistics).toMatchObject({ common: { num_present: 3, num_missing: 1 }, sum: 4 });
});

const TRANSFORMS = { side: 'output', data: { bucket: 'capture', prefix: 'out' } } as const;

test('what transform jobs wrote is read in its format, without what capture has generated', async () => {
  s3.set('out', 'baseline/statistics.json', { features: [{ name: 'score' }, { name: 'age' }] });
  s3.set('capture', 'out/a.csv.out', '0.5,34,9a1e,2026-01-31T01:00:00Z\n0.7\n');
  const transforms = { ...TRANSFORMS, format: { csv: { header: false } }, generatedIds: true } as const;
  await handler({ ...event('out/a.csv.out'), request: { ...MONITOR_REQUEST, transforms } });
  const profile = decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '');
  expect([...profile.tables.keys()]).toEqual(['width 2']);
  expect(unreadable(profile)).toMatchObject({ recordCount: 1, byReason: { 'wrong-width': 1 } });
});

test('what transform jobs wrote may be Parquet', async () => {
  const Body = Readable.from([readFileSync(join(__dirname, '../oracles/parquet/snappy.parquet'))]) as never;
  s3.set('out', 'baseline/statistics.json', { features: [] });
  s3.client.on(GetObjectCommand, { Key: 'out/a.parquet' }).resolves({ Body });
  const request = { ...MONITOR_REQUEST, transforms: { ...TRANSFORMS, format: { parquet: {} } } };
  await handler({ ...event('out/a.parquet'), request });
  expect(unreadable(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? '')).recordCount).toBe(4);
});

test('fails for Parquet that memory would not hold, without reading it', async () => {
  const { item, ...rest } = event('train.parquet');
  const objects = [{ ...item.objects[0], size: 2 ** 28 + 1 }];
  const request = { ...BASELINE_REQUEST, format: { parquet: {} } };
  await expect(handler({ ...rest, item: { ...item, objects }, request })).rejects.toThrow(
    'ParquetTooLarge: s3://capture/train.parquet has 268435457 bytes',
  );
});

test.each([
  ['is none', Buffer.from('no Parquet'), 1, /^MalformedParquet: /],
  ['is too large', Buffer.alloc(0), 2 ** 28 + 1, /^ParquetTooLarge: /],
  ['has lists', readFileSync(join(__dirname, '../oracles/parquet/list.parquet')), 1, /^NestedParquet: /],
])('what transform jobs wrote is given up where it %s, and the other objects count', async (_, bytes, size, detail) => {
  const good = readFileSync(join(__dirname, '../oracles/parquet/snappy.parquet'));
  for (const [Key, content] of Object.entries({ 'a.parquet': bytes, 'b.parquet': good })) {
    s3.client.on(GetObjectCommand, { Key }).resolves({ Body: Readable.from([content]) as never });
  }
  const { item, ...rest } = event('a.parquet', 'b.parquet');
  const objects = item.objects.map((object, index) => (index === 0 ? { ...object, size } : object));
  const request = { ...MONITOR_REQUEST, transforms: { ...TRANSFORMS, format: { parquet: {} } } };
  await handler({ ...rest, item: { ...item, objects }, request });
  const profile = unreadable(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? ''));
  expect(profile).toMatchObject({ recordCount: 4, unreadableCount: 1, byReason: { 'unreadable-file': 1 } });
  expect(profile.samples).toEqual([
    { file: 's3://capture/a.parquet', line: 1, reason: 'unreadable-file', detail: expect.stringMatching(detail) },
  ]);
});

test('fails for a dataset that is no Parquet: a baseline is made of all of it', async () => {
  s3.set('capture', 'train.parquet', 'no Parquet');
  const request = { ...BASELINE_REQUEST, format: { parquet: {} } };
  await expect(handler({ ...event('train.parquet'), request })).rejects.toThrow('MalformedParquet');
});

test('fails for a retry, and leaves its words for the conclusion', async () => {
  await expect(handler(event('gone.jsonl'))).rejects.toThrow(
    'ObjectNotFound: there is no object s3://capture/gone.jsonl',
  );
  expect(words()).toEqual([
    expect.stringMatching(/^ObjectNotFound: there is no object s3:\/\/capture\/gone.jsonl; put it/),
  ]);
  expect(s3.objects.has(`out/${PROFILE}`)).toBe(false);
});

test('fails with its own error also where the words cannot be left', async () => {
  s3.client.on(PutObjectCommand).rejects(awsError('AccessDenied'));
  await expect(handler(event('gone.jsonl'))).rejects.toThrow('ObjectNotFound');
  expect(String(logged.mock.calls.at(-1)?.[0])).toContain('"failure not kept"');
});

test.each([
  [['a.jsonl'], 's3://capture/a.jsonl of 1 bytes'],
  [['a.jsonl', 'b.jsonl', 'c.jsonl'], '3 objects, s3://capture/a.jsonl to s3://capture/c.jsonl, of 3 bytes'],
])('a function that is ended while it reads %j has left words before, that name them', async (keys, which) => {
  let meanwhile: string[] = [];
  s3.client.on(GetObjectCommand).callsFake(() => {
    meanwhile = words();
    throw awsError('NoSuchKey');
  });
  await handler(event(...keys)).catch(() => undefined);
  expect(meanwhile).toEqual([
    expect.stringContaining(`ProfileCutShort: the function was ended while it read ${which}`),
  ]);
});

test('fails for a kind of monitor that this engine does not run', async () => {
  const request = { ...MONITOR_REQUEST, monitor: { ...MONITOR_REQUEST.monitor, kind: 'Other' as 'DataQuality' } };
  await expect(handler({ ...event('a.jsonl'), request })).rejects.toThrow('UnsupportedKind');
});

describe('where the time of the function is over', () => {
  const profiled = () => unreadable(decodeProfile(s3.objects.get(`out/${PROFILE}`) ?? ''));
  /** Milliseconds that are left, look after look; the last ones stay. */
  const leaving = (...milliseconds: number[]) => ({
    getRemainingTimeInMillis: () => (milliseconds.length > 1 ? (milliseconds.shift() as number) : milliseconds[0]),
  });
  const NOTHING = 'the function that read it had no time left';

  test('objects that are not begun are given up by name, and the others count', async () => {
    s3.set('capture', 'a.jsonl', captureLine('1,2') + captureLine('3,4'));
    // before an object, and at each of the two chunks in which it comes
    await handler(event('a.jsonl', 'b.jsonl', 'c.jsonl'), leaving(120_000, 120_000, 120_000, 119_999));
    expect(profiled()).toMatchObject({ recordCount: 2, byReason: { 'out-of-time': 2 } });
    expect(profiled().samples).toEqual(
      ['b', 'c'].map((name) => ({
        file: `s3://capture/${name}.jsonl`,
        line: 1,
        reason: 'out-of-time',
        detail: NOTHING,
      })),
    );
    const asked = s3.client.commandCalls(GetObjectCommand).map(({ args }) => args[0].input.Key);
    expect(asked.filter((key) => key !== 'baseline/statistics.json')).toEqual(['a.jsonl']);
  });

  test('what was read of an object counts, and no more of it is asked for', async () => {
    const lines = captureLine('1,2').repeat(3000);
    const chunks = Array.from({ length: 50 }, () => Buffer.from(lines));
    let given = 0;
    const body = async function* () {
      for (const chunk of chunks) {
        given += 1;
        yield chunk;
      }
    };
    s3.client
      .on(GetObjectCommand, { Key: 'a.jsonl' })
      .callsFake(() => ({ Body: Readable.from(body(), { highWaterMark: 1 }) }));
    await handler(event('a.jsonl'), leaving(120_000, 120_000, 1));
    const { recordCount, byReason } = profiled();
    expect(recordCount).toBeGreaterThan(0);
    expect(recordCount).toBeLessThanOrEqual(3000);
    expect(byReason).toEqual({ 'out-of-time': 1 });
    expect(given).toBeLessThan(10); // some are on their way
  });

  describe('Parquet is given up as other objects are', () => {
    const request = { ...MONITOR_REQUEST, transforms: { ...TRANSFORMS, format: { parquet: {} } } };
    let given = 0;
    const trickling = (bytes: Uint8Array, chunk: number) => {
      given = 0;
      const body = async function* () {
        for (let at = 0; at < bytes.length; at += chunk) {
          given += 1;
          yield bytes.subarray(at, at + chunk);
        }
      };
      s3.client
        .on(GetObjectCommand, { Key: 'a.parquet' })
        .callsFake(() => ({ Body: Readable.from(body(), { highWaterMark: 1 }) }));
    };
    const rows = (count: number) => {
      const bytes = Buffer.alloc(4 * count);
      return parquetFile({
        codec: 'UNCOMPRESSED',
        rows: count,
        pages: [{ bytes, length: bytes.length, values: count }],
      });
    };

    test.each([
      ['before it is asked for', 10, [119_999], 0],
      ['while it comes', 10, [120_000, 120_000, 119_999], 0],
      ['before a group of its rows', 5000, [120_000, 120_000, 119_999], 0],
      ['between its rows', 5000, [120_000, 120_000, 120_000, 120_000, 120_000, 119_999], 2048],
    ])('%s', async (_, count, left, recordCount) => {
      trickling(rows(count), count === 10 ? 100 : 1e6);
      await handler({ ...event('a.parquet'), request }, leaving(...left));
      expect(profiled()).toMatchObject({ recordCount, unreadableCount: 1, byReason: { 'out-of-time': 1 } });
      expect(profiled().samples).toMatchObject([{ file: 's3://capture/a.parquet', detail: NOTHING }]);
    });

    test('and no more of it is asked for', async () => {
      trickling(rows(5000), 100);
      await handler({ ...event('a.parquet'), request }, leaving(120_000, 120_000, 1));
      expect(given).toBeLessThan(10); // of 200; some are on their way
    });
  });

  test('all is read while there is as much as is kept for writing', async () => {
    s3.set('capture', 'a.jsonl', captureLine('1,2'));
    await handler(event('a.jsonl'), leaving(120_000));
    expect(profiled()).toMatchObject({ recordCount: 1, unreadableCount: 0 });
  });
});
