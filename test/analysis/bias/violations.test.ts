import * as fc from 'fast-check';
import { type BiasAnalysis, type BiasMetricName, type BiasValue, checkBias } from '../../../lib/analysis/bias';
import { holds } from '../property';

interface Metric {
  readonly name?: BiasMetricName;
  readonly value: BiasValue;
  readonly error?: string;
}

function analysisOf(metrics: Metric[], value_or_threshold = '0', facet = 'Sex'): BiasAnalysis {
  const full = metrics.map((metric) => ({ name: 'DI' as const, description: '', ...metric }));
  const facets = { [facet]: [{ value_or_threshold, metrics: full }] };
  return { version: '1.0', post_training_bias_metrics: { label: 'Target', facets, label_value_or_threshold: '1' } };
}

const check = (baseline: BiasValue, run: BiasValue) =>
  checkBias(analysisOf([{ value: baseline }]), analysisOf([{ value: run }]));

test('writes a violation as the service does', () => {
  const metric = { name: 'CDDPL' as const };
  const baseline = analysisOf([{ ...metric, value: 0.28176563733194276 }]);
  expect(checkBias(baseline, analysisOf([{ ...metric, value: 0.374894782529513 }]))).toMatchObject({
    notEvaluated: [],
    violations: [
      {
        constraint_check_type: 'bias_drift_check',
        description:
          "Metric value 0.374894782529513 doesn't meet the baseline constraint requirement 0.28176563733194276",
        facet: 'Sex',
        facet_value: '0',
        metric_name: 'CDDPL',
      },
    ],
  });
});

test.each([
  [
    'Infinity',
    2.916666666666667,
    "Metric value Infinity doesn't meet the baseline constraint requirement 2.916666666666667",
  ],
  ['-Infinity', 1, "Metric value -Infinity doesn't meet the baseline constraint requirement 1.0"],
  [-3, 0, "Metric value -3.0 doesn't meet the baseline constraint requirement 0.0"],
] as const)('says %s against %s', (run, baseline, description) => {
  expect(check(baseline, run).violations).toEqual([expect.objectContaining({ description })]);
});

test.each([
  [0.178, 0.083, 0],
  [0.976, 1.317, 1],
  [0.0279, -0.0765, 1],
  [-0.2, 0.1, 0],
  [0.5, -0.5, 0],
  ['Infinity', '-Infinity', 0],
  ['Infinity', 12, 0],
] as [BiasValue, BiasValue, number][])('takes only what is farther from 0: %s then %s', (baseline, run, count) => {
  expect(check(baseline, run).violations).toHaveLength(count);
});

test('violates exactly when the distance from 0 grows', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true });
  holds(fc.property(value, value, (a, b) => check(a, b).violations.length === (Math.abs(b) > Math.abs(a) ? 1 : 0)));
});

test('does not evaluate metrics without a value', () => {
  const missing = { value: null, error: 'Group variable is empty or not provided' };
  const some = { value: 0.5 };
  expect(checkBias(analysisOf([missing]), analysisOf([some])).notEvaluated[0].reason).toBe(
    'the baseline has no value: Group variable is empty or not provided',
  );
  expect(checkBias(analysisOf([some]), analysisOf([missing])).notEvaluated[0].reason).toBe(
    'the run has no value: Group variable is empty or not provided',
  );
  expect(check('much' as BiasValue, 1).notEvaluated[0].reason).toBe(
    'the baseline has the value "much", which is no number',
  );
});

test('does not evaluate what the run lacks', () => {
  const some = [{ value: 0.5 }];
  const lacking = [{ version: '1.0' } as const, analysisOf([]), analysisOf(some, '1'), analysisOf(some, '0', 'Age')];
  for (const run of lacking) {
    const { violations, notEvaluated } = checkBias(analysisOf(some), run);
    expect(violations).toEqual([]);
    expect(notEvaluated).toEqual([
      {
        facet: 'Sex',
        facetValue: '0',
        metric: 'DI',
        reason: expect.stringMatching(/^the run has no such group or metric: /),
      },
    ]);
  }
});

test('finds the interval that begins at the same number, and names the one of the run', () => {
  const baseline = analysisOf([{ value: 0.1 }], '(100.0, 2279.0]');
  const { violations } = checkBias(baseline, analysisOf([{ value: 0.2 }], '(100, 232]'));
  expect(violations).toEqual([expect.objectContaining({ facet_value: '(100, 232]' })]);
  expect(checkBias(baseline, analysisOf([{ value: 0.2 }], '(101, 232]')).notEvaluated).toHaveLength(1);
});
