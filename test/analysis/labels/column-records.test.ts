import { createHash } from 'node:crypto';
import {
  biasReading,
  modelQualityReading,
  type Reading,
  type RecordFilter,
  type RecordTransformation,
  sampleReading,
} from '../../../lib/analysis';
import type { RecordReading } from '../../../lib/analysis/labels/record-reading';
import { BINARY, truth } from '../model-quality/rows';

// What predictions, groups and features are found by, where a format or transformations make columns of bodies.

const TIME = '2024-05-01T10:30:00Z';

interface Body {
  readonly input?: unknown;
  readonly output: unknown;
  readonly inferenceId?: string;
}

/** A captured line, of CSV where a side is a text and else of JSON. */
function line(id: string, { input, output, inferenceId }: Body): string {
  const side = (value: unknown) =>
    typeof value === 'string' ? { data: value, encoding: 'CSV' } : { data: JSON.stringify(value), encoding: 'JSON' };
  const endpointInput = input === undefined ? undefined : side(input);
  const eventMetadata = { eventId: id, inferenceId, inferenceTime: TIME };
  return JSON.stringify({ captureData: { endpointInput, endpointOutput: side(output) }, eventMetadata });
}

type Lines = readonly string[];

/** What a part says of captured lines, beside labels of the first of their rows. */
function partOf(reading: Reading<unknown>, lines: Lines, labels: Lines = []): object {
  const reader = reading.reader();
  for (const [name, content, texts] of [
    ['a', 'records', lines],
    ['b', 'labels', labels],
  ] as const) {
    if (texts.length === 0) continue;
    const file = reader.file(name, content);
    file.push(Buffer.from(`${texts.join('\n')}\n`));
    file.end();
  }
  return JSON.parse(reading.encode(reader.finish()));
}

const QUESTION = {
  facets: [{ name: 'sex', by: { values: ['f'] } }],
  label: 'paid',
  positive: { values: [1] },
};
const HEADERS = ['age', 'sex'];
const rank = (identity: string) => createHash('sha256').update(identity).digest('hex');

type Predicted = '0' | 'score';

/** The readings of the three kinds, of data that are read so. */
function readings(of: RecordReading & { readonly predicted?: Predicted; readonly headers?: string[] }) {
  const { predicted = '0', headers = HEADERS, ...reading } = of;
  const isOfColumns = reading.recordFormat !== undefined || reading.transformations !== undefined;
  const place = isOfColumns ? { name: predicted } : { column: 0 };
  return {
    'model quality': modelQualityReading({ ...reading, problem: { ...BINARY, probabilityAttribute: predicted } }),
    bias: biasReading({ ...reading, question: QUESTION, captured: { headers, predicted: place, threshold: 0.5 } }),
    attributions: sampleReading({ ...reading, captured: { headers }, capacity: 9, rank }),
  } as { readonly [kind: string]: Reading<unknown> };
}

const KINDS = ['model quality', 'bias', 'attributions'] as const;

/** Two records of two rows and of one, as CSV. */
const ROWS = [
  {
    id: 'a',
    rows: [
      [0.9, 34, 'f'],
      [0.2, 51, 'm'],
    ],
  },
  { id: 'b', rows: [[0.7, 28, 'm']] },
] as const;
type Row = (typeof ROWS)[number]['rows'][number];

const CSV = ROWS.map(({ id, rows }) =>
  line(id, {
    input: rows.map(([, ...rest]) => rest.join(',')).join('\n'),
    output: rows.map(([score]) => score).join('\n'),
  }),
);
const LABELS = [truth('a', '1\n0'), truth('b', '1')];

const bodies = (input: (rows: readonly Row[]) => unknown, output: (rows: readonly Row[]) => unknown) =>
  ROWS.map(({ id, rows }) => line(id, { input: input(rows), output: output(rows) }));

const INSTANCES = { keys: ['instances'], itemKeys: [] };
const PREDICTIONS = { keys: ['predictions'], itemKeys: [] };

const lists = bodies(
  (rows) => ({ instances: rows.map(([, age, sex]) => [age, sex]) }),
  (rows) => ({ predictions: rows.map(([score]) => score) }),
);
const named = bodies(
  (rows) => ({ instances: rows.map(([, age, sex]) => ({ id: 7, person: { years: `${age}`, sex } })) }),
  (rows) => ({ predictions: rows.map(([score]) => ({ p: score })) }),
);
const CHANGES: readonly RecordTransformation[] = [
  { unwrap: 'person' },
  { rename: { years: 'age', p: 'score' } },
  { drop: ['id'] },
  { cast: 'age', to: 'Integral' },
];

test.each(KINDS)('%s: what a format and transformations make of bodies is what plain CSV is', (kind) => {
  const plain = partOf(readings({})[kind], CSV, kind === 'attributions' ? [] : LABELS);
  const read = (reading: Parameters<typeof readings>[0], lines: Lines) =>
    partOf(readings(reading)[kind], lines, kind === 'attributions' ? [] : LABELS);
  const both = { request: { path: INSTANCES }, response: { path: PREDICTIONS } };
  expect(read({ recordFormat: both }, lists)).toEqual(plain);
  expect(read({ recordFormat: both, transformations: CHANGES, predicted: 'score' }, named)).toEqual(plain);
});

test.each(KINDS)('%s: columns of CSV are found behind what was dropped before them', (kind) => {
  const wide = ROWS.map(({ id, rows }) =>
    line(id, {
      input: rows.map(([, age, sex]) => `x,${age},${sex}`).join('\n'),
      output: rows.map(([score]) => `7,${score}`).join('\n'),
    }),
  );
  const transformations = [{ drop: ['0', '2'] }];
  const labels = kind === 'attributions' ? [] : LABELS;
  expect(partOf(readings({ transformations })[kind], wide, labels)).toEqual(partOf(readings({})[kind], CSV, labels));
});

const JSON_ROW = { sex: 'f', age: 3 };
const NAMED = { transformations: [{ rename: { p: 'score' } }], predicted: 'score' } as const;

/** How often each reason is among the defects. */
const reasons = (part: object) => (part as { defects: { counts: unknown } }).defects.counts;

test.each([
  ['a row that no transformation fits', [{ input: { ...JSON_ROW, score: 1 }, output: { p: 1 } }], 'name-taken', KINDS],
  ['a column that is not there', [{ input: { age: 3 }, output: { q: 1 } }], undefined, KINDS],
  ['other numbers of rows', [{ input: [JSON_ROW], output: '1\n2' }], undefined, KINDS],
])('%s makes the record unreadable, whole', (_, [body], reason, kinds) => {
  for (const kind of kinds) {
    const part = partOf(readings(NAMED)[kind], [line('a', body)]);
    expect(part).toMatchObject({ defects: { counts: [[reason ?? expect.any(String), 1]] } });
  }
});

test('of rows without names, as many have to be features as there are names', () => {
  const lines = [line('a', { input: '34,f,3', output: '0.9' })];
  const transformations = [{ cast: '1', to: 'Integral' }] as const;
  for (const kind of ['bias', 'attributions'] as const)
    expect(reasons(partOf(readings({ transformations })[kind], lines))).toEqual([['wrong-width', 1]]);
});

test('a filter looks at what the format reads, and leaves out whole records', () => {
  const recordFormat = { request: { path: INSTANCES }, response: { path: PREDICTIONS } };
  const filter: RecordFilter = { column: '2', values: ['m'] };
  for (const kind of KINDS) {
    const part = partOf(readings({ recordFormat, filter })[kind], [
      ...lists,
      line('c', { input: { instances: [[1, 'f']] }, output: { predictions: [1] } }),
    ]);
    expect(part).toMatchObject({ filtered: 1 });
    expect(reasons(part)).toEqual([['row-count-mismatch', 1]]); // of the record with one row of each
  }
});

test('a filter on identifiers leaves out what cannot be read, and what has no identifier for labels', () => {
  const filter: RecordFilter = { noneOf: [{ inferenceIdPrefix: 'canary' }] };
  const broken = line('a', { input: 'x', output: { predictions: 'none' }, inferenceId: 'canary-1' });
  for (const kind of KINDS) {
    const part = partOf(readings({ ...NAMED, filter })[kind], [broken]);
    expect(part).toMatchObject({ filtered: 1 });
    expect(reasons(part)).toEqual([]);
  }
});

test('facets that headers do not name are called by their place in the whole row', () => {
  const question = { ...QUESTION, facets: [{ name: '2', by: { values: ['f'] } }] };
  const transformations = [{ cast: '0', to: 'Fractional' }] as const;
  const reading = biasReading({ transformations, question, captured: { predicted: { name: '0' }, threshold: 0.5 } });
  const plain = biasReading({
    question: { ...QUESTION, facets: [{ name: '1', by: { values: ['f'] } }] },
    captured: { predicted: { column: 0 }, threshold: 0.5 },
  });
  expect(partOf(reading as Reading<unknown>, CSV, LABELS)).toEqual(partOf(plain as Reading<unknown>, CSV, LABELS));
});
