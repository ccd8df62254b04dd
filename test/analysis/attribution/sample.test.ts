import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import {
  attributionDriftAnalysis,
  explainedSample,
  type FeatureRow,
  type RowSample,
  type SampleSettings,
  sampleJudging,
  sampleReading,
} from '../../../lib/analysis';
import { holds } from '../property';

// A bounded sample of the rows of a window or of a dataset, and what a model says of it.

const rank = (identity: string) => createHash('sha256').update(`a run\n${identity}`).digest('hex').slice(0, 16);
const headers = ['age', 'sex'];
const WINDOW = { start: '2026-01-05T00:00:00Z', end: '2026-01-05T01:00:00Z' };
const ofCaptured = (capacity: number): SampleSettings => ({ capacity, rank, captured: { headers }, window: WINDOW });

interface Line {
  readonly eventId?: string;
  readonly inferenceId?: string;
  readonly data: string;
  readonly time?: string;
}

const captured = ({ data, time = '2026-01-05T00:30:00Z', ...ids }: Line) =>
  JSON.stringify({
    captureData: { endpointInput: { data, encoding: data.startsWith('{') ? 'JSON' : 'CSV' } },
    eventMetadata: { ...ids, inferenceTime: time },
  });

interface File {
  readonly name: string;
  readonly text: string;
}

function read(settings: SampleSettings, files: readonly File[]): RowSample {
  const reader = sampleReading(settings).reader();
  for (const { name, text } of files) {
    const file = reader.file(name);
    file.push(Buffer.from(text));
    file.end();
  }
  return reader.finish();
}

const fileOf = (lines: readonly Line[], name = 's3://data/one.jsonl'): File => ({
  name,
  text: lines.map((line) => `${captured(line)}\n`).join(''),
});

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    eventId: `event-${index}`,
    data: `${20 + (index % 50)},${index % 2}`,
  }));

test('a sample is the same, in whatever parts rows are read and in whatever order these are merged', () => {
  const { merge } = sampleJudging({ capacity: 7 });
  const lines = many(60);
  const whole = read(ofCaptured(7), [fileOf(lines)]);
  holds(
    fc.property(fc.array(fc.nat(4), { minLength: 60, maxLength: 60 }), fc.nat(119), (parts, order) => {
      const files = [0, 1, 2, 3, 4].map((part) => fileOf(lines.filter((_, index) => parts[index] === part)));
      const [first, ...rest] = files.map((file) =>
        read(
          ofCaptured(7),
          [file].filter(({ text }) => text !== ''),
        ),
      );
      const mixed = order % 2 === 0 ? [first, ...rest] : [...rest.reverse(), first];
      const merged = merge(mixed);
      expect(merged.rows).toEqual(whole.rows);
      expect(merged.counts.recordCount).toBe(60);
    }),
    60,
  );
});

test('a row is in it by the identifier that the service gave, not by one that the caller chose', () => {
  const chosen = many(40).map((line) => ({ ...line, inferenceId: 'chosen' }));
  expect(read(ofCaptured(5), [fileOf(chosen)]).rows).toEqual(read(ofCaptured(5), [fileOf(many(40))]).rows);
  const renamed = many(40).map((line) => ({ ...line, eventId: `${line.eventId}x` }));
  expect(read(ofCaptured(5), [fileOf(renamed)]).rows).not.toEqual(read(ofCaptured(5), [fileOf(many(40))]).rows);
});

test('without one by object and line, and each row of a request by its number', () => {
  const unnamed = [
    { inferenceId: 'same', data: '31,0\n32,1' },
    { inferenceId: 'same', data: '33,0' },
  ];
  const rows = (name: string) => read(ofCaptured(9), [fileOf(unnamed, name)]).rows;
  expect(new Set(rows('a').map((row) => row.rank)).size).toBe(3);
  expect(rows('a')).not.toEqual(rows('b'));
});

test('a record that was delivered twice is kept once, and each row is as likely as every other', () => {
  const twice = [...many(40), ...many(40)];
  expect(read(ofCaptured(50), [fileOf(twice)]).rows).toHaveLength(40);
  const taken = Array<number>(40).fill(0);
  for (let run = 0; run < 400; run++) {
    const settings = { ...ofCaptured(10), rank: (identity: string) => rank(`${run}\n${identity}`) };
    const lines = many(40).map((line, index) => ({ ...line, data: `${index},0` }));
    for (const { values } of read(settings, [fileOf(lines)]).rows) taken[Number(values[0])] += 1;
  }
  // binomial of 400 windows at 1/4: mean 100, standard deviation 8.7
  expect(Math.min(...taken)).toBeGreaterThan(100 - 5 * 8.7);
  expect(Math.max(...taken)).toBeLessThan(100 + 5 * 8.7);
});

test('features of JSON stand below their names, or at a path', () => {
  const named = read(ofCaptured(3), [fileOf([{ eventId: 'a', data: '{"sex":1,"id":"x","age":30}' }])]);
  expect(named.rows.map(({ values }) => values)).toEqual([['30', '1']]);
  const places = { headers, features: { keys: ['instances'], itemKeys: ['features'] } };
  const listed = read({ ...ofCaptured(3), captured: places }, [
    fileOf([{ eventId: 'a', data: '{"instances":[{"features":[30,1]},{"features":[40,null]}]}' }]),
  ]);
  expect(listed.rows.map(({ values }) => values).sort()).toEqual([
    ['30', '1'],
    ['40', ''],
  ]);
});

test('what cannot be read is counted with its place, without its values', () => {
  const { counts, rows } = read(ofCaptured(3), [
    fileOf([
      { eventId: 'a', data: '30' },
      { eventId: 'b', data: '{"age":30,"sex":[1]}' },
      { eventId: 'c', data: '30,1', time: '2026-01-05T01:59:59Z' },
      { eventId: 'd', data: `${'9'.repeat(70_000)},1` },
      { eventId: 'e', data: '77,1' },
      { eventId: 'g', data: '30,1', time: '2026-01-05T02:00:00Z' },
    ]),
    {
      name: 's3://data/two.jsonl',
      text: '{"captureData":{},"eventMetadata":{"eventId":"f","inferenceTime":"2026-01-05T00:30:00Z"}}\n',
    },
  ]);
  expect(rows.map(({ values }) => values)).toEqual([['77', '1']]);
  expect(counts).toMatchObject({ recordCount: 1, unreadableCount: 5, outsideWindow: 1 });
  const once = ['wrong-width', 'no-such-column', 'record-too-long', 'empty-data', 'time-elsewhere'];
  expect(counts.byReason).toEqual(Object.fromEntries(once.map((reason) => [reason, 1])));
  expect(JSON.stringify(counts)).not.toMatch(/77|999/);
});

describe('of a dataset', () => {
  const csv = 'said,age,sex,paid\n0.5,30,1,1\n0.6,40,0,0\n';
  const rows = (settings: Omit<Extract<SampleSettings, { dataset: object }>, 'capacity' | 'rank'>, text: string) =>
    read({ ...settings, capacity: 9, rank }, [{ name: 'train.csv', text }]);

  test('features are found by the header, or are what is left of the columns', () => {
    const byName = rows({ dataset: { headers } }, csv).rows.map(({ values }) => values);
    const left = { dataset: { headers, others: ['_c0', '_c3'], format: { csv: { header: false } } } };
    const byPlace = rows(left, csv.slice(csv.indexOf('\n') + 1)).rows.map(({ values }) => values);
    expect([...byName].sort()).toEqual([
      ['30', '1'],
      ['40', '0'],
    ]);
    expect([...byPlace].sort()).toEqual([...byName].sort());
  });

  test('a header without a feature, and a row of another width, are told', () => {
    expect(rows({ dataset: { headers: ['age', 'wage', 'work'] } }, csv).counts.samples[0]).toMatchObject({
      reason: 'no-such-column',
      detail: 'its header has no "wage" and no "work"',
    });
    expect(rows({ dataset: { headers } }, `${csv}0.7,50\n`).counts).toMatchObject({
      recordCount: 2,
      byReason: { 'wrong-width': 1 },
    });
  });

  test('of Parquet nothing is read', () => {
    expect(() => sampleReading({ capacity: 1, rank, dataset: { headers } }).reader().rows('a', [])).toThrow(
      /SampleFormat/,
    );
  });
});

describe('what a model says of it', () => {
  const predict = async (asked: readonly FeatureRow[]) =>
    asked.map(([age, sex]) => [Number(age) / 100 + 0.3 * Number(sex) * Number(age), Number(sex)]);
  const settings = { names: { features: headers, labels: ['score', 'group'] }, baseline: [['40', '0']], predict };
  const lines = many(30);

  test('is what the single pass over the same records says, in parts or not, one row at a time or several', async () => {
    const singlePass = attributionDriftAnalysis({ ...settings, baseline: [[40, 0]] });
    const part = singlePass.reader();
    const file = part.file('all');
    file.push(Buffer.from(fileOf(lines).text));
    file.end();
    const expected = await singlePass.baseline(part.finish());
    if (!('files' in expected)) throw new Error(expected.refusal);
    const judging = sampleJudging({ capacity: 100 });
    const parts = [lines.slice(0, 11), lines.slice(11)].map((some, index) =>
      judging.decode(sampleReading(ofCaptured(100)).encode(read(ofCaptured(100), [fileOf(some, `part ${index}`)]))),
    );
    for (const rowsAtOnce of [1, 4]) {
      const found = await judging.baseline(await explainedSample(judging.merge(parts), { ...settings, rowsAtOnce }));
      if (!('files' in found)) throw new Error(found.refusal);
      const { explained, ...analysis } = found.files['analysis.json'] as { explained: object };
      expect(explained).toEqual({ records: 30, predictions: expect.any(Number), isExact: true });
      expect(rounded(analysis)).toEqual(rounded(expected.files['analysis.json']));
    }
  });

  test('stands in the place of the rows, and travels as text with the counts', async () => {
    const judging = sampleJudging({ capacity: 5 });
    const sample = read(ofCaptured(5), [fileOf(lines)]);
    const explained = judging.merge([judging.decode((await explainedSample(sample, settings)).encode())]);
    expect(explained.rows).toEqual([]);
    expect(judging.counts(explained).recordCount).toBe(30);
    const baseline = { 'analysis.json': (explained.explanation as { analysis: object }).analysis };
    expect(judging.baselineProblem?.(baseline)).toBeUndefined();
    expect(await judging.check(explained, baseline)).toMatchObject({ violations: [], notEvaluated: [] });
  });

  test('violates where it rests on other features than the baseline', async () => {
    const judging = sampleJudging({ capacity: 50 });
    const ask = async (weight: number) => {
      const model = async (asked: readonly FeatureRow[]) => asked.map(([a, b]) => [weight * Number(a) + 5 * Number(b)]);
      const part = read(ofCaptured(50), [fileOf(lines)]);
      return explainedSample(part, { ...settings, names: { features: headers }, predict: model });
    };
    const made = await judging.baseline(await ask(3));
    const files = 'files' in made ? made.files : {};
    expect(await judging.check(await ask(0.001), files)).toMatchObject({
      violations: [{ entry: { label: 'label0', metric_name: 'shap' }, expected: 0.9 }],
    });
  });

  test('is refused where the model gives no scores, or others than are named', async () => {
    const judging = sampleJudging({ capacity: 5 });
    const refusal = async (more: Partial<typeof settings>) => {
      const part = await explainedSample(read(ofCaptured(5), [fileOf(lines)]), { ...settings, ...more });
      return [await judging.baseline(part), await judging.check(part, {})];
    };
    const nothing = async (asked: readonly FeatureRow[]) => asked.slice(1).map(() => [1]);
    expect(await refusal({ predict: nothing })).toEqual(
      Array(2).fill({ refusal: expect.stringMatching(/^answer-count: /) }),
    );
    const names = { features: headers, labels: ['score'] };
    expect(await refusal({ names })).toEqual(
      Array(2).fill({ refusal: 'label-count: the model answers 2 scores, and 1 labels are named' }),
    );
    expect(await judging.baseline(read(ofCaptured(5), [fileOf(lines)]))).toEqual({
      refusal: expect.stringContaining('not explained'),
    });
  });

  test('is nothing of no rows: nobody is asked', async () => {
    const asked = jest.fn(predict);
    const empty = read(ofCaptured(5), []);
    expect(await explainedSample(empty, { ...settings, predict: asked })).toBe(empty);
    expect(asked).not.toHaveBeenCalled();
  });
});

/** Sums over rows in another order differ in the last digits. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'number' ? Number(each.toPrecision(12)) : each));
