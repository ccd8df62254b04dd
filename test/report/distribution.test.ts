import type { FeatureStatistics } from '../../lib/analysis';
import { createProfiler, statistics } from '../../lib/analysis';
import { compareDistributions } from '../../lib/report/distribution';

/** The statistics of one column that has these values. */
function featureOf(values: readonly string[]): FeatureStatistics {
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('values.csv');
  file.push(new TextEncoder().encode(`name,other\n${values.map((value) => `${value},1\n`).join('')}`));
  file.end();
  return statistics(profiler.finish()).features[0];
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));
const rounded = (shares: readonly number[]) => shares.map((share) => Number(share.toFixed(4)));

/** A comparison side by side: names, and shares of both. */
function compare(...given: Parameters<typeof compareDistributions>) {
  const found = compareDistributions(...given);
  return {
    groups: found?.map(({ name }) => name) ?? [],
    baseline: found?.map(({ baseline }) => baseline) ?? [],
    current: found?.map(({ current }) => current) ?? [],
  };
}

describe('compareDistributions', () => {
  test('counts the numbers of a window in the buckets of the baseline', () => {
    const found = compare(featureOf(numbers(0, 101)), featureOf(['5', '5', '15', '95']));
    expect(found.groups).toHaveLength(10);
    expect(found.groups.slice(0, 2)).toEqual(['0 – 10', '10 – 20']);
    expect(rounded(found.current)).toEqual([0.5, 0.25, 0, 0, 0, 0, 0, 0, 0, 0.25]);
  });

  test('counts a number on a border in the upper bucket, and the largest in the last', () => {
    const found = compare(featureOf(numbers(0, 101)), featureOf(['10', '100']));
    expect(rounded(found.current)).toEqual([0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0.5]);
  });

  test('adds a group for what lies below or above the baseline, and for what is missing', () => {
    const found = compare(featureOf(numbers(0, 101)), featureOf(['-1', '50', '101', '']));
    expect(found.groups).toHaveLength(13);
    expect([found.groups[0], ...found.groups.slice(-2)]).toEqual(['below 0', 'above 100', '(missing)']);
    expect(rounded(found.current)).toEqual([0.25, 0, 0, 0, 0, 0, 0.25, 0, 0, 0, 0, 0.25, 0.25]);
    expect(found.baseline[0]).toBe(0);
  });

  test('counts a long window by the weights of its sketch, within its error', () => {
    const found = compare(featureOf(numbers(0, 1001)), featureOf(numbers(0, 50_000)));
    expect(found.groups.slice(-1)).toEqual(['above 1,000']);
    expect(found.current[10]).toBeCloseTo(0.98, 2);
  });

  test('interpolates the buckets of a window without a sketch', () => {
    const feature = featureOf(numbers(0, 101));
    const kll = feature.numerical_statistics?.distribution?.kll;
    const withoutSketch = {
      ...feature,
      numerical_statistics: { ...feature.numerical_statistics, distribution: { kll: { buckets: kll?.buckets } } },
    } as FeatureStatistics;
    const found = compare(feature, withoutSketch);
    expect(rounded(found.current)).toEqual(rounded(found.baseline));
  });

  test('shows texts by how much their share changed, missing ones among them', () => {
    const found = compare(featureOf(['a', 'a', 'b', 'c']), featureOf(['a', 'b', 'b', '']));
    expect(found.groups.slice(0, 1)).toEqual(['a']);
    expect(found.groups).toContain('(missing)');
    expect(found.groups).toHaveLength(4);
    expect(found.current[found.groups.indexOf('b')]).toBe(0.5);
    expect(found.current[found.groups.indexOf('c')]).toBe(0);
  });

  test('keeps eight groups of texts at most, the last one for all others', () => {
    const values = numbers(0, 20).map((value) => `value ${value}`);
    const found = compare(featureOf(values), featureOf(['value 3', ...values]));
    expect(found.groups).toHaveLength(8);
    expect(found.groups.slice(-1)).toEqual(['13 others']);
    expect(found.baseline.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });

  test.each([
    ['another type', ['1', '2'], ['a', 'b']],
    ['no present value in the window', ['1', '2'], ['', '']],
    ['more than 120 texts', numbers(0, 300).map((value) => `value ${value}`), ['value 1']],
  ])('draws nothing for %s', (_, baseline, current) => {
    expect(compareDistributions(featureOf(baseline), featureOf(current))).toBeUndefined();
  });

  describe('by their places', () => {
    test('calls the outer groups of numbers by the bound that divides, not by the least or the greatest value', () => {
      const found = compare(featureOf(numbers(0, 101)), featureOf(['-1', '50', '101']), 'places');
      expect(found.groups).toEqual([
        "below the baseline's range",
        'up to 10',
        ...[10, 20, 30, 40, 50, 60, 70, 80].map((bound) => `${bound} – ${bound + 10}`),
        'from 90',
        "above the baseline's range",
      ]);
    });

    test('calls texts by how frequent they are in the baseline, and what is new as one', () => {
      const found = compare(featureOf(['a', 'b', 'b', '']), featureOf(['b', 'x', 'y', '']), 'places');
      expect(found.groups).toEqual(['most frequent value', '2nd', 'not in the baseline', '(missing)']);
      expect(found.baseline).toEqual([0.5, 0.25, 0, 0.25]);
      expect(found.current).toEqual([0.25, 0, 0.5, 0.25]);
    });
  });
});
