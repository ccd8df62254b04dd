import {
  applyOverrides,
  type Constraints,
  checkDataQuality,
  type DataQualityInput,
  type DataQualityResult,
  type DistributionConstraints,
  type FeatureConstraints,
  type MonitoringConfig,
  type ProfileInput,
  statistics,
  suggestConstraints,
} from '../../../lib/analysis';
import { NO_COLUMN, NOT_IN_STATISTICS } from '../../../lib/analysis/data-quality/gap-reasons';
import { captured, csv, profileOf } from '../dataset';

interface Given {
  readonly baseline: string;
  readonly run: string;
  readonly input?: ProfileInput;
  readonly config?: MonitoringConfig;
  readonly feature?: Partial<FeatureConstraints>;
  readonly options?: Partial<DataQualityInput>;
}

/** Checks a run against a baseline with the constraints that it suggests; `feature` changes the first of them. */
function check({ baseline, run, input, config, feature, options }: Given): DataQualityResult {
  const baselineStatistics = statistics(profileOf([baseline]));
  const suggested = suggestConstraints(baselineStatistics);
  const [first, ...others] = suggested.features;
  const baselineConstraints: Constraints = {
    ...suggested,
    features: [{ ...first, ...feature }, ...others],
    monitoring_config: { ...suggested.monitoring_config, ...config },
  };
  return checkDataQuality({ profile: profileOf([run], input), baselineStatistics, baselineConstraints, ...options });
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

test('data_type_check: the finding has the shares, and the type that was expected', () => {
  const { findings } = check({ baseline: column([1, 2, 3]), run: column([1, 'x', 3, 4]) });
  expect(findings).toMatchObject([{ observed: 0.75, expected: 1, expectedType: 'Integral' }]);
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

const chiSquared = (method: 'Simple' | 'Robust') => ({
  distribution_constraints: { categorical_drift_method: 'ChiSquared', comparison_method: method } as const,
});
const colours = (red: number, blue: number) => column([...Array(red).fill('red'), ...Array(blue).fill('blue')]);

test('baseline_drift_check: ChiSquared is told with its figures, but not judged', () => {
  const result = check({ baseline: colours(50, 50), run: colours(30, 70), config: chiSquared('Robust') });
  expect(result.violations).toEqual([]);
  expect(result.notEvaluated).toEqual([
    {
      feature: 'a',
      check: 'baseline_drift_check',
      reason: expect.stringMatching(
        /^ChiSquared: statistic 16\.0, 1 degrees of freedom, p-value 6\.33\d*E-5; it is not documented/,
      ),
    },
  ]);
});

test.each([
  ['a p-value below the threshold violates', 'Robust', 70, 1 - 6.334248366623973e-5, 0.9, true],
  ['a p-value above it does not', 'Robust', 55, 1 - 0.31731050786291415, 0.9, false],
  ['a statistic above the threshold violates', 'Simple', 55, 1, 0.1, true],
  ['none does not', 'Simple', 50, 0, 0.1, false],
] as const)(
  'baseline_drift_check: ChiSquared is judged when asked for: %s',
  (_, method, blue, distance, threshold, violates) => {
    const given = { baseline: colours(50, 50), run: colours(100 - blue, blue), config: chiSquared(method) };
    const { distances, violations, notEvaluated } = check({ ...given, options: { evaluatesChiSquared: true } });
    const [found] = distances;
    expect(found).toMatchObject({ feature: 'a', threshold, method: `${method} ChiSquared` });
    expect(found.distance).toBeCloseTo(distance, 12);
    expect(violations.map(({ feature_name }) => feature_name)).toEqual(violates ? ['a'] : []);
    expect(notEvaluated).toEqual([]);
  },
);

test('baseline_drift_check: too few values for ChiSquared, and methods that do not exist, are told', () => {
  const reason = (config: MonitoringConfig) =>
    check({ baseline: colours(2, 2), run: colours(2, 2), config, options: { evaluatesChiSquared: true } }).notEvaluated;
  expect(reason(chiSquared('Robust'))).toMatchObject([
    { feature: 'a', reason: 'ChiSquared: fewer than two categories can be tested' },
  ]);
  const unknown = { categorical_drift_method: 'PSI' } as unknown as DistributionConstraints;
  expect(reason({ distribution_constraints: unknown })).toMatchObject([
    { feature: 'a', reason: 'the categorical drift method PSI is none of LInfinity, ChiSquared' },
  ]);
});

test('excluded features are left out of every check, and named', () => {
  const given = { baseline: column(integers(0, 300)), run: column(['x', '', ...integers(900, 1200)]) };
  const result = check({ ...given, options: { excludedFeatures: ['a', 'typo'] } });
  expect(result).toMatchObject({
    violations: [],
    distances: [{ feature: 'b' }],
    notEvaluated: [
      { feature: 'typo', check: 'all', reason: 'it is excluded, but neither the data nor the baseline has it' },
    ],
    excluded: ['a'],
    columnNames: ['a', 'b'],
  });
  expect(check(given).violations).toHaveLength(2);
});

test('excluded features may lack in the data, by name and by position', () => {
  const baseline = csv([
    ['id', 'a'],
    [1, 2],
    [2, 3],
  ]);
  const options = { excludedFeatures: ['id'] };
  const named = check({ baseline, run: csv([['a'], ['x']]), options });
  expect(named.violations.map(({ feature_name }) => feature_name)).toEqual(['a']);
  const capture = { kind: 'capture' } as const;
  const placed = check({ baseline, run: captured({ input: 'x' }), input: capture, options });
  expect(placed).toMatchObject({ violations: [{ feature_name: 'a' }], columnNames: ['a'], excluded: ['id'] });
  const whole = check({ baseline, run: captured({ input: '7,x' }), input: capture, options });
  expect(whole).toMatchObject({ violations: [{ feature_name: 'a' }], columnNames: ['id', 'a'] });
  const tooMany = check({ baseline, run: captured({ input: '7,x,y' }), input: capture, options });
  expect(tooMany.violations[0].description).toContain(
    'current dataset: 3, Number of columns in baseline constraints: 1',
  );
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
    { feature: 'b', check: 'baseline_drift_check', reason: NOT_IN_STATISTICS },
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
    { feature: 'b', check: 'all', reason: NO_COLUMN },
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
  expect(check({ baseline: 'a,b\n1,2', run: 'a,b\n' })).toMatchObject({
    violations: [],
    distances: [],
    notEvaluated: [{ feature: '', check: 'all', reason: 'the data have no readable rows' }],
    excluded: [],
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

test('categorical_values_check: a value that the domain has twice counts once', () => {
  const string_constraints = { domains: ['x', 'x', 'x'] };
  const { violations } = check({
    baseline: column(['x', 'y']),
    run: column(['x', 'y']),
    feature: { string_constraints },
  });
  expect(violations.map(({ description }) => description)).toEqual([
    'Categorical value match requirement is not met. Expected match: 100.0%. Observed: 50.0% of the values match the known values.',
  ]);
});
