import {
  type Constraints,
  checkDataQuality,
  type DataQualityInput,
  type FeatureConstraints,
  type MonitoringConfig,
  statistics,
} from '../../../lib/analysis';
import { NO_BASELINE_DISTRIBUTION } from '../../../lib/analysis/data-quality/gap-reasons';
import { csv, profileOf } from '../dataset';

const table = (...values: (string | number)[]) => csv([['a', 'b'], ...values.map((value) => [value, 0])]);

interface Given {
  readonly feature?: Partial<FeatureConstraints>;
  readonly config?: MonitoringConfig;
  readonly options?: Partial<DataQualityInput>;
}

/** Checks a run against constraints that say no more than what is given of the feature `a`, and that `b` is there. */
function check(run: string, { feature, config, options }: Given = {}) {
  const baselineConstraints: Constraints = {
    version: 0,
    features: [
      { name: 'a', inferred_type: 'Unknown', ...feature },
      { name: 'b', inferred_type: 'Unknown' },
    ],
    ...(config && { monitoring_config: config }),
  };
  return checkDataQuality({ profile: profileOf([run]), baselineConstraints, ...options });
}

const NOTHING = { violations: [], findings: [], distances: [], notEvaluated: [] };

test('constraints that ask for nothing find nothing', () => {
  expect(check(table('x', '', 1))).toMatchObject(NOTHING);
});

test.each([
  ['without a file', profileOf([])],
  ['without rows, under other names', profileOf(['x,y\n'])],
])('data %s are said to have no rows, and have the names of the baseline', (_, profile) => {
  expect(check('', { options: { profile } })).toEqual({
    ...NOTHING,
    notEvaluated: [{ feature: '', check: 'all', reason: 'the data have no readable rows' }],
    excluded: [],
    columnNames: ['a', 'b'],
  });
});

test('columns are counted in figures, missing ones and extra ones', () => {
  const figures = (run: string) =>
    check(run).findings.map(({ entry, observed, expected }) => [entry.feature_name, observed, expected]);
  expect(figures('a\n1')).toEqual([['Missing columns', 1, 2]]);
  expect(figures('a,b\n1,2')).toEqual([]);
  expect(figures('a,b,c\n1,2,3')).toEqual([['Extra columns', 3, 2]]);
});

test('columns are not counted where constraints are not to be evaluated', () => {
  expect(check('a\n1', { config: { evaluate_constraints: 'Disabled' } })).toMatchObject(NOTHING);
});

test("the developer guide's spelling of a feature's settings wins over the SDK's, which wins over the file's", () => {
  const of = (own: Partial<FeatureConstraints>) =>
    check(table(1, 2, 3, 'x'), {
      feature: { inferred_type: 'Integral', ...own },
      config: { datatype_check_threshold: 0.9 },
    }).findings.map(({ expected }) => expected);
  const sdk = { monitoring_config_overrides: { datatype_check_threshold: 0.8 } };
  expect(of({})).toEqual([0.9]);
  expect(of(sdk)).toEqual([0.8]);
  expect(of({ ...sdk, monitoringConfigOverrides: { datatype_check_threshold: 0.85 } })).toEqual([0.85]);
});

test.each<[string, FeatureConstraints['inferred_type'], (string | number)[], number | undefined]>([
  ['of no type', 'Unknown', ['x', 1], undefined],
  ['without values', 'Integral', ['', ''], undefined],
  ['all of the type', 'Integral', [1, 2], undefined],
  ['some of them Booleans', 'Integral', [1, 'true', 2, 3], 0.75],
  ['of Booleans in place of texts', 'String', ['x', 'true'], undefined],
  ['of numbers in place of Booleans', 'Boolean', ['true', 1], 0.5],
])(
  'data_type_check: where a file says nothing of it, all values have to match: %s',
  (_, inferred_type, values, observed) => {
    const { findings } = check(table(...values), { feature: { inferred_type } });
    expect(findings.map((each) => each.observed)).toEqual(observed === undefined ? [] : [observed]);
  },
);

test('data_type_check: values with an exponent are numbers to the newer containers only', () => {
  const found = (generation?: DataQualityInput['generation']) =>
    check(table('1e3', '2e3'), { feature: { inferred_type: 'Fractional' }, options: { generation } }).findings.length;
  expect([found(), found('deequ-2.0'), found('deequ-1.0')]).toEqual([0, 0, 1]);
});

test('completeness_check: the share of rows, in figures; not checked where it is not asked for', () => {
  const of = (completeness?: number) =>
    check(table('x', '', '', ''), { feature: { completeness } }).findings.map(({ observed, expected, entry }) => [
      entry.constraint_check_type,
      observed,
      expected,
    ]);
  expect(of(0.5)).toEqual([['completeness_check', 0.25, 0.5]]);
  expect(of(0.25)).toEqual([]);
  expect(of()).toEqual([]);
});

const domains = (...values: string[]) => ({ string_constraints: { domains: values } });

test('categorical_values_check: all values have to be known where nothing is said, in figures', () => {
  const of = (feature: Partial<FeatureConstraints>) =>
    check(table('x', 'x', 'y', ''), { feature }).findings.map(({ observed, expected, entry }) => [
      entry.constraint_check_type,
      observed,
      expected,
    ]);
  expect(of(domains('x'))).toEqual([['categorical_values_check', 0.75, 1]]);
  expect(of(domains())).toEqual([['categorical_values_check', 0.25, 1]]);
  expect(of(domains('x', 'y', 'z'))).toEqual([]);
  expect(of({ string_constraints: {} as { domains: string[] } })).toEqual([]);
});

const strays = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);

test('categorical_values_check: with more values than are told apart, what is known is a range, and its upper end decides', () => {
  const run = table('red', ...strays(299)); // 256 different values are told apart
  expect(check(run, { feature: domains('red', 'blue') })).toMatchObject({
    notEvaluated: [
      {
        feature: 'a',
        check: 'categorical_values_check',
        reason: `too many different values for exact counts: between ${(1 / 300) * 100}% and 15.0% match the known values`,
      },
    ],
    findings: [{ observed: 45 / 300, expected: 1 }],
  });
});

test('categorical_values_check: the share is exact where every known value was told apart', () => {
  const { notEvaluated, findings } = check(table('red', ...strays(299)), { feature: domains('red', 'v0') });
  expect(notEvaluated).toEqual([]);
  expect(findings).toMatchObject([{ observed: 2 / 300 }]);
});

test('baseline_drift_check: where a file says nothing, by Robust and 0.1, the feature in its own type', () => {
  const numbers = Array.from({ length: 400 }, (_, index) => index);
  const drift = (inferred_type: FeatureConstraints['inferred_type'], ...values: (string | number)[]) => {
    const baselineStatistics = statistics(profileOf([table(...values)]));
    return check(table(...values), { feature: { inferred_type }, options: { baselineStatistics } });
  };
  const robust = [{ feature: 'a', distance: 0, threshold: 0.1, method: 'Robust' }];
  expect(drift('Integral', ...numbers).distances).toEqual(robust);
  expect(drift('String', 'x', 'y').distances).toEqual(robust);
  expect(drift('Boolean', 'true', 'false').distances).toEqual(robust);
  expect(drift('Fractional', ...numbers)).toMatchObject({ distances: [], notEvaluated: [] });
  expect(drift('Unknown', ...numbers)).toMatchObject({ distances: [], notEvaluated: [] });
  expect(drift('Unknown', '', '')).toMatchObject({ distances: [], notEvaluated: [] });
});

test("baseline_drift_check: a setting of a feature leaves the file's other ones", () => {
  const baselineStatistics = statistics(profileOf([table(1, 2, 3)]));
  const config = { distribution_constraints: { comparison_method: 'Simple', comparison_threshold: 0.5 } } as const;
  const monitoringConfigOverrides = { distribution_constraints: { comparison_threshold: 0.25 } };
  const feature = { inferred_type: 'Integral', monitoringConfigOverrides } as const;
  expect(check(table(1, 2, 3), { feature, config, options: { baselineStatistics } }).distances).toEqual([
    { feature: 'a', distance: 0, threshold: 0.25, method: 'Simple' },
  ]);
});

test('baseline_drift_check: a baseline without a sketch is told, one without categories is none to drift from', () => {
  const without = (inferred_type: FeatureConstraints['inferred_type'], run: string, member: object) =>
    check(run, {
      feature: { inferred_type },
      options: {
        baselineStatistics: {
          version: 0,
          dataset: { item_count: 2 },
          features: [{ name: 'a', inferred_type, ...member }],
        },
      },
    });
  const gap = {
    feature: 'a',
    check: 'baseline_drift_check',
    reason: NO_BASELINE_DISTRIBUTION,
  };
  for (const member of [
    {},
    { numerical_statistics: {} },
    { numerical_statistics: { distribution: {} } },
    { numerical_statistics: { distribution: { kll: {} } } },
  ])
    expect(without('Integral', table(1, 2), member)).toMatchObject({ distances: [], notEvaluated: [gap] });
  for (const member of [{}, { string_statistics: {} }, { string_statistics: { distribution: {} } }])
    expect(without('String', table('x', 'y'), member)).toMatchObject({ distances: [], notEvaluated: [] });
});
