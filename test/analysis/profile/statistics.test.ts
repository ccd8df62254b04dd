import { applyOverrides, type Constraints, statistics, suggestConstraints } from '../../../lib/analysis';
import { profileOf } from '../dataset';

test('a numeric feature has these statistics', () => {
  expect(statistics(profileOf(['a\n2\n4\n4\n4\n5\n5\n7\n9\n""'])).features).toEqual([
    {
      name: 'a',
      inferred_type: 'Integral',
      numerical_statistics: {
        common: { num_present: 8, num_missing: 1 },
        mean: 5,
        sum: 40,
        std_dev: 2,
        min: 2,
        max: 9,
        approximate_num_distinct_values: 5,
        completeness: 8 / 9,
        distribution: {
          kll: {
            buckets: [1, 0, 3, 0, 2, 0, 0, 1, 0, 1].map((count, index) => ({
              lower_bound: 2 + (7 * index) / 10,
              upper_bound: 2 + (7 * (index + 1)) / 10,
              count,
            })),
            sketch: { parameters: { c: 0.64, k: 2048 }, data: [[2, 4, 4, 4, 5, 5, 7, 9]] },
          },
        },
      },
    },
  ]);
});

test('a text feature has a histogram in which missing values are NullValue', () => {
  expect(statistics(profileOf(['a,b\nred,1\nblue,1\n,1\nred,1'])).features[0]).toEqual({
    name: 'a',
    inferred_type: 'String',
    string_statistics: {
      common: { num_present: 3, num_missing: 1 },
      distinct_count: 2,
      completeness: 0.75,
      distribution: {
        categorical: {
          buckets: [
            { value: 'red', count: 2 },
            { value: 'blue', count: 1 },
            { value: 'NullValue', count: 1 },
          ],
        },
      },
    },
  });
});

test.each([
  [100, true],
  [200, false],
  [1000, false],
])('a text feature of %d different values has a histogram: %s', (count, has) => {
  const rows = Array.from({ length: count }, (_, index) => `value ${index}`);
  const [feature] = statistics(profileOf([['a', ...rows].join('\n')])).features;
  expect(feature.string_statistics?.distribution !== undefined).toBe(has);
});

test('the older generation has other types, no completeness and no distinct count of numbers', () => {
  const profile = profileOf(['a,b,c\n.5,1e3,x\n1.5,2e3,y']);
  const types = (generation: 'deequ-1.0' | 'deequ-2.0') =>
    statistics(profile, { generation }).features.map(({ inferred_type }) => inferred_type);
  expect(types('deequ-2.0')).toEqual(['String', 'Fractional', 'String']);
  expect(types('deequ-1.0')).toEqual(['Fractional', 'String', 'String']);
  const [a, b] = statistics(profile, { generation: 'deequ-1.0' }).features;
  expect(Object.keys(a.numerical_statistics ?? {})).toEqual([
    'common',
    'mean',
    'sum',
    'std_dev',
    'min',
    'max',
    'distribution',
  ]);
  expect(Object.keys(b.string_statistics ?? {})).toEqual(['common', 'distinct_count', 'distribution']);
});

test('a column without values is Unknown, one of Booleans a String', () => {
  const { features } = statistics(profileOf(['a,b\n,true\n,false']));
  expect(features[0]).toEqual({ name: 'a', inferred_type: 'Unknown' });
  expect(features[1].inferred_type).toBe('String');
});

test('a value with the pattern of a number, but without a value, is in the counts only', () => {
  const [a] = statistics(profileOf(['a\n- 5\n7'])).features;
  expect(a).toMatchObject({
    inferred_type: 'Integral',
    numerical_statistics: { common: { num_present: 2 }, mean: 7, sum: 7 },
  });
  const [b] = statistics(profileOf(['b\n-\n.']), { generation: 'deequ-1.0' }).features;
  expect(b).toEqual({ name: 'b', inferred_type: 'Fractional' });
});

const baseline = 'a,b,c,d\n1,-1.5,red,\n2,2.5,,\n3,0.5,blue,';

test('suggested constraints are what was observed, with the defaults of the container', () => {
  expect(suggestConstraints(statistics(profileOf([baseline])))).toEqual({
    version: 0,
    features: [
      { name: 'a', inferred_type: 'Integral', completeness: 1, num_constraints: { is_non_negative: true } },
      { name: 'b', inferred_type: 'Fractional', completeness: 1, num_constraints: { is_non_negative: false } },
      {
        name: 'c',
        inferred_type: 'String',
        completeness: 2 / 3,
        string_constraints: { domains: ['red', 'blue', 'NullValue'] },
      },
      { name: 'd', inferred_type: 'Unknown', completeness: 0 },
    ],
    monitoring_config: {
      evaluate_constraints: 'Enabled',
      emit_metrics: 'Enabled',
      datatype_check_threshold: 1,
      domain_content_threshold: 1,
      distribution_constraints: {
        perform_comparison: 'Enabled',
        comparison_threshold: 0.1,
        comparison_method: 'Robust',
        categorical_comparison_threshold: 0.1,
        categorical_drift_method: 'LInfinity',
      },
    },
  });
});

test('the older generation suggests nothing for categories', () => {
  const options = { generation: 'deequ-1.0' } as const;
  const { monitoring_config } = suggestConstraints(statistics(profileOf([baseline]), options), options);
  expect(monitoring_config?.distribution_constraints).toEqual({
    perform_comparison: 'Enabled',
    comparison_threshold: 0.1,
    comparison_method: 'Robust',
  });
});

const suggested = suggestConstraints(statistics(profileOf([baseline])));

test('overrides change what they name, in a copy', () => {
  const before = JSON.stringify(suggested);
  const { constraints, unknownFeatures } = applyOverrides(suggested, {
    datatypeCheckThreshold: 0.9,
    domainContentThreshold: 0.8,
    comparisonThreshold: 0.2,
    comparisonMethod: 'Simple',
    categoricalComparisonThreshold: 0.3,
    features: {
      a: { completeness: 0.5, completenessTolerance: 0.1 },
      b: { completenessTolerance: 0.25 },
      c: { completenessTolerance: 0.9 },
      z: { completeness: 1 },
    },
  });
  expect(constraints.features.map(({ completeness }) => completeness)).toEqual([0.5, 0.75, 0, 0]);
  expect(constraints.monitoring_config).toMatchObject({
    emit_metrics: 'Enabled',
    datatype_check_threshold: 0.9,
    domain_content_threshold: 0.8,
    distribution_constraints: {
      perform_comparison: 'Enabled',
      comparison_threshold: 0.2,
      comparison_method: 'Simple',
      categorical_comparison_threshold: 0.3,
    },
  });
  expect(unknownFeatures).toEqual(['z']);
  expect(JSON.stringify(suggested)).toBe(before);
});

test('no overrides leave the constraints as they are, keys included that are not known here', () => {
  const constraints = { ...suggested, note: 'kept' } as Constraints;
  expect(applyOverrides(constraints, {})).toEqual({ constraints, unknownFeatures: [] });
});

test('the buckets of features beyond 32 bits begin or end where Deequ starts to look for them', () => {
  const [above, below] = statistics(profileOf(['a,b\n4e9,-4e9\n5e9,-5e9'])).features;
  const ends = (feature: typeof above) => {
    const { min, max, distribution } = feature.numerical_statistics ?? {};
    const all = distribution?.kll?.buckets ?? [];
    return {
      min,
      max,
      from: all[0].lower_bound,
      to: all[9].upper_bound,
      count: all.reduce((n, { count }) => n + count, 0),
    };
  };
  expect(ends(above)).toEqual({ min: 4e9, max: 5e9, from: 2147483647, to: 5e9, count: 2 });
  expect(ends(below)).toEqual({ min: -5e9, max: -4e9, from: -5e9, to: -2147483648, count: 2 });
});
