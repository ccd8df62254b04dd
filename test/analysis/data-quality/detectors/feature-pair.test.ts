import type { FeatureStatistics, NumericalStatistics, StringStatistics } from '../../../../lib/analysis';
import { featurePair } from '../../../../lib/analysis/data-quality/detectors/feature-pair';
import {
  NO_BASELINE_DISTRIBUTION,
  NO_COLUMN,
  NO_WINDOW_DISTRIBUTION,
  otherTypes,
} from '../../../../lib/analysis/data-quality/gap-reasons';

const numeric = (distribution?: NumericalStatistics['distribution'], std_dev = 2): FeatureStatistics => ({
  name: 'a',
  inferred_type: 'Fractional',
  numerical_statistics: { std_dev, distribution } as NumericalStatistics,
});
const sketched = (...data: number[][]) =>
  numeric({ kll: { buckets: [], sketch: { parameters: { c: 0.64, k: 2048 }, data } } });

const text = (distribution?: StringStatistics['distribution']): FeatureStatistics => ({
  name: 'a',
  inferred_type: 'String',
  string_statistics: { common: { num_present: 1, num_missing: 0 }, distinct_count: 1, distribution },
});
const counted = (...values: string[]) =>
  text({ categorical: { buckets: values.map((value) => ({ value, count: 1 })) } });

test('two sketches are compared as numbers, with the deviation of the baseline', () => {
  expect(featurePair(sketched([1, 2]), sketched([3], [4]))).toMatchObject({
    kind: 'numeric',
    baseline: { count: 2 },
    current: { count: 3 },
    levels: { baseline: [[1, 2]], current: [[3], [4]] },
    standardDeviation: 2,
  });
});

test('two histograms are compared as categories', () => {
  expect(featurePair(counted('x'), counted('y'))).toEqual({
    kind: 'categorical',
    cells: expect.objectContaining({ baseline: [1, 0], current: [0, 1] }),
    buckets: { baseline: [{ value: 'x', count: 1 }], current: [{ value: 'y', count: 1 }] },
  });
});

const lacksDistribution: [string, FeatureStatistics][] = [
  ['no statistics', { name: 'a', inferred_type: 'Unknown' }],
  ['numbers without a distribution', numeric()],
  ['numbers without KLL', numeric({})],
  ['numbers without a sketch', numeric({ kll: { buckets: [] } })],
  ['a sketch without levels', sketched()],
  ['a sketch whose levels are empty', sketched([], [])],
  ['texts without a distribution', text()],
  ['texts without categories', text({})],
  ['texts without values', counted()],
];

test.each(lacksDistribution)('%s have no distribution, on either side', (_, lacking) => {
  for (const other of [sketched([1]), counted('x')]) {
    expect(featurePair(lacking, other)).toEqual({ kind: 'incomparable', reason: NO_BASELINE_DISTRIBUTION });
    expect(featurePair(other, lacking)).toEqual({ kind: 'incomparable', reason: NO_WINDOW_DISTRIBUTION });
  }
});

test('a sketch whose first levels are empty has a distribution', () => {
  expect(featurePair(sketched([], [1]), sketched([1]))).toMatchObject({ kind: 'numeric', baseline: { count: 2 } });
  expect(featurePair(sketched([], [1]), counted('x'))).toEqual({
    kind: 'incomparable',
    reason: otherTypes('String', 'Fractional'),
  });
});

test('a feature that the current statistics do not have is not compared', () => {
  expect(featurePair(sketched([1]), undefined)).toEqual({
    kind: 'incomparable',
    reason: NO_COLUMN,
  });
});
