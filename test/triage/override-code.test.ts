import type { EventViolation } from '../../lib/outcome/contract';
import { overrideCode } from '../../lib/triage/override-code';
import { leftBy } from '../outcome/run';

const found = (feature: string, check: string, observed?: EventViolation['observed']): EventViolation => ({
  ...{ feature, check, observed, description: 'd', confirmed: true },
});

function codeOf(...violations: EventViolation[]): string[] {
  const distances = [{ feature: 'b', method: 'KolmogorovSmirnov', distance: 1, threshold: 0 }];
  return overrideCode(leftBy({}, { violations }, { distances }), violations).slice(1, -1);
}

test('findings of data quality become overrides that they would have passed', () => {
  expect(
    codeOf(
      found('age', 'baseline_drift_check', 0.31201),
      found('a"b', 'completeness_check', 0.98799),
      found('c', 'data_type_check', 0.5),
      found('d', 'categorical_values_check', 0.9999),
      found('b', 'completeness_check', 0.75), // whatever it is compared by
    ),
  ).toEqual([
    '  features: {',
    '    "age": { comparisonThreshold: 0.313 },',
    '    "a\\"b": { completeness: 0.987 },',
    '    "c": { datatypeCheckThreshold: 0.5 },',
    '    "d": { domainContentThreshold: 0.999 },',
    '    "b": { completeness: 0.75 },',
    '  },',
  ]);
});

test('findings of model quality become thresholds of metrics, named as the props are', () => {
  expect(
    codeOf(
      found('true_positive_rate', 'LessThanThreshold', 0.7129),
      found('rmse', 'GreaterThanThreshold', 12.0001),
      found('weighted_f0_5', 'LessThanThreshold', 0.5),
    ),
  ).toEqual([
    '  metricThresholds: {',
    '    "truePositiveRate": 0.712,',
    '    "rmse": 12.001,',
    '    "weightedF05": 0.5,',
    '  },',
  ]);
});

test.each([
  ['a check that has no threshold', found('a', 'missing_column_check', 1)],
  ['a method that has none in the constraints', found('b', 'baseline_drift_check', 0.4)],
  ['a figure of a metric that is not known', found('rmse', 'GreaterThanThreshold')],
  ['a figure that is not known', found('a', 'completeness_check')],
  ['a figure that is none', found('a', 'baseline_drift_check', 'Infinity')],
  ['a name that would be code', found('*/ process.exit() //\n', 'x\ny')],
])('what no override allows is a comment of one line: %s', (_, violation) => {
  const code = codeOf(violation);
  expect(code).toEqual([
    '  features: {',
    expect.stringMatching(/^ {4}\/\/ ".*": no override allows this: .*$/),
    '  },',
  ]);
});

test.each(['MassShift', 'Simple', 'Robust', 'LInfinity', 'ChiSquared'])(
  '%s has its threshold in the constraints',
  (method) => {
    const violations = [found('b', 'baseline_drift_check', 0.4)];
    const distances = [{ feature: 'b', method, distance: 1, threshold: 0 }];
    expect(overrideCode(leftBy({}, { violations }, { distances }), violations)).toEqual([
      'baseline.withOverrides({',
      '  features: {',
      '    "b": { comparisonThreshold: 0.4 },',
      '  },',
      '});',
    ]);
  },
);

test('a finding that the report does not tell any more has no figure', () => {
  expect(overrideCode(leftBy({}, { violations: [] }), [found('a', 'completeness_check', 0.5)])[2]).toContain(
    'no override',
  );
});
