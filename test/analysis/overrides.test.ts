import {
  applyMetricThresholds,
  applyOverrides,
  type Constraints,
  type QualityConstraintsFile,
} from '../../lib/analysis';

const CONSTRAINTS: Constraints = {
  version: 0,
  features: [
    { name: 'age', inferred_type: 'Integral', completeness: 0.9, num_constraints: { is_non_negative: true } },
    {
      name: 'plan',
      inferred_type: 'String',
      completeness: 1,
      string_constraints: { domains: ['a', 'b'] },
      monitoringConfigOverrides: { distribution_constraints: { comparison_threshold: 0.5 } },
    },
  ],
  monitoring_config: {
    evaluate_constraints: 'Enabled',
    emit_metrics: 'Enabled',
    distribution_constraints: { perform_comparison: 'Enabled', comparison_threshold: 0.1 },
  },
};

test('[D10] every setting of the monitoring configuration can be overridden', () => {
  const { constraints } = applyOverrides(CONSTRAINTS, {
    evaluateConstraints: false,
    emitMetrics: false,
    datatypeCheckThreshold: 0.9,
    domainContentThreshold: 0.8,
    performComparison: false,
    comparisonThreshold: 0.2,
    comparisonMethod: 'Simple',
    categoricalComparisonThreshold: 0.3,
    categoricalDriftMethod: 'ChiSquared',
  });
  expect(constraints.monitoring_config).toEqual({
    evaluate_constraints: 'Disabled',
    emit_metrics: 'Disabled',
    datatype_check_threshold: 0.9,
    domain_content_threshold: 0.8,
    distribution_constraints: {
      perform_comparison: 'Disabled',
      comparison_threshold: 0.2,
      comparison_method: 'Simple',
      categorical_comparison_threshold: 0.3,
      categorical_drift_method: 'ChiSquared',
    },
  });
  expect(constraints.features).toEqual(CONSTRAINTS.features);
});

test('[D10] the same settings of one feature are merged into those that it has', () => {
  const { constraints } = applyOverrides(CONSTRAINTS, {
    features: { plan: { categoricalDriftMethod: 'ChiSquared', evaluateConstraints: true } },
  });
  expect(constraints.features[1].monitoringConfigOverrides).toEqual({
    evaluate_constraints: 'Enabled',
    distribution_constraints: { comparison_threshold: 0.5, categorical_drift_method: 'ChiSquared' },
  });
  expect(constraints.monitoring_config).toEqual(CONSTRAINTS.monitoring_config);
});

test('[D10] completeness and categories of one feature can be overridden', () => {
  const { constraints } = applyOverrides(CONSTRAINTS, {
    features: { age: { completenessTolerance: 0.3 }, plan: { completeness: 0, domains: ['a', 'b', 'c'] } },
  });
  expect(constraints.features[0]).toEqual({ ...CONSTRAINTS.features[0], completeness: expect.closeTo(0.6) });
  expect(constraints.features[1]).toMatchObject({ completeness: 0, string_constraints: { domains: ['a', 'b', 'c'] } });
});

test.each([
  ['more than there is asks for nothing', 0.9, 0.95, 0],
  ['all that there is asks for nothing', 0.9, 0.9, 0],
  ['a part of it asks for the rest', 0.9, 0.5, 0.4],
  ['a part of a completeness that is not suggested asks for the rest of 1', undefined, 0.25, 0.75],
])('[D10] a tolerance of %s', (_, completeness, completenessTolerance, expected) => {
  const features = [{ ...CONSTRAINTS.features[0], completeness }];
  const { constraints } = applyOverrides(
    { ...CONSTRAINTS, features },
    { features: { age: { completenessTolerance } } },
  );
  expect(constraints.features[0].completeness).toBeCloseTo(expected, 12);
});

test('[D10] a completeness that is given wins over a tolerance', () => {
  const { constraints } = applyOverrides(CONSTRAINTS, {
    features: { age: { completeness: 0.7, completenessTolerance: 0.5 } },
  });
  expect(constraints.features[0].completeness).toBe(0.7);
});

test('nothing overridden is nothing changed, and unknown features are told', () => {
  const { constraints, unknownFeatures } = applyOverrides(CONSTRAINTS, { features: { age: {}, fee: {}, tenure: {} } });
  expect(constraints).toEqual(CONSTRAINTS);
  expect(unknownFeatures).toEqual(['fee', 'tenure']);
});

describe('[D10] thresholds of metrics', () => {
  const MORE = { comparison_operator: 'GreaterThanThreshold' } as const;
  const LESS = { comparison_operator: 'LessThanThreshold' } as const;

  test.each([
    ['regression_constraints', { mae: { threshold: 1, ...MORE }, r2: { threshold: 0.9, ...LESS } }, 'mae'],
    ['binary_classification_constraints', { auc: { threshold: null, ...LESS } }, 'auc'],
    ['multiclass_classification_constraints', { weighted_f1: { threshold: 0.5, ...LESS } }, 'weighted_f1'],
  ] as const)('are set in %s, whose operators stay', (table, metrics, metric) => {
    const file: QualityConstraintsFile & { other: number } = { [table]: metrics, other: 1 };
    const { constraints, unknownMetrics, knownMetrics } = applyMetricThresholds(file, { [metric]: 0.7, fee: 1 });
    const [own] = Object.entries(metrics).filter(([name]) => name === metric);
    expect(constraints).toEqual({ ...file, [table]: { ...metrics, [metric]: { ...own[1], threshold: 0.7 } } });
    expect(unknownMetrics).toEqual(['fee']);
    expect(knownMetrics).toEqual(Object.keys(metrics));
  });

  test('are all unknown to a file without metrics', () => {
    expect(applyMetricThresholds({}, { auc: 0.5 })).toEqual({
      constraints: {},
      unknownMetrics: ['auc'],
      knownMetrics: [],
    });
  });
});
