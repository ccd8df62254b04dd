import { blindSpots } from '../../../../lib/analysis/data-quality/blind-spots';
import { sketchHeight } from '../../../../lib/analysis/data-quality/blind-spots/sketch-height';
import type { FeatureStatistics } from '../../../../lib/analysis/schemas';
import { numericFeature } from '../detectors/traffic';
import { casesOf, constraintsOf, testCategories, testLocation, testNumbers } from './shifts';

// Few and many rows in few and many; the long test beside this one has all combinations, and more windows.
const cases = casesOf([
  [300, 5],
  [300, 1000],
  [1500, 30],
  [6000, 100],
]);
testNumbers(cases);
testLocation(100);
testCategories(cases, 24);

const numbers = numericFeature('a', Float64Array.from([0, 1, 0, 1]));
const ofOne = (feature: FeatureStatistics, constraints: object = {}, config: object = {}) =>
  blindSpots({
    statistics: { version: 0, dataset: { item_count: 4 }, features: [feature] },
    constraints: {
      version: 0,
      features: [{ name: feature.name, inferred_type: feature.inferred_type, ...constraints }],
      monitoring_config: config,
    },
    windowSize: 1000,
  });

test('a 0/1 feature is blind to everything by the settings that Model Monitor suggests', () => {
  expect(ofOne(numbers)).toEqual([
    {
      feature: 'a',
      kind: 'anything',
      description: 'no window of this size can alarm, whatever its values',
      method: 'Robust',
      threshold: 0.1,
      largestDistance: 0,
    },
  ]);
});

test.each<[string, object, object]>([
  [
    'the constraints switch its comparison off (perform_comparison)',
    {},
    { distribution_constraints: { perform_comparison: 'Disabled' } },
  ],
  ['the constraints are not evaluated (evaluate_constraints)', {}, { evaluate_constraints: 'Disabled' }],
  ['the baseline has no value of this feature: it is never compared', { inferred_type: 'Unknown' }, {}],
])('a feature that is never compared is listed with the reason: %s', (description, constraints, config) => {
  expect(ofOne(numbers, constraints, config)).toEqual([{ feature: 'a', kind: 'not-compared', description }]);
});

test("a feature's overrides win over the file's settings", () => {
  const monitoring_config_overrides = { evaluate_constraints: 'Enabled' };
  expect(ofOne(numbers, { monitoring_config_overrides }, { evaluate_constraints: 'Disabled' })[0].kind).toBe(
    'anything',
  );
});

test('a String feature without histogram is listed, and whether a domain sees at least new values', () => {
  const text: FeatureStatistics = {
    name: 'a',
    inferred_type: 'String',
    string_statistics: { common: { num_present: 4, num_missing: 0 }, distinct_count: 4 },
  };
  expect(ofOne(text)[0]).toMatchObject({ kind: 'no-distribution', description: expect.stringContaining('too many') });
  expect(ofOne(text, { string_constraints: { domains: ['x'] } })[0].description).toContain('not in the domain');
});

test('a categorical method whose decision is not documented is listed as not compared', () => {
  const config = { distribution_constraints: { categorical_drift_method: 'ChiSquared' } };
  expect(ofOne({ name: 'a', inferred_type: 'String' }, {}, config)[0].kind).toBe('not-compared');
});

test('a feature that the statistics lack has nothing to compare with', () => {
  const constraints = { version: 0, features: [{ name: 'a', inferred_type: 'Integral' as const }] };
  const spots = blindSpots({
    statistics: { version: 0, dataset: { item_count: 0 }, features: [] },
    constraints,
    windowSize: 9,
  });
  expect(spots).toMatchObject([{ feature: 'a', kind: 'no-distribution' }]);
});

test('an empty window is blind to everything, and no features have no blind spots', () => {
  const statistics = { version: 0, dataset: { item_count: 4 }, features: [numbers] };
  const constraints = constraintsOf(statistics, 'Simple');
  expect(blindSpots({ statistics, constraints, windowSize: 0 })).toMatchObject([
    { kind: 'anything', largestDistance: 0 },
  ]);
  expect(blindSpots({ statistics, constraints: { version: 0, features: [] }, windowSize: 9 })).toEqual([]);
});

test("a sketch's height grows with its values, from 2,051 on", () => {
  expect([0, 1, 2050, 2051, 5000].map(sketchHeight)).toEqual([0, 0, 0, 1, 1]);
  expect(sketchHeight(1e9)).toBeGreaterThanOrEqual(18);
});
