import * as fc from 'fast-check';
import {
  type ColumnTypeName,
  type ColumnTypes,
  type Constraints,
  dataQualityAnalysis,
  type FeatureStatistics,
  type Findings,
  type Statistics,
} from '../../../lib/analysis';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const HEADER = 'id,code,amount,note,spare';
const row = (i: number, code = i % 10) => `${100_000 + 7 * i},${code},${i / 8},text ${i % 30},${i % 3}`;
const table = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));
const training = profileOf([[HEADER, ...table(2000, (i) => row(i))].join('\n')]);

async function baselineOf(columnTypes?: ColumnTypes) {
  const made = await dataQualityAnalysis({ input: { kind: 'dataset' }, columnTypes }).baseline(training);
  if ('refusal' in made) throw new Error(made.refusal);
  const files = JSON.parse(JSON.stringify(made.files));
  const statistics: Statistics = files['statistics.json'];
  const constraints: Constraints = files['constraints.json'];
  const of = (name: string) => statistics.features.find((each) => each.name === name) as FeatureStatistics;
  return { files, statistics, constraints, of };
}

async function found(columnTypes: ColumnTypes | undefined, lines: readonly string[]) {
  const { files } = await baselineOf(columnTypes);
  const analysis = dataQualityAnalysis({ input: { kind: 'capture' } });
  expect(analysis.baselineProblem?.(files)).toBeUndefined();
  const window = profileOf([lines.map((input) => captured({ input })).join('\n')], { kind: 'capture' });
  const findings = (await analysis.check(window, files)) as Findings;
  return {
    violations: findings.violations.map(({ entry }) => Object.values(entry).slice(0, 2).join(' ')),
    unasked: findings.notEvaluated.map(({ feature, isUnasked }) => `${feature} ${isUnasked}`),
  };
}

test('without a declaration, columns are what their values look like', async () => {
  const { statistics, of } = await baselineOf();
  expect(statistics.features.map(({ inferred_type }) => inferred_type)).toEqual([
    'Integral',
    'Integral',
    'Fractional',
    'String',
    'Integral',
  ]);
  expect(of('note').string_statistics?.distribution?.categorical?.buckets).toHaveLength(30);
});

test('codes that are declared categories have a histogram and known values', async () => {
  const { of, constraints } = await baselineOf({ code: 'Categorical' });
  expect(of('code')).toMatchObject({ inferred_type: 'String', string_statistics: { common: { num_present: 2000 } } });
  expect(of('code')).not.toHaveProperty('numerical_statistics');
  expect(of('code').string_statistics?.distribution?.categorical?.buckets).toContainEqual({ value: '7', count: 200 });
  expect(constraints.features[1].string_constraints?.domains?.sort()).toEqual([...'0123456789']);
});

/** Codes of 10 % each: every second one now has 16 %, the others 4 %. */
const moved = table(1000, (i) => row(i, i % 100 < 80 ? 2 * (i % 5) : 2 * (i % 5) + 1));

test('30 % of the mass that moves between categories is drift, which their order as numbers hides', async () => {
  expect((await found(undefined, moved)).violations).not.toContain('code baseline_drift_check');
  const categories = await found({ code: 'Categorical' }, moved);
  expect(categories.violations).toContain('code baseline_drift_check');
  const usual = await found(
    { code: 'Categorical' },
    table(1000, (i) => row(i)),
  );
  expect(usual.violations.filter((each) => each.startsWith('code'))).toEqual([]);
});

test.each(['Text', 'Identifier'] as const)('of a %s nothing but completeness is compared', async (type) => {
  const types = { id: type, code: type, note: type } as const;
  const { of, constraints } = await baselineOf(types);
  for (const name of Object.keys(types)) {
    expect(of(name)).toMatchObject({ inferred_type: 'String', string_statistics: { completeness: 1 } });
    expect(of(name).string_statistics).not.toHaveProperty('distribution');
    const own = constraints.features.find((each) => each.name === name);
    expect(own).toEqual({ name, inferred_type: 'String', completeness: 1 });
  }
  const others = table(1000, (i) => `new ${i},${i + 500},${(2 * i) / 8},other ${i},${i % 3}`);
  expect((await found(types, others)).violations).toEqual([]);
  const empty = table(1000, (i) => `,${i + 500},${(2 * i) / 8},other ${i},${i % 3}`);
  expect((await found(types, empty)).violations).toEqual(['id completeness_check']);
});

test('what is ignored keeps its place among the columns, and may be anything', async () => {
  const types = { id: 'Ignored', note: 'Ignored' } as const;
  const { statistics, constraints } = await baselineOf(types);
  expect(statistics.features.map(({ name }) => name).join()).toBe(HEADER);
  expect(constraints.features.map(({ name }) => name)).toEqual(['code', 'amount', 'spare']);
  const others = table(1000, (i) => `,${i % 10},${(2 * i) / 8},${i},${i % 3}`);
  expect(await found(types, others)).toEqual({ violations: [], unasked: [] });
  const drifted = table(1000, (i) => `,${i % 10},${i},${i},${i % 3}`);
  expect((await found(types, drifted)).violations).toEqual(['amount baseline_drift_check']);
});

test('a column that is declared numeric, and is, stays as it is', async () => {
  const { statistics } = await baselineOf({ code: 'Numeric', amount: 'Numeric' });
  expect(statistics).toEqual((await baselineOf()).statistics);
});

const judged = (text: string, columnTypes: ColumnTypes) =>
  dataQualityAnalysis({ input: { kind: 'dataset' }, columnTypes }).judgedDataset?.(profileOf([text]))?.problem;
const text = (line: (i: number) => string) => ['a,b', ...table(300, line)].join('\n');

test.each<[string, ColumnTypes, string | undefined]>([
  [
    'a column that the dataset lacks',
    { zip: 'Text', a: 'Text' },
    'columnTypes declares column "zip", and the dataset has columns "a", "b"',
  ],
  ['text for numbers', { b: 'Numeric' }, 'column "b" is declared numeric, and 100 of its 300 values are no numbers'],
  [
    'categories that are too many',
    { a: 'Categorical' },
    'column "a" is declared categorical, and has more than 120 different values; declare it as text, or group its values',
  ],
  ['a column that is what it should be', { a: 'Numeric', b: 'Categorical' }, undefined],
  [
    'a name that every object has',
    { toString: 'Text' } as unknown as ColumnTypes,
    'columnTypes declares column "toString", and ',
  ],
])('of a dataset with %s is told so', (_, columnTypes, words) => {
  const problem = judged(
    text((i) => `${i},${i % 3 === 0 ? 'x' : i % 7}`),
    columnTypes,
  );
  if (words === undefined) expect(problem).toBeUndefined();
  else expect(problem).toContain(words);
});

test('an empty column may be declared whatever one likes', async () => {
  for (const type of ['Categorical', 'Numeric', 'Text', 'Identifier', 'Ignored'] as const) {
    const empty = text((i) => `${i},`);
    expect(judged(empty, { b: type })).toBeUndefined();
    const analysis = dataQualityAnalysis({ input: { kind: 'dataset' }, columnTypes: { b: type } });
    const made = await analysis.baseline(profileOf([empty]));
    expect(made).toMatchObject({
      files: { 'statistics.json': { features: [{}, { name: 'b', inferred_type: 'Unknown' }] } },
    });
  }
});

test('whatever is declared of columns that are what was declared, their own data violate nothing', async () => {
  const type = fc.constantFrom<ColumnTypeName>('Categorical', 'Numeric', 'Text', 'Identifier', 'Ignored');
  const types = fc.record<ColumnTypes>({ code: type, spare: type }, { requiredKeys: [] });
  const samples = fc.sample(types, { seed: 20200602, numRuns: 30 });
  for (const columnTypes of samples) {
    expect(
      (
        await found(
          columnTypes,
          table(2000, (i) => row(i)),
        )
      ).violations,
    ).toEqual([]);
  }
  holds(
    fc.property(types, (columnTypes) =>
      expect(judged([HEADER, ...table(20, (i) => row(i))].join('\n'), columnTypes)).toBeUndefined(),
    ),
    20,
  );
});
