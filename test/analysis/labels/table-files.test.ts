import { createHash } from 'node:crypto';
import {
  biasReading,
  modelQualityReading,
  type Reading,
  type RecordReading,
  sampleReading,
} from '../../../lib/analysis';
import type { TableForm } from '../../../lib/analysis/labels/table-files';
import { BINARY, truth } from '../model-quality/rows';

// What transform jobs have read and written, as records of one row each.

const ID = ['SageMakerInferenceId', 'SageMakerInferenceTime'] as const;
const TIME = '2024-05-01T10:00:00Z';
const HEADERS = ['age', 'sex'];
const QUESTION = {
  facets: [{ name: 'sex', by: { values: ['f'] } }],
  label: 'paid',
  positive: { values: [1] },
};

/** A row of both sides: the job joins the features to its answer. */
const ROWS = [
  { id: 'a', age: 34, sex: 'f', score: 0.9 },
  { id: 'b', age: 51, sex: 'm', score: 0.2 },
  { id: 'c', age: 28, sex: 'm', score: 0.7 },
];
const LABELS = [truth('a', '1'), truth('b', '0'), truth('c', '1')];

const csv = (header: boolean): TableForm => ({ format: { csv: { header } }, hasGeneratedIds: true, hasAnswers: true });
const JSON_LINES: TableForm = { format: { json: { lines: true } }, hasGeneratedIds: true };
const JSON_DOCUMENT: TableForm = { format: { json: { lines: false } }, hasGeneratedIds: true };

const CSV_TEXT = ROWS.map(({ id, age, sex, score }) => `${age},${sex},${score},${id},${TIME}\n`).join('');
const objects = ROWS.map(({ id, age, sex, score }) => ({
  age,
  sex,
  SageMakerOutput: { p: score },
  [ID[0]]: id,
  [ID[1]]: TIME,
}));
const LINES_TEXT = objects.map((object) => `${JSON.stringify(object)}\n`).join('');

type Part = Record<string, unknown> & { readonly rows?: readonly { readonly values: readonly string[] }[] };

/** What a part says of objects of rows, beside labels. */
function partOf(reading: Reading<unknown>, texts: readonly string[], labels: readonly string[] = LABELS): Part {
  const reader = reading.reader();
  for (const [index, text] of texts.entries()) {
    const file = reader.file(`out-${index}`, 'records');
    file.push(Buffer.from(text));
    file.end();
  }
  if (labels.length > 0) {
    const file = reader.file('labels', 'labels');
    file.push(Buffer.from(`${labels.join('\n')}\n`));
    file.end();
  }
  return JSON.parse(reading.encode(reader.finish()));
}

type Asked = Pick<RecordReading, 'filter' | 'recordFormat' | 'transformations'>;

const quality = (table: TableForm | undefined, probabilityAttribute: string, asked: Asked = {}) =>
  modelQualityReading({ problem: { ...BINARY, probabilityAttribute }, table, ...asked }) as Reading<unknown>;
const bias = (table: TableForm | undefined, name: string, asked: Asked = {}) => {
  const predicted = table ? { name } : { column: 0 };
  return biasReading({
    question: QUESTION,
    captured: { headers: HEADERS, predicted, threshold: 0.5 },
    table,
    ...asked,
  }) as Reading<unknown>;
};
const rank = (identity: string) => createHash('sha256').update(identity).digest('hex');
const sample = (table: TableForm, asked: Asked = {}) =>
  sampleReading({ captured: { headers: HEADERS }, capacity: 9, rank, table, ...asked }) as Reading<unknown>;

/** The same as an endpoint would have captured it. */
const CAPTURED = ROWS.map(({ id, age, sex, score }) =>
  JSON.stringify({
    captureData: {
      endpointInput: { data: `${age},${sex}`, encoding: 'CSV' },
      endpointOutput: { data: `${score}`, encoding: 'CSV' },
    },
    eventMetadata: { eventId: id, inferenceTime: TIME },
  }),
).join('\n');

test.each<[string, TableForm, string, string]>([
  ['CSV', csv(false), CSV_TEXT, '2'],
  ['JSON Lines', JSON_LINES, LINES_TEXT, 'SageMakerOutput.p'],
  ['JSON', JSON_DOCUMENT, JSON.stringify(objects), 'SageMakerOutput.p'],
])(
  '%s: predictions meet the labels of their generated identifiers, as those of an endpoint do',
  (_, table, text, name) => {
    expect(partOf(quality(table, name), [text])).toEqual(partOf(quality(undefined, '0'), [CAPTURED]));
    expect(partOf(bias(table, name), [text])).toEqual(partOf(bias(undefined, '0'), [CAPTURED]));
  },
);

const values = (part: Part) => part.rows?.map((row) => row.values.map(String)).sort();
const FEATURES = ROWS.map(({ age, sex }) => [`${age}`, sex]).sort();

test.each<[string, TableForm, string]>([
  ['joined CSV', csv(false), CSV_TEXT],
  ['CSV of the input', { format: { csv: { header: false } } }, ROWS.map(({ age, sex }) => `${age},${sex}\n`).join('')],
  [
    'CSV with a header',
    { format: { csv: { header: true } } },
    `id,sex,age\n${ROWS.map(({ id, age, sex }) => `${id},${sex},${age}`).join('\n')}`,
  ],
  ['JSON Lines', JSON_LINES, LINES_TEXT],
  ['JSON on one line', JSON_DOCUMENT, JSON.stringify(objects)],
])('features of %s are sampled, with identifiers or without', (_, table, text) => {
  const part = partOf(sample(table), [text], []);
  expect(values(part)).toEqual(FEATURES);
  expect(new Set(part.rows?.map((row) => JSON.stringify(row))).size).toBe(3);
});

test('features of Parquet are sampled by the names of its columns', () => {
  const reading = sample({ format: { parquet: {} } });
  const reader = reading.reader();
  const file = reader.rows('in.parquet', ['sex', 'age', 'id']);
  for (const { id, age, sex } of ROWS) file.row([sex, `${age}`, id]);
  file.end();
  reader.rows('broken.parquet', []).giveUp('no Parquet', 'unreadable-file');
  const part: Part = JSON.parse(reading.encode(reader.finish()));
  expect(values(part)).toEqual(FEATURES);
  expect(part).toMatchObject({ rowCount: 3, defects: { counts: [['unreadable-file', 1]] } });
});

/** The same rows among others, with a column that tells them apart. */
const MARKED = [
  ...ROWS.map((row) => ({ ...row, tenant: 'live' })),
  { ...ROWS[0], id: 'z', score: 0.4, tenant: 'test' },
];
const markedCsv = MARKED.map(({ id, age, sex, score, tenant }) => `${tenant},${age},${sex},${score},${id},${TIME}\n`);
const markedLines = MARKED.map(({ id, age, sex, score, tenant }) =>
  JSON.stringify({ rows: [{ age, sex, p: score, tenant }], [ID[0]]: id }),
);
const without = (column: string): Asked => ({
  filter: { noneOf: [{ column, values: ['test'] }] },
  transformations: [{ drop: [column] }],
});

test.each<[string, TableForm, string, string, Asked]>([
  ['CSV', csv(false), markedCsv.join(''), '2', without('0')],
  [
    'JSON Lines with rows in lists',
    { ...JSON_LINES, hasAnswers: true },
    markedLines.join('\n'),
    'p',
    { ...without('tenant'), recordFormat: { response: { path: { keys: ['rows'], itemKeys: [] } } } },
  ],
])('of %s what a filter leaves out meets no label, and the rest is found where changes put it', (...args) => {
  const [, table, text, name, asked] = args;
  const filtered = { filtered: 1 };
  expect(partOf(quality(table, name, asked), [text])).toEqual({
    ...partOf(quality(undefined, '0'), [CAPTURED]),
    ...filtered,
  });
  expect(partOf(bias(table, name, asked), [text])).toEqual({
    ...partOf(bias(undefined, '0'), [CAPTURED]),
    ...filtered,
  });
  const part = partOf(sample(table, asked), [text], []);
  expect([values(part), part.filtered]).toEqual([FEATURES, 1]);
});

test('a record of whose rows a filter leaves some cannot be read: its labels are of all of them', () => {
  const rows = [
    { p: 0.9, tenant: 'live' },
    { p: 0.1, tenant: 'test' },
  ];
  const asked = { ...without('tenant'), recordFormat: { response: { path: { keys: ['rows'], itemKeys: [] } } } };
  const table = { ...JSON_LINES, hasAnswers: true };
  const part = partOf(quality(table, 'p', asked), [JSON.stringify({ rows, [ID[0]]: 'a' })], []);
  expect(part).toMatchObject({ defects: { counts: [['row-count-mismatch', 1]] } });
});

test.each<[string, TableForm, string, string]>([
  ['a row without an identifier', JSON_LINES, '{"age":1,"sex":"f","SageMakerOutput.p":1}', 'malformed-record'],
  ['an identifier without a value', csv(false), `34,f,0.9,,${TIME}`, 'malformed-record'],
  ['a row of identifier and time alone', csv(false), `a,${TIME}`, 'malformed-data'],
  [
    'a row that lists have no place in',
    JSON_LINES,
    `{"SageMakerInferenceId":"a","SageMakerOutput":[0.9]}`,
    'nested-data',
  ],
  ['what is no JSON', JSON_LINES, '{', 'malformed-data'],
  ['a document that does not end', JSON_DOCUMENT, `[${JSON.stringify(objects[0])}`, 'malformed-data'],
  ['a row that is narrower than its header', csv(true), 'age,sex\n1', 'wrong-width'],
  ['an object without rows', JSON_LINES, '\n', 'empty-file'],
])('%s is counted', (_, table, text, reason) => {
  const part = partOf(quality(table, table.format.csv ? '2' : 'SageMakerOutput.p'), [text], []);
  expect(part).toMatchObject({ defects: { counts: [[reason, 1]] } });
});

test('of rows without names, features have as many values as names, and an answer behind them where one is joined', () => {
  const narrow = `34,f,a,${TIME}\n`;
  expect(partOf(bias(csv(false), '2'), [narrow], [])).toMatchObject({ defects: { counts: [['wrong-width', 1]] } });
  const wide = '34,f,1\n';
  const ofInput = sample({ format: { csv: { header: false } } });
  expect(partOf(ofInput, [wide], [])).toMatchObject({ defects: { counts: [['wrong-width', 1]] } });
});
