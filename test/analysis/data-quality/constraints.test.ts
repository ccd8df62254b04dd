import { type FeatureStatistics, type NumericalStatistics, suggestConstraints } from '../../../lib/analysis';

const numbers = (min: number, num_present: number, num_missing = 0): FeatureStatistics => {
  const common = { num_present, num_missing };
  return { name: 'a', inferred_type: 'Fractional', numerical_statistics: { common, min } as NumericalStatistics };
};
const texts = (num_present: number, num_missing: number, values?: string[]): FeatureStatistics => ({
  name: 'a',
  inferred_type: 'String',
  string_statistics: {
    common: { num_present, num_missing },
    distinct_count: 2,
    ...(values && { distribution: { categorical: { buckets: values.map((value) => ({ value, count: 1 })) } } }),
  },
});

const suggested = (feature: FeatureStatistics) =>
  suggestConstraints({ version: 0, dataset: { item_count: 1 }, features: [feature] }).features[0];

test.each([
  [-1e-9, false],
  [0, true],
  [1e-9, true],
])('a feature whose least value is %d is required to stay without a sign: %p', (min, is_non_negative) => {
  expect(suggested(numbers(min, 3))).toEqual({
    name: 'a',
    inferred_type: 'Fractional',
    completeness: 1,
    num_constraints: { is_non_negative },
  });
});

test.each<[string, FeatureStatistics, number]>([
  ['numbers, some of them missing', numbers(0, 3, 1), 0.75],
  ['texts, some of them missing', texts(1, 3), 0.25],
  ['texts, all of them missing', texts(0, 3), 0],
  ['no value and no missing one', numbers(0, 0), 0],
  ['no statistics', { name: 'a', inferred_type: 'Unknown' }, 0],
])('a feature of %s has to be as complete', (_, feature, completeness) => {
  expect(suggested(feature).completeness).toBe(completeness);
});

test('the values of a feature are required where its statistics have them', () => {
  expect(suggested(texts(2, 0, ['x', 'y'])).string_constraints).toEqual({ domains: ['x', 'y'] });
  expect(suggested(texts(2, 0, [])).string_constraints).toEqual({ domains: [] });
  expect(suggested(texts(2, 0))).toEqual({ name: 'a', inferred_type: 'String', completeness: 1 });
  const common = { num_present: 1, num_missing: 0 };
  const uncounted = {
    name: 'a',
    inferred_type: 'String' as const,
    string_statistics: { common, distinct_count: 200, distribution: {} },
  };
  expect(suggested(uncounted).string_constraints).toBeUndefined();
});

test.each([
  [undefined, true],
  ['deequ-2.0', true],
  ['deequ-1.0', false],
] as const)('the defaults of the containers of %s compare categories by a rule of their own: %p', (generation, own) => {
  const { version, features, monitoring_config } = suggestConstraints(
    { version: 0, dataset: { item_count: 1 }, features: [] },
    { generation },
  );
  expect({ version, features }).toEqual({ version: 0, features: [] });
  expect(monitoring_config).toEqual({
    evaluate_constraints: 'Enabled',
    emit_metrics: 'Enabled',
    datatype_check_threshold: 1,
    domain_content_threshold: 1,
    distribution_constraints: {
      perform_comparison: 'Enabled',
      comparison_threshold: 0.1,
      comparison_method: 'Robust',
      ...(own && { categorical_comparison_threshold: 0.1, categorical_drift_method: 'LInfinity' }),
    },
  });
});
