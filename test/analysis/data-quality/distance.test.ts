import * as fc from 'fast-check';
import { categoricalDistance, numericDistance } from '../../../lib/analysis/data-quality/distance';
import { holds } from '../property';

const repeat = (value: number, times: number): number[] => Array(times).fill(value);

test('the distance is the largest difference of the cumulative distributions', () => {
  expect(numericDistance([[1, 2, 3, 4]], [[3, 4, 5, 6]], 'Simple')).toBe(0.5);
  expect(numericDistance([[1, 2]], [[3, 4]], 'Simple')).toBe(1);
});

test('equal values count once: a 0/1 feature that turns around has no distance', () => {
  const before = [[...repeat(0, 90), ...repeat(1, 10)]];
  const after = [[...repeat(0, 10), ...repeat(1, 90)]];
  expect(numericDistance(before, after, 'Simple')).toBe(0);
  expect(numericDistance(before, [repeat(1, 100)], 'Simple')).toBe(0.5);
});

test('a value weighs as much as the highest level that has it', () => {
  // weights 1: 4, 2: 1 against 1: 1, 2: 1
  expect(numericDistance([[1, 2], [], [1]], [[1, 2]], 'Simple')).toBeCloseTo(4 / 5 - 1 / 2, 15);
});

test('Robust takes off 1.8 standard errors of the collapsed sizes, down to 0', () => {
  const a = Array.from({ length: 100 }, (_, index) => index);
  const b = a.map((value) => value + 60);
  expect(numericDistance([a], [b], 'Robust')).toBeCloseTo(0.6 - 1.8 * Math.sqrt(200 / 10000), 14);
  expect(numericDistance([[1]], [[2]], 'Robust')).toBe(0);
});

test('a distance is symmetric and within 0 and 1, and none to itself', () => {
  const sample = fc.array(fc.array(fc.integer({ min: -20, max: 20 })), { minLength: 1, maxLength: 4 });
  const some = sample.filter((levels) => levels.some((level) => level.length > 0));
  holds(
    fc.property(some, some, fc.constantFrom('Simple' as const, 'Robust' as const), (a, b, method) => {
      const distance = numericDistance(a, b, method);
      expect(distance).toBe(numericDistance(b, a, method));
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1);
      expect(numericDistance(a, a, method)).toBe(0);
    }),
  );
});

test('without values there is no distance', () => {
  expect(numericDistance([[]], [[1]], 'Simple')).toBeNaN();
  expect(categoricalDistance([], [{ value: 'a', count: 1 }], 'Simple')).toBeNaN();
});

test('categories differ by the largest difference of shares, not of cumulated ones', () => {
  const a = [
    { value: 'red', count: 50 },
    { value: 'green', count: 50 },
  ];
  const b = [
    { value: 'red', count: 80 },
    { value: 'blue', count: 20 },
  ];
  expect(categoricalDistance(a, b, 'Simple')).toBe(0.5);
  expect(categoricalDistance(b, a, 'Simple')).toBe(0.5);
  expect(categoricalDistance(a, b, 'Robust')).toBe(0.5 - 1.8 * Math.sqrt(200 / 10000));
});
