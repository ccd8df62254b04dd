import * as fc from 'fast-check';
import {
  type Constraints,
  checkWindow,
  dataQualityAnalysis,
  decodeProfile,
  encodeProfile,
  type FeatureConstraints,
  mergeProfiles,
  type PartialProfile,
  type Statistics,
  statistics,
  suggestConstraints,
} from '../../../lib/analysis';
import { NO_COLUMN } from '../../../lib/analysis/data-quality/gap-reasons';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const NAMES = ['amount', 'count', 'flag', 'colour'];
const usual = (i: number): string[] => [
  (((i * 37) % 1000) / 8).toFixed(3),
  String((i * 13) % 50),
  i % 3 === 0 ? 'true' : 'false',
  ['red', 'green', 'blue'][i % 3],
];
const csv = (rows: number, row: (i: number) => readonly string[], names = NAMES) =>
  profileOf([[names.join(','), ...Array.from({ length: rows }, (_, i) => row(i).join(','))].join('\n')]);
const json = (rows: number, row: (i: number) => object) =>
  profileOf(
    [Array.from({ length: rows }, (_, i) => captured({ input: JSON.stringify(row(i)), encoding: 'JSON' })).join('\n')],
    { kind: 'capture' },
  );
const record = (i: number) => Object.fromEntries(NAMES.map((name, at) => [name, usual(i)[at]]));

const baselineStatistics = statistics(csv(2000, usual));
const baselineConstraints = suggestConstraints(baselineStatistics);

interface Baseline {
  readonly baselineStatistics: Statistics;
  readonly baselineConstraints: Constraints;
}

const check = (profile: PartialProfile, baseline: Partial<Baseline> = {}) =>
  checkWindow({ profile, baselineStatistics, baselineConstraints, drift: { method: 'MassShift' }, ...baseline });
const found = (profile: PartialProfile, baseline?: Partial<Baseline>) =>
  check(profile, baseline).violations.map((each) => `${each.feature_name} ${each.constraint_check_type}`);
const changed = (name: string, change: Partial<FeatureConstraints>): Partial<Baseline> => ({
  baselineConstraints: {
    ...baselineConstraints,
    features: baselineConstraints.features.map((each) => (each.name === name ? { ...each, ...change } : each)),
  },
});

const with1 = (at: number, value: (i: number) => string) => (i: number) =>
  usual(i).map((each, index) => (index === at ? value(i) : each));

test.each<[string, (i: number) => string[]]>([
  ['whole numbers among decimals', with1(0, (i) => String(Number(usual(i)[0])))],
  ['decimals without a fraction among whole numbers', with1(1, (i) => `${usual(i)[1]}.0`)],
  ['spaces around numbers', with1(1, (i) => ` ${usual(i)[1]}  `)],
  ['the case of true', with1(2, (i) => usual(i)[2].toUpperCase())],
  ['spaces around categories', with1(3, (i) => `${usual(i)[3]} `)],
])('%s are no violation, and drift is seen through them', (_, row) => {
  expect(found(csv(500, row))).toEqual([]);
});

test('a number that is written otherwise is compared as a number', () => {
  expect(
    found(
      csv(
        500,
        with1(1, (i) => ` ${Number(usual(i)[1]) + 40}.0`),
      ),
    ),
  ).toEqual(['count baseline_drift_check']);
});

test('text of numbers satisfies a String, and a category code keeps its zeros', () => {
  const codes = csv(
    2000,
    with1(3, (i) => ['02134', '94103', '10001'][i % 3]),
  );
  const baseline = statistics(codes);
  const declared = suggestConstraints(baseline);
  const constraints = {
    ...declared,
    features: declared.features.map((each) =>
      each.name === 'colour' ? { ...each, inferred_type: 'String' as const } : each,
    ),
  };
  expect(found(codes, { baselineStatistics: baseline, baselineConstraints: constraints })).toEqual([]);
});

test.each([
  ['1e400', 'amount', 0],
  ['-1e999', 'amount', 0],
  ['9'.repeat(400), 'count', 1],
])(
  'numbers beyond the range of a double, as %.6s, are no values of a number, in half of the records or in few',
  (text, feature, at) => {
    for (const every of [2, 20]) {
      const window = csv(2000, (i) => with1(at, (j) => (j % every === 0 ? text : usual(j)[at]))(i));
      expect(found(window)).toEqual([`${feature} data_type_check`]);
    }
  },
);

test('a code among categories that has lost its zeros is another one', () => {
  const coded = (first: string) =>
    csv(
      2000,
      with1(3, (i) => [first, 'W1A', '10001'][i % 3]),
    );
  const baseline = statistics(coded('02134'));
  const own = { baselineStatistics: baseline, baselineConstraints: suggestConstraints(baseline) };
  expect(found(coded(' 02134 '), own)).toEqual([]);
  expect(found(coded('2134'), own)).toContain('colour categorical_values_check');
});

test('a missing feature is a violation that names it, and hides no other', () => {
  const { colour: _, ...rest } = record(0);
  const names = Object.keys(rest);
  const without = json(400, (i) => ({
    ...Object.fromEntries(names.map((name) => [name, record(i)[name]])),
    amount: '9999.5',
  }));
  const { findings, notEvaluated } = check(without);
  expect(
    findings.map(({ entry: { feature_name, constraint_check_type } }) => [feature_name, constraint_check_type]),
  ).toEqual([
    ['amount', 'baseline_drift_check'],
    ['colour', 'missing_column_check'],
  ]);
  expect(findings[1]).toMatchObject({ observed: 0, expected: 1 });
  expect(findings[1].pValue).toBe(0);
  expect(notEvaluated).toEqual([{ feature: 'colour', check: 'all', reason: NO_COLUMN }]);
});

test('every renamed, wrapped or otherwise cased key is a missing feature, whatever the number of keys', () => {
  const rename = fc.constantFrom<(name: string) => string>(
    (name) => name.toUpperCase(),
    (name) => `${name}s`,
    (name) => `features.${name}`,
    (name) => ` ${name}`,
  );
  holds(
    fc.property(fc.subarray(NAMES, { minLength: 1 }), rename, fc.integer({ min: 1, max: 300 }), (renamed, to, rows) => {
      const key = (name: string) => (renamed.includes(name) ? to(name) : name);
      const window = json(rows, (i) =>
        Object.fromEntries(Object.entries(record(i)).map(([name, value]) => [key(name), value])),
      );
      const missing = found(window).filter((each) => each.endsWith(' missing_column_check'));
      expect(missing).toEqual(
        NAMES.filter((name) => renamed.includes(name)).map((name) => `${name} missing_column_check`),
      );
      expect(found(window)).toContain('Unknown columns extra_column_check');
    }),
    60,
  );
});

test.each<[string, (i: number) => object, number | undefined]>([
  ['another one in each of 2 of 100 records', (i) => (i < 2 ? { [`k${i}`]: 1 } : {}), 0.02],
  ['another one in one of 100 records', (i) => (i < 1 ? { [`k${i}`]: 1 } : {}), undefined],
  ['another pair in each of 3 of 100 records', (i) => (i < 3 ? { [`k${i}`]: 1, [`l${i}`]: 1 } : {}), 0.03],
  ['several in the same one of 100 records', (i) => (i < 1 ? { k: 1, l: 1, m: 1 } : {}), undefined],
  ['another one in each', (i) => ({ [`k${i}`]: 1 }), 1],
  ['another one in each, without a value', (i) => ({ [`k${i}`]: null }), undefined],
])('unknown columns, %s: the share of records that surely have one', (_, extra, share) => {
  const files = Array.from({ length: 100 }, (_, i) => () => ({ ...record(i), ...extra(i) }));
  const [first, second] = [files.slice(0, 50), files.slice(50)].map((part) => json(50, (i) => part[i]()));
  const window = mergeProfiles([first, second].map((part) => decodeProfile(encodeProfile(part))));
  const [finding] = check(window).findings.filter(({ entry }) => entry.constraint_check_type === 'extra_column_check');
  expect(finding?.observed).toBe(share);
});

test('a feature that the baseline has seldom may lack in a small window', () => {
  const seldom = (i: number) => (i % 10 === 0 ? record(i) : { ...record(i), colour: undefined });
  const profile = json(2000, seldom);
  const statisticsOfIt = statistics(profile);
  const baseline = { baselineStatistics: statisticsOfIt, baselineConstraints: suggestConstraints(statisticsOfIt) };
  const never = (i: number) => ({ ...record(i), colour: undefined });
  const small = check(json(8, never), baseline);
  expect(small.violations).toEqual([]);
  expect(small.notEvaluated).toContainEqual(
    expect.objectContaining({ feature: 'colour', check: 'all', isUnasked: true }),
  );
  expect(found(json(400, never), baseline)).toContain('colour missing_column_check');
});

test.each([
  [4, false],
  [5, true],
])('unknown columns of %d in 400 records are a violation: %s', (count, isViolation) => {
  const window = json(400, (i) => (i < count ? { ...record(i), debug: 1 } : record(i)));
  const { violations, notEvaluated } = check(window);
  expect(violations.map(({ feature_name }) => feature_name)).toEqual(isViolation ? ['Unknown columns'] : []);
  const told = [...violations.map(({ description }) => description), ...notEvaluated.map(({ reason }) => reason)];
  expect(told).toEqual([expect.stringContaining('"debug"')]);
  expect(notEvaluated.every(({ isUnasked }) => isUnasked)).toBe(true);
});

test('of unknown columns the first 20 are named', () => {
  const extra = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`x${index}`, 1]));
  const [violation] = check(json(100, (i) => ({ ...record(i), ...extra }))).violations;
  expect(violation.description).toContain('"x19" and 3 more;');
  expect(violation.description).not.toContain('"x20"');
});

test('rows of another width are no part of the window, however many they are', () => {
  const line = (fields: readonly string[]) => captured({ input: fields.join(',') });
  const lines = Array.from({ length: 500 }, (_, i) => line(i % 5 < 3 ? [...usual(i), '1'] : usual(i)));
  const files = { 'statistics.json': baselineStatistics, 'constraints.json': baselineConstraints };
  const analysis = dataQualityAnalysis({ input: { kind: 'capture' } });
  const reader = analysis.reader();
  const file = reader.file('records');
  file.push(Buffer.from(lines.join('\n')));
  file.end();
  const part = reader.finish();
  expect(analysis.counts(part, files)).toMatchObject({
    recordCount: 200,
    misfitCount: 300,
    unreadableCount: 300,
    byReason: { 'wrong-width': 300 },
    samples: expect.arrayContaining([expect.objectContaining({ line: 1, detail: '5 columns instead of 4' })]),
  });
  expect(found(part)).toEqual([]);
});

test('drift is decided by the method that is given, and all checks by the rate of false alarms', () => {
  const lines = csv(
    1000,
    with1(0, (i) => (i < 2 ? '' : usual(i)[0])),
  );
  const at = (falseAlarmRate?: number) =>
    checkWindow({
      profile: lines,
      baselineStatistics,
      baselineConstraints,
      drift: { method: 'JensenShannon', falseAlarmRate },
    });
  expect(at().violations).toEqual([]);
  expect(at(1).violations.map(({ feature_name }) => feature_name)).toEqual(['amount']);
  expect(new Set(at().distances.map(({ method }) => method))).toEqual(new Set(['JensenShannon']));
});

test('without rows that fit there is nothing to compare, and that is said', () => {
  const { violations, distances, notEvaluated } = check(csv(0, usual));
  expect([violations, distances]).toEqual([[], []]);
  expect(notEvaluated).toEqual([{ feature: '', check: 'all', reason: 'the data have no rows that fit the baseline' }]);
});

test('strays among numbers do not hide that the numbers moved', () => {
  const tolerant = changed('amount', { monitoring_config_overrides: { datatype_check_threshold: 0.9 } });
  const moved = with1(0, (i) => (i === 7 ? 'nan' : String(Number(usual(i)[0]) * 10)));
  expect(found(csv(2000, moved), tolerant)).toEqual(['amount baseline_drift_check']);
});

test.each([
  [0.9, 0.89, true],
  [0.9, 0.9, false],
])('a declared share of %d of the type holds to the value: %d violates is %s', (threshold, share, violates) => {
  const tolerant = changed('count', { monitoring_config_overrides: { datatype_check_threshold: threshold } });
  const strays = with1(1, (i) => (i < 1000 * share ? usual(i)[1] : 'x'));
  expect(found(csv(1000, strays), tolerant).includes('count data_type_check')).toBe(violates);
});

test('a declared share of the type holds to the value in a window of five rows, too', () => {
  const tolerant = changed('count', { monitoring_config_overrides: { datatype_check_threshold: 0.9 } });
  const strays = with1(1, (i) => (i === 0 ? 'x' : usual(i)[1]));
  expect(found(csv(5, strays), tolerant)).toEqual(['count data_type_check']);
  expect(found(csv(5, strays))).toEqual([]);
});

test.each<[string, number, string, (i: number) => string]>([
  ['missing values', 0, 'amount completeness_check', () => ''],
  ['values of another type', 1, 'count data_type_check', () => 'x'],
  ['new categories', 3, 'colour categorical_values_check', () => 'black'],
])('%s are a violation as soon as chance does not explain them', (_, at, violation, value) => {
  const withSome = (count: number) =>
    csv(
      1000,
      with1(at, (i) => (i < count ? value(i) : usual(i)[at])),
    );
  expect(found(withSome(2))).toEqual([]);
  expect(found(withSome(40))).toContain(violation);
});

test('new categories are as many as a baseline has that it met only once, before they are a violation', () => {
  const rare = (count: number) =>
    csv(
      2000,
      with1(3, (i) => (i < count ? `only ${i}` : usual(i)[3])),
    );
  const window = csv(
    400,
    with1(3, (i) => (i < 12 ? `new ${i}` : usual(i)[3])),
  );
  const against = (count: number) => {
    const baseline = statistics(rare(count));
    return found(window, { baselineStatistics: baseline, baselineConstraints: suggestConstraints(baseline) });
  };
  expect(against(60)).toEqual([]);
  expect(against(0)).toContain('colour categorical_values_check');
});

test('a share that somebody declared is not explained by chance', () => {
  const lines = csv(
    1000,
    with1(0, (i) => (i < 2 ? '' : usual(i)[0])),
  );
  expect(found(lines, changed('amount', { completeness: 0.999 }))).toEqual(['amount completeness_check']);
  const without = changed('colour', { string_constraints: { domains: ['red', 'green'] } });
  expect(found(csv(1000, usual), without)).toEqual(['colour categorical_values_check']);
});

test('features are matched in the order of the statistics', () => {
  const sorted: Partial<Baseline> = {
    baselineConstraints: {
      ...baselineConstraints,
      features: [...baselineConstraints.features].sort((a, b) => (a.name < b.name ? -1 : 1)),
    },
  };
  const lines = Array.from({ length: 500 }, (_, i) => captured({ input: with1(1, () => '49')(i).join(',') }));
  expect(found(profileOf([lines.join('\n')], { kind: 'capture' }), sorted)).toEqual(['count baseline_drift_check']);
});

test.each<[string, Partial<Baseline>, RegExp]>([
  [
    'numbers without a sketch',
    {
      baselineStatistics: {
        ...baselineStatistics,
        features: baselineStatistics.features.map(({ numerical_statistics, ...each }) => ({
          ...each,
          ...(numerical_statistics && { numerical_statistics: { ...numerical_statistics, distribution: undefined } }),
        })),
      },
    },
    /^statistics\.json has no distribution \(\S+\) of "amount", "count", so that drift cannot be seen/,
  ],
  [
    'features that the statistics lack',
    { baselineStatistics: { ...baselineStatistics, features: baselineStatistics.features.slice(1) } },
    /^constraints\.json has features that statistics\.json lacks: "amount"; both files must come from the same dataset/,
  ],
])('a baseline with %s is refused, but not by the rules of the container', (_, baseline, refusal) => {
  const files = { baselineStatistics, baselineConstraints, ...baseline };
  const problem = (checks?: 'ModelMonitor') =>
    dataQualityAnalysis({ input: { kind: 'capture' }, checks }).baselineProblem?.({
      'statistics.json': files.baselineStatistics,
      'constraints.json': files.baselineConstraints,
    });
  expect(problem()).toMatch(refusal);
  expect(problem('ModelMonitor')).toBeUndefined();
});

test('a number that a client of Python writes as NaN is missing, and its record is read', () => {
  const analysis = dataQualityAnalysis({ input: { kind: 'capture' } });
  const written = (i: number) => `{"age": ${20 + (i % 50)}, "income": ${i % 2 === 0 ? 'NaN' : 30_000 + i}}`;
  const window = profileOf(
    [Array.from({ length: 400 }, (_, i) => captured({ input: written(i), encoding: 'JSON' })).join('\n')],
    { kind: 'capture' },
  );
  const usualOnes = statistics(json(400, (i) => ({ age: 20 + (i % 50), income: 30_000 + i })));
  const baseline = { baselineStatistics: usualOnes, baselineConstraints: suggestConstraints(usualOnes) };
  expect(analysis.counts(window)).toMatchObject({ recordCount: 400, unreadableCount: 0 });
  expect(check(window, baseline).findings).toMatchObject([
    { entry: { feature_name: 'income', constraint_check_type: 'completeness_check' }, observed: 0.5 },
  ]);
});

test('a feature that is called as the answer is are two columns, which a header of the baseline declares and a shift of either finds', () => {
  const traffic = (input: number, output: number) =>
    profileOf(
      [
        Array.from({ length: 500 }, (_, i) => {
          const sides = { input: `{"score":${(i % 97) + input}}`, output: `{"score":${(i % 83) / 100 + output}}` };
          return captured({ ...sides, encoding: 'JSON' });
        }).join('\n'),
      ],
      { kind: 'capture' },
    );
  const rows = Array.from({ length: 1000 }, (_, i) => `${(i % 83) / 100},${i % 97}`);
  const declared = statistics(profileOf([['score,input.score', ...rows].join('\n')]));
  const baseline = { baselineStatistics: declared, baselineConstraints: suggestConstraints(declared) };
  expect(found(traffic(0, 0), baseline)).toEqual([]);
  expect(found(traffic(40, 0), baseline)).toEqual(['input.score baseline_drift_check']);
  expect(found(traffic(0, 1), baseline)).toEqual(['score baseline_drift_check']);
});
