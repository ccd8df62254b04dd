import * as fc from 'fast-check';
import type { Constraints, FeatureStatistics, Statistics } from '../../../../lib/analysis';
import { type DriftMethod, detectDrift } from '../../../../lib/analysis/data-quality/detectors';
import { holds } from '../../property';
import { numericFeature } from './traffic';

const repeat = (value: number, times: number): number[] => Array(times).fill(value);
const numeric = (name: string, values: number[]) => numericFeature(name, Float64Array.from(values));
const text = (name: string, counts: Record<string, number>): FeatureStatistics => ({
  name,
  inferred_type: 'String',
  string_statistics: {
    common: { num_present: 1, num_missing: 0 },
    distinct_count: Object.keys(counts).length,
    distribution: { categorical: { buckets: Object.entries(counts).map(([value, count]) => ({ value, count })) } },
  },
});
const statistics = (...features: FeatureStatistics[]): Statistics => ({
  version: 0,
  dataset: { item_count: 1 },
  features,
});
const constraints = (distribution_constraints: object, feature: object = {}): Constraints => ({
  version: 0,
  features: [{ name: 'a', inferred_type: 'Integral', ...feature }],
  monitoring_config: { distribution_constraints },
});

const before = numeric('a', [...repeat(0, 90), ...repeat(1, 10)]);
const after = numeric('a', [...repeat(0, 10), ...repeat(1, 90)]);
const turned = { baseline: statistics(before), current: statistics(after) };

test('a 0/1 feature that turns around has drifted by the share that moved', () => {
  const { hasDrifted, features } = detectDrift(turned);
  expect(hasDrifted).toBe(true);
  expect(features).toEqual([
    expect.objectContaining({ feature: 'a', kind: 'numeric', method: 'MassShift', threshold: 0.1, hasDrifted: true }),
  ]);
  expect(features[0].distance).toBeCloseTo(0.8, 15);
});

test('categories that turn around have drifted by the same share', () => {
  const current = statistics(text('a', { no: 10, yes: 90 }));
  const { features } = detectDrift({ baseline: statistics(text('a', { no: 90, yes: 10 })), current });
  expect(features[0]).toMatchObject({ kind: 'categorical', hasDrifted: true });
  expect(features[0].distance).toBeCloseTo(0.8, 15);
});

test.each<DriftMethod>(['PopulationStability', 'Wasserstein', 'JensenShannon'])('%s finds it too', (method) => {
  expect(detectDrift({ ...turned, method }).hasDrifted).toBe(true);
});

test.each<DriftMethod>(['Simple', 'Robust'])('fails to find it with %s, which has no p-value', (method) => {
  const { features } = detectDrift({ ...turned, method });
  expect(features).toEqual([{ feature: 'a', kind: 'numeric', method, distance: 0, threshold: 0.1, hasDrifted: false }]);
});

test('a distance that chance explains is no drift, unless the tests are switched off', () => {
  const few = { baseline: statistics(numeric('a', [1, 2, 3, 4])), current: statistics(numeric('a', [2, 3, 4, 5])) };
  expect(detectDrift(few)).toMatchObject({ hasDrifted: false, features: [{ distance: 0.25 }] });
  expect(detectDrift({ ...few, falseAlarmRate: 1 }).hasDrifted).toBe(true);
});

test('by default drift is what chance does in at most one window of a thousand', () => {
  const baseline = statistics(text('a', { yes: 1000, no: 1000 }));
  const results = Array.from({ length: 200 }, (_, moved) => {
    const current = statistics(text('a', { yes: 1000 + moved, no: 1000 - moved }));
    return detectDrift({ baseline, current, threshold: 0 }).features[0];
  });
  const first = results.findIndex(({ hasDrifted }) => hasDrifted);
  const [before, at] = results.slice(first - 1).map(({ adjustedPValue }) => adjustedPValue);
  expect(before).toBeGreaterThan(0.001);
  expect(before).toBeLessThan(0.00125);
  expect(at).toBeLessThanOrEqual(0.001);
  expect(at).toBeGreaterThan(0.0008);
});

test('a significant distance below the threshold is no drift', () => {
  const flags = (ones: number) => statistics(numeric('a', [...repeat(0, 100_000 - ones), ...repeat(1, ones)]));
  const { features } = detectDrift({ baseline: flags(10_000), current: flags(15_000) });
  expect(features[0].adjustedPValue).toBeLessThan(1e-9);
  expect(features[0].hasDrifted).toBe(false);
});

test('p-values are adjusted for the number of features', () => {
  const others = Array.from({ length: 19 }, (_, index) => numeric(`b${index}`, [1, 2, 3]));
  const [alone] = detectDrift(turned).features;
  const { features } = detectDrift({
    baseline: statistics(before, ...others),
    current: statistics(after, ...others),
  });
  expect(features[0].pValue).toBe(alone.pValue);
  expect(features[0].adjustedPValue).toBeCloseTo(20 * (alone.adjustedPValue ?? 0), 30);
});

test('the thresholds of the constraints hold, those of a feature before those of the file', () => {
  const threshold = (given: Constraints, method: DriftMethod = 'MassShift') =>
    detectDrift({ ...turned, method, constraints: given }).features[0].threshold;
  expect(threshold(constraints({ comparison_threshold: 0.9 }))).toBe(0.9);
  expect(threshold(constraints({ comparison_threshold: 0.9 }), 'Wasserstein')).toBe(0.1);
  const own = { monitoring_config_overrides: { distribution_constraints: { comparison_threshold: 0.3 } } };
  expect(threshold(constraints({ comparison_threshold: 0.9 }, own))).toBe(0.3);
});

test('a threshold that is given wins over those of the constraints', () => {
  const given = constraints({ comparison_threshold: 0.9 });
  expect(detectDrift({ ...turned, constraints: given, threshold: 0.2 }).features[0].threshold).toBe(0.2);
});

test('categories have a threshold of their own, by the constraints and by the method', () => {
  const categories = {
    baseline: statistics(text('a', { no: 90, yes: 10 })),
    current: statistics(text('a', { no: 10, yes: 90 })),
  };
  const threshold = (given: typeof turned, settings: object) =>
    detectDrift({ ...given, constraints: constraints(settings) }).features[0].threshold;
  const both = { comparison_threshold: 0.9, categorical_comparison_threshold: 0.3 };
  expect([threshold(turned, both), threshold(categories, both)]).toEqual([0.9, 0.3]);
  expect([threshold(turned, {}), threshold(categories, {})]).toEqual([0.1, 0.1]);
});

test('a distance at the threshold is no drift, a p-value at the false alarm rate is', () => {
  const { distance, adjustedPValue = 0 } = detectDrift(turned).features[0];
  expect(detectDrift({ ...turned, threshold: distance }).hasDrifted).toBe(false);
  expect(detectDrift({ ...turned, threshold: distance - 1e-9 }).hasDrifted).toBe(true);
  expect(detectDrift({ ...turned, falseAlarmRate: adjustedPValue }).hasDrifted).toBe(true);
  expect(detectDrift({ ...turned, falseAlarmRate: adjustedPValue / 2 }).hasDrifted).toBe(false);
});

test('a feature whose comparison is switched off is left out', () => {
  expect(detectDrift({ ...turned, constraints: constraints({ perform_comparison: 'Disabled' }) })).toEqual({
    hasDrifted: false,
    features: [],
    notEvaluated: [],
  });
});

const unnamed: FeatureStatistics = { name: 'a', inferred_type: 'Unknown' };
test.each<[string, FeatureStatistics, FeatureStatistics[]]>([
  ['no record has a column of this name', before, []],
  ['the window has no values of this feature', before, [unnamed]],
  ['statistics.json of the baseline has no distribution of this feature', unnamed, [before]],
  ["the window's values are String, and the baseline's Fractional; ", before, [text('a', { no: 9 })]],
  ['the window has 1 value and the baseline 4: below 5 on either side', text('a', { no: 4 }), [text('a', { yes: 1 })]],
  ['the window has 4 values and the baseline 9: below 5 on either side', text('a', { no: 9 }), [text('a', { yes: 4 })]],
])('says why a feature is not compared: %s', (reason, baseline, current) => {
  const result = detectDrift({ baseline: statistics(baseline), current: statistics(...current) });
  expect(result.features).toEqual([]);
  expect(result.notEvaluated).toEqual([
    { feature: 'a', check: 'baseline_drift_check', reason: expect.stringContaining(reason) },
  ]);
});

describe('by Wasserstein', () => {
  const constant = numeric('a', repeat(5, 200));
  const drifted = (...values: number[]) =>
    detectDrift({ baseline: statistics(constant), current: statistics(numeric('a', values)), method: 'Wasserstein' });

  test('a constant baseline has a finite distance to other values, and a rare one is no drift', () => {
    expect(drifted(...repeat(6, 200))).toMatchObject({ hasDrifted: true, features: [{ distance: 1 }] });
    expect(drifted(...repeat(5, 200))).toMatchObject({ hasDrifted: false, features: [{ distance: 0 }] });
    expect(drifted(...repeat(5, 198), 6, 6).hasDrifted).toBe(false);
  });

  test('a baseline without a standard deviation is not compared, and that is said', () => {
    const { std_dev: _, ...others } = before.numerical_statistics ?? {};
    const lacking = { ...before, numerical_statistics: others } as FeatureStatistics;
    const given = { baseline: statistics(lacking), current: statistics(after) };
    expect(detectDrift({ ...given, method: 'Wasserstein' })).toMatchObject({
      features: [],
      notEvaluated: [{ feature: 'a', reason: expect.stringContaining('no std_dev') }],
    });
    expect(detectDrift(given).hasDrifted).toBe(true);
  });
});

test('without features nothing has drifted', () => {
  expect(detectDrift({ baseline: statistics(), current: statistics() }).hasDrifted).toBe(false);
});

test('the order of rows changes nothing, and a sample has no distance to itself', () => {
  const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 60 });
  const methods = fc.constantFrom<DriftMethod>('MassShift', 'PopulationStability', 'Wasserstein', 'JensenShannon');
  holds(
    fc.property(values, values, methods, (a, b, method) => {
      const distance = (one: number[], other: number[]) =>
        detectDrift({ baseline: statistics(numeric('a', one)), current: statistics(numeric('a', other)), method })
          .features[0].distance;
      expect(distance(a, [...b].sort())).toBe(distance(a, b));
      expect(distance(a, a)).toBe(0);
    }),
  );
});
