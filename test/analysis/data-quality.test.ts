import {
  applyOverrides,
  type Constraints,
  checkDataQuality,
  type DataQualityResult,
  type FeatureConstraints,
  type MonitoringConfig,
  type ProfileInput,
  statistics,
  suggestConstraints,
} from '../../lib/analysis';
import { captured, csv, profileOf } from './dataset';

interface Given {
  readonly baseline: string;
  readonly run: string;
  readonly input?: ProfileInput;
  readonly config?: MonitoringConfig;
  readonly feature?: Partial<FeatureConstraints>;
}

/** Checks a run against a baseline with the constraints that it suggests; `feature` changes the first of them. */
function check({ baseline, run, input, config, feature }: Given): DataQualityResult {
  const baselineStatistics = statistics(profileOf([baseline]));
  const suggested = suggestConstraints(baselineStatistics);
  const [first, ...others] = suggested.features;
  const baselineConstraints: Constraints = {
    ...suggested,
    features: [{ ...first, ...feature }, ...others],
    monitoring_config: { ...suggested.monitoring_config, ...config },
  };
  return checkDataQuality({ profile: profileOf([run], input), baselineStatistics, baselineConstraints });
}

const column = (values: (string | number)[]) => csv([['a', 'b'], ...values.map((value) => [value, 0])]);
const integers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

test('a baseline does not violate itself', () => {
  const baseline = csv([
    ['a', 'b', 'c'],
    ...integers(0, 300).map((index) => [index, index / 7 + 0.001, ['x', 'y'][index % 2]]),
  ]);
  const result = check({ baseline, run: baseline });
  expect(result.violations).toEqual([]);
  expect(result.notEvaluated).toEqual([]);
  expect(result.distances.map(({ feature, distance }) => [feature, distance])).toEqual([
    ['a', 0],
    ['b', 0],
    ['c', 0],
  ]);
});

test('data_type_check: values of another type, in the words of the container', () => {
  expect(check({ baseline: column([1, 2, 3]), run: column([1, 2, '3.5']) }).violations).toEqual([
    {
      feature_name: 'a',
      constraint_check_type: 'data_type_check',
      description:
        'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 66.66666666666666% of data is Integral.',
    },
  ]);
});

test.each([
  ['integers are no Fractional', ['1.5', '2.5'], ['1.5', '2'], '50.0% of data is Fractional'],
  ['missing values do not count', [1, 2], ['', '', 'x', 1], '50.0% of data is Integral'],
  ['numbers are no String', ['x', 'y'], ['x', '1'], '50.0% of data is String'],
])('data_type_check: %s', (_, baseline, run, text) => {
  const { violations } = check({ baseline: column(baseline), run: column(run) });
  const violation = violations.find((each) => each.constraint_check_type === 'data_type_check');
  expect(violation?.description).toContain(text);
});

test('data_type_check: the threshold is the share that has to match', () => {
  const given = { baseline: column([1, 2]), run: column([1, 2, 3, 'x']) };
  expect(check({ ...given, config: { datatype_check_threshold: 0.75 } }).violations).toEqual([]);
  expect(check({ ...given, config: { datatype_check_threshold: 0.76 } }).violations).toHaveLength(1);
});

test('data_type_check: a feature of Booleans matches itself', () => {
  expect(check({ baseline: column(['true', 'false']), run: column(['false', 'true']) }).violations).toEqual([]);
});

test('completeness_check: in the words of the container', () => {
  const run = column([...integers(0, 100), '']);
  expect(check({ baseline: column(integers(0, 100)), run }).violations).toEqual([
    {
      feature_name: 'a',
      constraint_check_type: 'completeness_check',
      description: 'Data completeness requirement is not met. Expected: 100.0%. Observed: Only 99.00990099009901%.',
    },
  ]);
});

test('completeness_check: exactly as complete as required is enough', () => {
  expect(check({ baseline: column([1, 2, '', 4]), run: column(['', 1, 2, 3]) }).violations).toEqual([]);
  expect(check({ baseline: column([1, 2]), run: column([1, '']), feature: { completeness: 0.5 } }).violations).toEqual(
    [],
  );
});

test('baseline_drift_check: numbers, Robust, in the words of the container', () => {
  const result = check({ baseline: column(integers(0, 1000)), run: column(integers(500, 1500)) });
  const distance = 0.5 - 1.8 * Math.sqrt(2000 / 1000000);
  expect(result.violations).toEqual([
    {
      feature_name: 'a',
      constraint_check_type: 'baseline_drift_check',
      description: `Baseline drift distance: ${distance} exceeds threshold: 0.1`,
    },
  ]);
  expect(result.distances).toEqual([
    { feature: 'a', distance, threshold: 0.1, method: 'Robust' },
    { feature: 'b', distance: 0, threshold: 0.1, method: 'Robust' },
  ]);
});

test('baseline_drift_check: numbers, Simple', () => {
  const given = { baseline: column(integers(0, 10)), run: column(integers(5, 15)) };
  const distribution_constraints = { comparison_method: 'Simple', comparison_threshold: 0.5 } as const;
  expect(check({ ...given, config: { distribution_constraints } })).toMatchObject({
    violations: [],
    distances: [{ distance: 0.5, threshold: 0.5, method: 'Simple' }, {}],
  });
});

test('baseline_drift_check: categories, with their own threshold', () => {
  const given = { baseline: column(['x', 'y']), run: column(['x', 'x', 'x', 'y']) };
  const drift = (distribution_constraints: MonitoringConfig['distribution_constraints']) =>
    check({ ...given, config: { distribution_constraints } }).violations.map(({ description }) => description);
  expect(drift({ comparison_method: 'Simple', comparison_threshold: 0.2 })).toEqual([
    'Baseline drift distance: 0.25 exceeds threshold: 0.2',
  ]);
  expect(
    drift({ comparison_method: 'Simple', comparison_threshold: 0.2, categorical_comparison_threshold: 0.3 }),
  ).toEqual([]);
  expect(drift({ comparison_method: 'Simple', comparison_threshold: 0.2, perform_comparison: 'Disabled' })).toEqual([]);
});

test('baseline_drift_check: a feature whose type changed is not compared', () => {
  const result = check({
    baseline: column(integers(0, 500)),
    run: column(integers(800, 1300).map((value) => `${value}.5`)),
  });
  expect(result.violations.map((violation) => violation.constraint_check_type)).toEqual(['data_type_check']);
  expect(result.distances.map(({ feature }) => feature)).toEqual(['b']);
});

test('baseline_drift_check: missing values do not stop it', () => {
  const run = column([...integers(1000, 2000), '']);
  const types = check({ baseline: column(integers(0, 1000)), run }).violations.map(
    (each) => each.constraint_check_type,
  );
  expect(types).toEqual(['completeness_check', 'baseline_drift_check']);
});

test('baseline_drift_check: ChiSquared is named as not evaluated', () => {
  const config = { distribution_constraints: { categorical_drift_method: 'ChiSquared' } } as const;
  expect(check({ baseline: column(['x', 'y']), run: column(['x', 'x']), config }).notEvaluated).toEqual([
    {
      feature: 'a',
      check: 'baseline_drift_check',
      reason: 'the categorical drift method ChiSquared is not available; use LInfinity',
    },
  ]);
});

test('baseline_drift_check: what the baseline lacks or the data have too much of is named', () => {
  const baselineConstraints = suggestConstraints(statistics(profileOf([column(['x', 'y'])])));
  const baselineStatistics = statistics(profileOf([column(['x', 'y'])]));
  const profile = profileOf([column(integers(0, 200).map((value) => `v${value}`))]);
  const withoutB = { ...baselineStatistics, features: baselineStatistics.features.slice(0, 1) };
  const { notEvaluated } = checkDataQuality({ profile, baselineConstraints, baselineStatistics: withoutB });
  expect(notEvaluated).toEqual([
    {
      feature: 'a',
      check: 'baseline_drift_check',
      reason: 'the data have too many different values for a distribution',
    },
    { feature: 'b', check: 'baseline_drift_check', reason: 'the baseline statistics do not have this feature' },
  ]);
  expect(checkDataQuality({ profile, baselineConstraints }).distances).toEqual([]);
});

test('categorical_values_check: in the words of the container', () => {
  const result = check({ baseline: column(['red', 'blue']), run: column(['red', 'green', 'blue', 'pink']) });
  expect(result.violations[0]).toEqual({
    feature_name: 'a',
    constraint_check_type: 'categorical_values_check',
    description:
      'Categorical value match requirement is not met. Expected match: 100.0%. Observed: 50.0% of the values match the known values.',
  });
});

test('categorical_values_check: missing values match, the threshold is the share that has to', () => {
  const given = {
    baseline: column(['red', 'blue']),
    run: column(['red', '', 'blue', 'pink']),
    feature: { completeness: 0 },
  };
  expect(check({ ...given, config: { domain_content_threshold: 0.75 } }).violations).toEqual([]);
  expect(check({ ...given, config: { domain_content_threshold: 0.8 } }).violations).toHaveLength(1);
});

test('categorical_values_check: too many different values leave a share within bounds, and a violation that is certain', () => {
  const strays = integers(0, 600).map((value) => `v${value}`);
  const uncertain = check({ baseline: column(['red', 'blue']), run: column([...strays, 'red']) });
  expect(uncertain.notEvaluated.map(({ check }) => check)).toContain('categorical_values_check');
  const certain = check({ baseline: column(['red', 'blue']), run: column(['red', 'blue', ...strays]) });
  expect(certain.violations[0].description).toContain(`Observed: ${(2 / 602) * 100}% of the values`);
});

test.each([
  ['missing', 'a,b\n1,2', 'Missing columns', 'missing_column_check', 2],
  ['extra', 'a,b,c,d\n1,2,3,4', 'Extra columns', 'extra_column_check', 4],
])('%s columns are exactly one violation, in the words of the container', (what, run, name, type, count) => {
  expect(check({ baseline: 'a,b,c\n1,2,3', run: run.replaceAll('1', 'x') })).toMatchObject({
    violations: [
      {
        feature_name: name,
        constraint_check_type: type,
        description: `There are ${what} columns in current dataset. Number of columns in current dataset: ${count}, Number of columns in baseline constraints: 3`,
      },
    ],
    distances: [],
  });
});

test('captured CSV is matched by position, the output first', () => {
  const run = [1, 2, 3].map((value) => captured({ output: '0.5', input: `${value},x` })).join('\n');
  const result = check({ baseline: 'label,age,name\n0.5,1,x\n0.25,2,x', run, input: { kind: 'capture' } });
  expect(result.violations).toEqual([]);
  expect(result.columnNames).toEqual(['label', 'age', 'name']);
});

test('captured JSON is matched by name, whatever the order', () => {
  const line = captured({ input: '{"name":"x","age":1}', output: '{"label":0.5}', encoding: 'JSON' });
  const result = check({ baseline: 'label,age,name\n0.5,1,x\n0.25,2,x', run: line, input: { kind: 'capture' } });
  expect(result.violations).toEqual([]);
  expect(result.columnNames).toEqual(['label', 'name', 'age']);
});

test('a column under another name is named as not evaluated', () => {
  expect(check({ baseline: 'a,b\n1,2', run: 'a,x\n1,2' }).notEvaluated).toEqual([
    { feature: 'b', check: 'all', reason: 'the data have no column of this name' },
  ]);
});

test.each(['monitoringConfigOverrides', 'monitoring_config_overrides'] as const)(
  'the thresholds of one feature are honoured under %s',
  (key) => {
    const given = {
      baseline: csv([
        ['a', 'b'],
        [1, 1],
        [2, 2],
      ]),
      run: csv([
        ['a', 'b'],
        ['x', 'x'],
        [2, 2],
      ]),
    };
    const features = (result: DataQualityResult) => result.violations.map(({ feature_name }) => feature_name);
    expect(features(check(given))).toEqual(['a', 'b']);
    expect(features(check({ ...given, feature: { [key]: { datatype_check_threshold: 0.5 } } }))).toEqual(['b']);
    const drift = { baseline: column(integers(0, 1000)), run: column(integers(500, 1500)) };
    const overrides = { distribution_constraints: { comparison_threshold: 0.6 } };
    expect(check({ ...drift, feature: { [key]: overrides } })).toMatchObject({
      violations: [],
      distances: [{ feature: 'a', threshold: 0.6, method: 'Robust' }, { threshold: 0.1 }],
    });
  },
);

test('nothing violates when the constraints are not to be evaluated; distances are still measured', () => {
  const config = { evaluate_constraints: 'Disabled' } as const;
  const result = check({ baseline: column(integers(0, 1000)), run: column(integers(500, 1500)), config });
  expect(result.violations).toEqual([]);
  expect(result.distances[0].distance).toBeGreaterThan(0.1);
});

test('data without rows violate nothing and say so', () => {
  expect(check({ baseline: 'a,b\n1,2', run: 'a,b\n' })).toEqual({
    violations: [],
    distances: [],
    notEvaluated: [{ feature: '', check: 'all', reason: 'the data have no readable rows' }],
    columnNames: ['a', 'b'],
  });
});

test('overridden completeness is what is checked', () => {
  const baselineStatistics = statistics(profileOf([column([1, 2])]));
  const { constraints } = applyOverrides(suggestConstraints(baselineStatistics), {
    features: { a: { completenessTolerance: 0.5 } },
  });
  const run = profileOf([column([1, ''])]);
  expect(checkDataQuality({ profile: run, baselineConstraints: constraints }).violations).toEqual([]);
});
