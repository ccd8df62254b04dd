import { type AttributionAnalysis, checkAttribution } from '../../../lib/analysis/attribution';

const explained = (labels: Record<string, Record<string, number>>): AttributionAnalysis => ({
  version: '1.0',
  explanations: {
    kernel_shap: Object.fromEntries(
      Object.entries(labels).map(([label, global_shap_values]) => [label, { global_shap_values, expected_value: 0.5 }]),
    ),
  },
});

const before = { sat: 0.7, gpa: 0.5, rank: 0.05 };

test('writes a violation as the service does', () => {
  const run = explained({ label0: { rank: 0.7, gpa: 0.2, sat: 0.1 } });
  expect(checkAttribution(explained({ label0: before }), run)).toMatchObject({
    violations: [
      {
        constraint_check_type: 'feature_attribution_drift_check',
        description: 'Feature attribution drift 0.6876396241226223 exceeds threshold 0.9',
        label: 'label0',
        metric_name: 'shap',
      },
    ],
    scores: [{ label: 'label0', score: 0.6876396241226223 }],
    notEvaluated: [],
  });
});

test('does not violate at 0.9 or above', () => {
  const gains = (first: number) => ({ a: first, b: 1 });
  // swapping two features: (1 + x / log2 3) / (x + 1 / log2 3)
  const x = (1 - 0.9 / Math.log2(3)) / (0.9 - 1 / Math.log2(3));
  for (const [first, count] of [
    [x * 0.999, 0],
    [x * 1.001, 1],
  ]) {
    const result = checkAttribution(explained({ l: gains(first) }), explained({ l: { a: 1, b: 2 } }));
    expect(result.scores[0].score).toBeCloseTo(0.9, 3);
    expect(result.violations).toHaveLength(count);
  }
});

test('checks every label of the baseline', () => {
  const baseline = explained({ label0: before, label1: before });
  const run = explained({ label0: before, label1: { sat: 0.1, gpa: 0.2, rank: 0.7 }, label2: before });
  const { violations, scores } = checkAttribution(baseline, run);
  expect(violations.map(({ label }) => label)).toEqual(['label1']);
  expect(scores.map(({ label }) => label)).toEqual(['label0', 'label1']);
});

test.each<[string, AttributionAnalysis, AttributionAnalysis, string]>([
  [
    'a label that the run lacks',
    explained({ l: before }),
    explained({}),
    'the model gave no such score in this window: see whether its answers have changed, or make the baseline anew',
  ],
  [
    'a run without explanations',
    explained({ l: before }),
    { version: '1.0' },
    'the model gave no such score in this window: see whether its answers have changed, or make the baseline anew',
  ],
  [
    'missing features',
    explained({ l: before }),
    explained({ l: { sat: 1 } }),
    'the run has no attribution of "gpa", "rank"',
  ],
  [
    'extra features',
    explained({ l: { sat: 1 } }),
    explained({ l: { sat: 1, age: 1 } }),
    'the baseline has no attribution of "age"',
  ],
  [
    'a baseline of zeros',
    explained({ l: { sat: 0 } }),
    explained({ l: { sat: 1 } }),
    'the attributions give no score: the baseline has none above 0, or one is not finite',
  ],
])('does not evaluate %s', (_, baseline, run, reason) => {
  expect(checkAttribution(baseline, run)).toMatchObject({
    violations: [],
    scores: [],
    notEvaluated: [{ label: 'l', reason }],
  });
});
