import {
  createProfiler,
  decodeProfile,
  encodeProfile,
  type ProfileInput,
  statistics,
  unreadable,
} from '../../../lib/analysis';
import {
  isChanged,
  type TableRecord,
  type TableRules,
  tableRecordReader,
} from '../../../lib/analysis/reading/table-record';

// Rows that transform jobs have read or written, of which some are left out and others changed.

interface Loan {
  readonly age: number;
  readonly job: string | null;
  readonly tenant: string;
}

const loans: Loan[] = Array.from({ length: 60 }, (_, index) => ({
  age: 20 + index,
  job: index % 7 === 0 ? null : ['nurse', 'cook'][index % 2],
  tenant: index % 3 === 0 ? 'test' : 'live',
}));
const IDS = ['9a1e-4c', '2026-01-31T01:00:00Z'];

const csvLine = ({ age, job, tenant }: Loan, more: readonly string[] = []) =>
  `${[age, job ?? '', tenant, ...more].join(',')}\n`;
const jsonLine = (loan: object) => `${JSON.stringify(loan)}\n`;
const generated = { SageMakerInferenceId: IDS[0], SageMakerInferenceTime: IDS[1] };

type Reading = Omit<ProfileInput, 'kind'>;

function profiled(reading: Reading, text: string) {
  const profiler = createProfiler({ kind: 'table', ...reading });
  const file = profiler.file('part-0');
  file.push(Buffer.from(text.slice(0, 50)));
  file.push(Buffer.from(text.slice(50)));
  file.end();
  return decodeProfile(encodeProfile(profiler.finish()));
}

const counted = (reading: Reading, text: string) =>
  unreadable(profiled(reading, text), { transformations: reading.transformations });
const statisticsOf = (reading: Reading, text: string) => statistics(profiled(reading, text));

const CSV = { format: { csv: { header: false } } };
const HEADED = { format: { csv: { header: true } } };
const LINES = { format: { json: { lines: true } } };
const DOCUMENT = { format: { json: { lines: false } } };
const live = loans.filter(({ tenant }) => tenant === 'live');
const notTests = (column: string) => ({ filter: { noneOf: [{ column, values: ['test'] }] } });

test.each<[string, Reading, string, Reading, string]>([
  [
    'CSV',
    { ...CSV, ...notTests('2'), transformations: [{ drop: ['2'] }] },
    loans.map((loan) => csvLine(loan)).join(''),
    CSV,
    live.map(({ age, job }) => `${age},${job ?? ''}\n`).join(''),
  ],
  [
    'CSV with generated identifiers',
    { ...CSV, ...notTests('2'), hasGeneratedIds: true, hasAnswers: true },
    loans.map((loan) => csvLine(loan, IDS)).join(''),
    CSV,
    live.map((loan) => csvLine(loan)).join(''),
  ],
  [
    'CSV with a header',
    { ...HEADED, ...notTests('tenant'), transformations: [{ rename: { age: 'years' } }] },
    `age,job,tenant\n${loans.map((loan) => csvLine(loan)).join('')}`,
    LINES,
    live.map(({ age, job, tenant }) => jsonLine({ years: age, job, tenant })).join(''),
  ],
  [
    'JSON Lines',
    { ...LINES, ...notTests('meta.tenant'), transformations: [{ unwrap: 'loan' }, { drop: ['meta.tenant'] }] },
    loans.map(({ age, job, tenant }) => jsonLine({ meta: { tenant }, loan: { age, job } })).join(''),
    LINES,
    live.map(({ age, job }) => jsonLine({ age, job })).join(''),
  ],
  [
    'a JSON document with lists in its records',
    { ...DOCUMENT, transformations: [{ spread: 'at', length: 2 }] },
    JSON.stringify(loans.map(({ age }) => ({ age, at: [1, age] }))),
    LINES,
    loans.map(({ age }) => jsonLine({ age, 'at.0': 1, 'at.1': age })).join(''),
  ],
])('%s is read as if it had been written so', (_, reading, text, sameReading, same) => {
  expect(statisticsOf(reading, text)).toEqual(statisticsOf(sameReading, same));
  const leftOut = reading.filter ? { filtered: loans.length - live.length } : {};
  expect(counted(reading, text)).toMatchObject({ unreadableCount: 0, ...leftOut });
});

const PATHS = {
  request: { path: { keys: ['instances'], itemKeys: [] }, names: ['age', 'job'] },
  response: { path: { keys: ['SageMakerOutput', 'predictions'], itemKeys: [] }, names: ['score'] },
};

test('what jobs read is read by the path of requests, what they wrote by that of answers, however many rows a record has', () => {
  const bodies = [
    { instances: [[34, 'cook']], ...generated },
    {
      instances: [
        [51, null],
        [28, 'nurse'],
      ],
      ...generated,
    },
  ].map((body) =>
    jsonLine({ ...body, SageMakerOutput: { predictions: body.instances.map(([age]) => Number(age) / 100) } }),
  );
  const read = (hasAnswers: boolean) =>
    statisticsOf({ ...LINES, recordFormat: PATHS, hasAnswers, hasGeneratedIds: hasAnswers }, bodies.join(''));
  expect(read(false)).toEqual(statisticsOf(HEADED, 'age,job\n34,cook\n51,\n28,nurse\n'));
  expect(read(true)).toEqual(statisticsOf(HEADED, 'score\n0.34\n0.51\n0.28\n'));
});

test('a row of Parquet is left out, or changed, by the names of its columns', () => {
  const transformations = [{ drop: ['tenant'] }, { cast: 'age', to: 'Integral' }] as const;
  const profiler = createProfiler({ kind: 'table', format: { parquet: {} }, ...notTests('tenant'), transformations });
  const file = profiler.rows('part.parquet', ['age', 'tenant']);
  for (const [age, tenant] of [
    ['34.0', 'live'],
    ['51', 'test'],
    ['young', 'live'],
  ])
    file.row([age, tenant]);
  file.end();
  const profile = profiler.finish();
  expect(
    statistics(profile).features.map(({ name, numerical_statistics }) => [name, numerical_statistics?.sum]),
  ).toEqual([['age', 34]]);
  expect(unreadable(profile)).toMatchObject({ recordCount: 1, filtered: 1, byReason: { 'failed-cast': 1 } });
});

test.each<[string, Reading, string, string, string]>([
  [
    'a filter by a column that rows have not',
    { ...CSV, ...notTests('5') },
    '34,cook,live\n',
    'no-filter-column',
    'column',
  ],
  ['a change to one', { ...CSV, transformations: [{ drop: ['5'] }] }, '34,cook,live\n', 'no-such-column', '"5"'],
  ['a list', LINES, '{"age": [34]}\n', 'nested-data', 'RecordTransformation.spread'],
  [
    'a record without rows at the path',
    { ...LINES, recordFormat: PATHS },
    '{"rows": []}\n',
    'no-rows-at-path',
    '"input"',
  ],
  ['bytes that are no UTF-8', { ...LINES }, '{"job": "\uFFFD"}\n', 'malformed-data', 'UTF-8'],
  [
    'a row that is wider than its header',
    { ...HEADED, ...notTests('tenant') },
    'age,tenant\n1,live,2\n',
    'wrong-width',
    '3',
  ],
  ['a quote that is not closed', { ...CSV, ...notTests('0') }, '"34,cook', 'malformed-data', 'quote'],
  ['a header that has a name twice', { ...HEADED, ...notTests('a') }, 'a,a\n1,live\n', 'duplicate-name', 'column 2'],
])('%s makes it unreadable, with the reason', (_, reading, text, reason, words) => {
  const { byReason, samples } = counted(reading, text);
  expect(byReason).toEqual({ [reason]: 1 });
  expect(samples[0].detail).toContain(words);
});

test('a row fits the baseline by the width that changes leave', () => {
  const reading = { ...CSV, transformations: [{ drop: ['2'] }] } as const;
  const columns = { names: ['age', 'job'], mustFit: true };
  const { recordCount, byReason } = counted({ ...reading, columns }, '34,cook,live\n51,nurse,live,1\n');
  expect([recordCount, byReason]).toEqual([1, { 'wrong-width': 1 }]);
});

test('what a transformation names and no row has is told', () => {
  const reading = { ...LINES, transformations: [{ rename: { yearlyIncome: 'income' } }] };
  expect(counted(reading, '{"income": 1}\n').notFound).toEqual(['rename yearlyIncome']);
  expect(counted(reading, '{"yearlyIncome": 1}\n').notFound).toBeUndefined();
});

test('an object without a row is told, and rows of a filter that leaves nothing are counted', () => {
  expect(counted({ ...CSV, ...notTests('0') }, '\n').byReason).toEqual({ 'empty-file': 1 });
  expect(counted({ ...CSV, ...notTests('0') }, 'test\ntest\n')).toMatchObject({
    recordCount: 0,
    filtered: 2,
    unreadableCount: 0,
  });
});

describe('one record', () => {
  const read = (record: TableRecord, rules: TableRules = {}) => tableRecordReader(rules, new Set())(record);
  const named = { age: '34', SageMakerInferenceId: 'i', SageMakerInferenceTime: 't' };
  const ids = { hasGeneratedIds: true };

  test('is read by itself where rows are other than they are written', () => {
    const filter = { column: '0', values: ['test'] };
    expect([{}, { transformations: [] }].map(isChanged)).toEqual([false, false]);
    expect([{ filter }, { transformations: [{ drop: ['0'] }] }].map(isChanged)).toEqual([true, true]);
  });

  test('of CSV ends with what capture has generated', () => {
    const record = ['34', 'cook', 'live', 'i', 't'];
    expect(read(record, ids)).toMatchObject({ read: { csv: [['34', 'cook', 'live']] }, id: 'i' });
    expect(read(record)).toMatchObject({ read: { csv: [record] } });
    expect(read(record).id).toBeUndefined();
  });

  test.each<[string, TableRecord]>([
    ['fields', new Map(Object.entries(named))],
    ['a text', JSON.stringify(named)],
  ])('of %s has that under names of its own', (_, record) => {
    const age = ['age', '34'] as const;
    expect(read(record, ids)).toMatchObject({ read: { json: [new Map([age])] }, id: 'i' });
    expect(read(record)).toMatchObject({ read: { json: [new Map(Object.entries(named))] } });
    expect(read(record).id).toBeUndefined();
  });

  test.each([{}, { SageMakerInferenceId: null }, { SageMakerInferenceId: ['i'] }])(
    'with %j has no identifier',
    (id) => {
      expect(read(JSON.stringify({ age: '34', ...id }), ids).id).toBeUndefined();
    },
  );

  test('with rows at a path has its identifier beside that', () => {
    const text = JSON.stringify({ ...named, SageMakerOutput: { predictions: [0.3, 0.4] } });
    const rules = { recordFormat: PATHS, hasAnswers: true };
    expect(read(text, { ...rules, ...ids })).toMatchObject({ read: { json: [{}, {}] }, id: 'i' });
    expect(read(text, rules).id).toBeUndefined();
  });

  test('without any is a problem of the side that was read', () => {
    const problem = (side: string) => ({
      read: { problem: { reason: 'no-rows-at-path', detail: expect.stringContaining(`"${side}"`) } },
    });
    expect(read('{"a":1}', { recordFormat: PATHS, hasAnswers: true, ...ids })).toMatchObject(problem('output'));
    expect(read('{"a":1}', { recordFormat: PATHS })).toMatchObject(problem('input'));
  });
});
