import type { BaselineFiles, Constraints, Statistics } from '../../lib/analysis';
import type { BaselineNotes, BaselineRequest } from '../../lib/baseline/contract';
import { DOCUMENTATION_URL } from '../../lib/core/contract';
import type { PlanItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { DATA_QUALITY } from '../../lib/engine/serverless/handler/kinds/data-quality';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { invoked } from './invocation';
import { BASELINE_REQUEST } from './requests';
import { S3Store } from './s3-store';

const conclude = invoked(concludeHandler);

/** Where the codes of errors are explained. */
const ERRORS = `${DOCUMENTATION_URL}/errors.md`;

const s3 = new S3Store();
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => {
  s3.reset();
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
});

const STATISTICS = 'baseline/0123456789abcdef/statistics.json';
const CONSTRAINTS = 'baseline/0123456789abcdef/constraints.json';
const ANSWER = 'baseline/0123456789abcdef/work/b1/answer.json';
const NOTES = 'baseline/0123456789abcdef/baseline-notes.json';

/** The body of the one answer that CloudFormation got. */
function answer() {
  expect(fetched).toHaveBeenCalledTimes(1);
  return JSON.parse(String(fetched.mock.calls[0][1]?.body));
}

async function concluded(csv: string, request: BaselineRequest = BASELINE_REQUEST) {
  s3.set('data', 'train.csv', csv);
  const made = await plan({ request, execution: 'b1' });
  const lines = (s3.objects.get(`${made.bucket}/${made.key}`) ?? '').split('\n').filter((line) => line !== '');
  for (const line of lines) await profile({ request, execution: 'b1', item: JSON.parse(line) as PlanItem });
  return conclude({ request, execution: 'b1', plan: made });
}

test('a baseline writes both files and what is to be known of them, constraints last, notes its answer, and answers with their keys', async () => {
  expect(await concluded('a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n')).toEqual({ status: 'SUCCESS' });
  expect(answer()).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: 's3://out/baseline/0123456789abcdef',
    Data: { StatisticsKey: STATISTICS, ConstraintsKey: CONSTRAINTS },
  });
  expect(s3.written.slice(-4)).toEqual([STATISTICS, NOTES, CONSTRAINTS, ANSWER]);
  expect(s3.json<Statistics>('out', STATISTICS).dataset.item_count).toBe(5);
});

test('what is to be known is written in words, of the dataset and of the files with their overrides', async () => {
  const overrides = { features: { a: { performComparison: false } } };
  await concluded('a,b\n1,\n2,\n3,\n4,\n5,\n', { ...BASELINE_REQUEST, overrides });
  expect(s3.json<BaselineNotes>('out', NOTES)).toEqual({
    version: '1',
    dataset: 's3://data/train.csv',
    notes: [
      'without any value: column "b"',
      expect.stringMatching(/^5 rows: \d+ are needed to see every drift of 0\.1 in 2 columns$/),
      'perform_comparison is "Disabled", so that drift is not seen: column "a"',
    ],
  });
});

test('what overrides ask for and the dataset itself violates is to be known', async () => {
  const overrides = { features: { a: { completeness: 0.9 }, b: { domains: ['x'] } } };
  await concluded('a,b\n1,x\n,y\n3,x\n,y\n5,x\n', { ...BASELINE_REQUEST, overrides });
  expect(s3.json<BaselineNotes>('out', NOTES).notes).toContain(
    'the dataset itself violates what overrides ask for, and so will data like it: constraints "a" (completeness_check), "b" (categorical_values_check)',
  );
});

/** A defect: a baseline that asks for all values of each column. */
function askingTooMuch(made: BaselineFiles): BaselineFiles {
  if ('refusal' in made) return made;
  const constraints = made.files['constraints.json'] as Constraints;
  const features = constraints.features.map((feature) => ({ ...feature, completeness: 1 }));
  return { files: { ...made.files, 'constraints.json': { ...constraints, features } } };
}

test('a dataset that violates what it suggests fails, with what is violated and what to do, and leaves no file', async () => {
  const { analysis } = DATA_QUALITY;
  const suggesting = jest.spyOn(DATA_QUALITY, 'analysis').mockImplementation((request) => {
    const judging = analysis(request);
    return { ...judging, baseline: async (part) => askingTooMuch(await judging.baseline(part)) };
  });
  await concluded('a,b\n1,x\n,y\n3,x\n,y\n5,x\n');
  suggesting.mockRestore();
  expect(answer().Reason).toBe(
    `UnusableBaseline: the records of s3://data/train.csv violate what is suggested of them: constraint "a" (completeness_check); please report it (${ERRORS}#unusablebaseline)`,
  );
  expect(s3.objects.has(`out/${CONSTRAINTS}`)).toBe(false);
});

test('overrides are in the constraints', async () => {
  const overrides = { comparisonThreshold: 0.3, features: { a: { completeness: 0.9 } } };
  await concluded('a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n', { ...BASELINE_REQUEST, overrides });
  const constraints = s3.json<Constraints>('out', CONSTRAINTS);
  expect(constraints.monitoring_config?.distribution_constraints?.comparison_threshold).toBe(0.3);
  expect(constraints.features[0]).toMatchObject({ name: 'a', completeness: 0.9 });
});

test('fails on overrides of unknown features, naming them and the known ones', async () => {
  const overrides = { features: { tenuer: { completeness: 0.9 } } };
  expect(await concluded('tenure,plan\n1,x\n2,y\n3,x\n4,y\n5,x\n', { ...BASELINE_REQUEST, overrides })).toEqual({
    status: 'FAILED',
  });
  expect(answer().Reason).toBe(
    `UnknownFeature: overrides name 'tenuer', but the baseline has 'tenure', 'plan'; name one that it has, or leave the override out (${ERRORS}#unknownfeature)`,
  );
  expect(s3.objects.has(`out/${CONSTRAINTS}`)).toBe(false);
});

test('fails on a dataset without records', async () => {
  await concluded('a,b\n');
  expect(answer()).toMatchObject({ Status: 'FAILED' });
  expect(answer().Reason).toContain('s3://data/train.csv');
});

const table = (rows: number, line: (i: number) => string) =>
  Array.from({ length: rows }, (_, i) => `${line(i)}\n`).join('');

test.each<[string, string, string]>([
  [
    'another delimiter',
    `"score";"acidity"\n${table(9, (i) => `${i};${i},5`)}`,
    'every line is one column, with semicolons in it; give the dataset `delimiter: CsvDelimiter.SEMICOLON`, or write it with commas',
  ],
  [
    'a record for a header',
    table(9, (i) => `${i},0.5`),
    'the first line is taken for the names of the columns, and has numbers in columns 1, 2; ',
  ],
  [
    'too few rows',
    'a,b\n1,x\n2,y\n',
    'the 2 rows are too few: at least 5 are needed to tell drift of 2 columns from chance, ',
  ],
])('fails on a dataset with %s, and writes nothing', async (_, csv, words) => {
  expect(await concluded(csv)).toEqual({ status: 'FAILED' });
  expect(answer().Reason).toContain(`UnusableDataset: of s3://data/train.csv, ${words}`);
  expect(s3.objects.has(`out/${CONSTRAINTS}`)).toBe(false);
});

test('fails on a header that has a name twice, naming the line', async () => {
  await concluded(`a,b,a\n${table(9, (i) => `${i},x,2`)}`);
  expect(answer().Reason).toMatch(
    /^UnreadableDataset: .* s3:\/\/data\/train.csv line 1 \(duplicate-name: column 3 has the name of another one\)/,
  );
});

test('a dataset with a delimiter of its own is read by it', async () => {
  const format = { csv: { header: true, delimiter: ';' } };
  expect(await concluded(`a;b\n${table(9, (i) => `${i};x,y`)}`, { ...BASELINE_REQUEST, format })).toEqual({
    status: 'SUCCESS',
  });
  expect(s3.json<Constraints>('out', CONSTRAINTS).features.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('columns are what was declared, and a name that the dataset lacks fails', async () => {
  const csv = `zip,note\n${table(9, (i) => `${i % 2},text ${i}`)}`;
  const declared = (columnTypes: BaselineRequest['columnTypes']) =>
    concluded(csv, { ...BASELINE_REQUEST, columnTypes });
  expect(await declared({ zip: 'Categorical', note: 'Ignored' })).toEqual({ status: 'SUCCESS' });
  expect(s3.json<Constraints>('out', CONSTRAINTS).features).toMatchObject([{ name: 'zip', inferred_type: 'String' }]);
  fetched.mockClear();
  expect(await declared({ zap: 'Categorical' })).toEqual({ status: 'FAILED' });
  expect(answer().Reason).toContain('UnusableDataset: of s3://data/train.csv, columnTypes declares column "zap", and ');
});

test('columns without any value are told in the log', async () => {
  logged.mockClear();
  expect(await concluded(`a,b\n${table(9, (i) => `${i},`)}`)).toEqual({ status: 'SUCCESS' });
  expect(logged.mock.calls.flat().join('\n')).toContain('without any value: column \\"b\\"');
});

test('fails on a dataset that is readable only in part, naming file and line', async () => {
  await concluded('a,b\n1,x\n2\n');
  expect(answer().Reason).toMatch(
    /^UnreadableDataset: .*s3:\/\/data\/train.csv: 1 record is unreadable: s3:\/\/data\/train.csv line 3/,
  );
});

test('fails in its own words when the execution failed before', async () => {
  const Cause = JSON.stringify({ errorMessage: 'DatasetNotFound: there is no data at s3://data/train.csv' });
  await conclude({ request: BASELINE_REQUEST, execution: 'b1', error: { Error: 'DatasetNotFound', Cause } });
  expect(answer()).toMatchObject({
    Status: 'FAILED',
    Reason: 'DatasetNotFound: there is no data at s3://data/train.csv',
  });
});

test('fails as an answer, not as an exception, when a file cannot be written', async () => {
  s3.denied.set(`out/${STATISTICS}`, 'AccessDenied');
  expect(await concluded('a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n')).toEqual({ status: 'FAILED' });
  expect(answer().Reason).toContain(`AccessDenied: no access to s3://out/${STATISTICS}`);
});

test('fails for a retry when the answer cannot be delivered', async () => {
  fetched.mockImplementation(async () => new Response(null, { status: 500 }));
  await expect(concluded('a,b\n1,x\n')).rejects.toThrow('ResponseRefused');
});

test('the log has neither the response URL nor data', async () => {
  await concluded('a,b\n1,secretvalue\n2,y\n3,x\n4,y\n5,x\n');
  const lines = logged.mock.calls.flat().join('\n');
  expect(lines).not.toContain('signature=secret');
  expect(lines).not.toContain('secretvalue');
});

describe('values of text with many of them', () => {
  const MARK = 'marked';
  const csv = `city\n${table(500, (i) => `${MARK}-${i % 250}`)}`;
  const WORK = '/work/'; // partial profiles, which are deleted

  async function marked(keepsTextValues?: true): Promise<string[]> {
    logged.mockClear();
    expect(await concluded(csv, { ...BASELINE_REQUEST, keepsTextValues })).toEqual({ status: 'SUCCESS' });
    expect(JSON.stringify([answer(), logged.mock.calls])).not.toContain(MARK);
    const written = [...s3.objects].filter(([address]) => address.startsWith('out/') && !address.includes(WORK));
    expect(written.length).toBeGreaterThan(3);
    return written.filter(([, text]) => text.includes(MARK)).map(([address]) => address);
  }

  test('are in no file of the baseline, in no answer and in no log', async () => {
    expect(await marked()).toEqual([]);
  });

  test('are in one file alone where somebody asked for them in clear', async () => {
    expect(await marked(true)).toEqual(['out/baseline/0123456789abcdef/text-statistics.json']);
  });
});

test('what is made stays made: where its answer could not be delivered, the failure of the execution gives it again', async () => {
  fetched.mockImplementation(async () => new Response(null, { status: 500 }));
  await expect(concluded('a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n')).rejects.toThrow('ResponseRefused');
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
  await conclude({ request: BASELINE_REQUEST, execution: 'b1', error: { Error: 'ResponseRefused', Cause: '' } });
  expect(answer()).toMatchObject({
    Status: 'SUCCESS',
    Data: { StatisticsKey: STATISTICS, ConstraintsKey: CONSTRAINTS },
  });
});

test('a baseline that another execution made is none of this one', async () => {
  await concluded('a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n');
  fetched.mockClear();
  await conclude({ request: BASELINE_REQUEST, execution: 'b2', error: { Error: 'States.Timeout', Cause: '' } });
  expect(answer()).toMatchObject({ Status: 'FAILED', Reason: 'States.Timeout' });
});
