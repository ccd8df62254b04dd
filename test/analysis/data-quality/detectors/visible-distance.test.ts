import * as fc from 'fast-check';
import type { FeatureStatistics } from '../../../../lib/analysis';
import { detectDrift, visibleDistance } from '../../../../lib/analysis/data-quality/detectors';
import { holds } from '../../property';
import { numericFeature } from './traffic';

const whole = (feature: FeatureStatistics) => ({ version: 0, dataset: { item_count: 1 }, features: [feature] });
const categories = (counts: readonly number[]): FeatureStatistics => ({
  name: 'a',
  inferred_type: 'String',
  string_statistics: {
    common: { num_present: 1, num_missing: 0 },
    distinct_count: counts.length,
    distribution: { categorical: { buckets: counts.map((count, index) => ({ value: `v${index}`, count })) } },
  },
});

const TESTED = { method: 'MassShift', threshold: 0.01, tests: 1 } as const;

/** Whether a window is told of which so many rows of `rows` lie above all that the baseline has. */
function isTold(moved: number, rows: number): boolean {
  const baseline = numericFeature(
    'a',
    Float64Array.from({ length: rows }, (_, index) => index),
  );
  const current = numericFeature(
    'a',
    Float64Array.from({ length: rows }, (_, index) => (index < moved ? rows + index : index)),
  );
  return detectDrift({ baseline: whole(baseline), current: whole(current), threshold: 0.01 }).hasDrifted;
}

test.each([100, 400, 1000])('numbers of %i rows are told from that distance on, and below it are not', (rows) => {
  const visible = visibleDistance({ ...TESTED, rows: [rows, rows] }) ?? 0;
  expect(isTold(Math.ceil(visible * rows), rows)).toBe(true);
  expect(isTold(Math.ceil(visible * rows) - 1, rows)).toBe(false);
});

test('categories are told from that distance on, whatever their shares are', () => {
  const share = fc.integer({ min: 1, max: 99 });
  holds(
    fc.property(share, fc.integer({ min: 50, max: 5000 }), share, (part, rows, to) => {
      const [before, after] = [part, to].map((each) => Math.round((rows * each) / 100));
      const visible = visibleDistance({ ...TESTED, rows: [rows, rows], categories: 2 }) ?? 0;
      const [baseline, current] = [before, after].map((count) => whole(categories([count, rows - count])));
      const { features } = detectDrift({ baseline, current, threshold: 0.01 });
      for (const { distance, hasDrifted } of features) if (distance >= visible) expect(hasDrifted).toBe(true);
    }),
  );
});

test('more rows see more, more tests see less, and nothing is seen below the threshold', () => {
  const visible = (rows: number, tests: number) => visibleDistance({ ...TESTED, rows: [rows, rows], tests }) ?? 0;
  expect(visible(1000, 1)).toBeLessThan(visible(100, 1));
  expect(visible(1000, 50)).toBeGreaterThan(visible(1000, 1));
  expect(visible(1e9, 1)).toBe(0.01);
});

test('a looser rate of false alarms sees more', () => {
  const input = { ...TESTED, rows: [500, 500] as const };
  expect(visibleDistance({ ...input, falseAlarmRate: 0.1 })).toBeLessThan(visibleDistance(input) ?? 0);
});

test("Model Monitor's rules do not test: Simple sees from the threshold on, Robust from 1.8 standard errors more", () => {
  const rows = [100, 100] as const;
  expect(visibleDistance({ ...TESTED, method: 'Simple', rows })).toBe(0.01);
  expect(visibleDistance({ ...TESTED, method: 'Robust', rows })).toBeCloseTo(0.01 + 1.8 * Math.sqrt(200 / 10_000), 12);
});

test('nothing is said of methods whose test measures something else, and without rows nothing is seen', () => {
  expect(visibleDistance({ ...TESTED, method: 'PopulationStability', rows: [100, 100] })).toBeUndefined();
  expect(visibleDistance({ ...TESTED, rows: [100, 0] })).toBe(Number.POSITIVE_INFINITY);
});
