import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chiSquaredDistance } from '../../lib/analysis/chi-squared-distance';
import { categoricalDistance, numericDistance } from '../../lib/analysis/distance';
import type { ComparisonMethod } from '../../lib/analysis/schemas';

const oracle = (file: string) => JSON.parse(readFileSync(join(__dirname, '../oracles/data-quality', file), 'utf8'));

type Counts = Readonly<Record<string, number>>;
const counts = (categories: Counts) => Object.entries(categories).map(([value, count]) => ({ value, count }));

interface NumericCase {
  readonly test: string;
  readonly a: number[][];
  readonly b: number[][];
  readonly method: ComparisonMethod;
  readonly distance: number;
}

interface CategoryCase {
  readonly test: string;
  readonly observed: Counts;
  readonly expected: Counts;
  readonly method: ComparisonMethod;
  readonly distance: number;
  readonly statistic?: number | null;
  readonly pValue?: number | null;
}

const { numeric, largestDifference, chiSquared } = oracle('distances.json') as {
  readonly numeric: NumericCase[];
  readonly largestDifference: CategoryCase[];
  readonly chiSquared: CategoryCase[];
};

test.each(numeric)('$test', ({ a, b, method, distance }) => {
  expect(numericDistance(a, b, method)).toBe(distance);
});

test.each(largestDifference)('Categorial distance: $test', ({ observed, expected, method, distance }) => {
  expect(categoricalDistance(counts(observed), counts(expected), method)).toBe(distance);
});

test.each(chiSquared)('Categorical distance, chi-square: $test', ({ observed, expected, ...published }) => {
  const result = chiSquaredDistance(counts(observed), counts(expected));
  const scale = { statistic: 1, pValue: 0 };
  for (const figure of ['statistic', 'pValue'] as const) {
    const value = published[figure];
    if (value === null) expect(result[figure]).toBeNaN();
    // published p-values are 1 less a probability: they have the absolute error of that
    else if (value !== undefined)
      expect(Math.abs(result[figure] - value)).toBeLessThanOrEqual(1e-15 + 1e-13 * value * scale[figure]);
  }
});

test('categories that are equally rare are merged by their text, in whatever order they come', () => {
  const expected = { a: 100, b: 3, c: 3, d: 3 };
  const observed = { a: 100, b: 1, c: 3, d: 5 };
  const reversed = (categories: Counts) => counts(categories).reverse();
  expect(chiSquaredDistance(reversed(observed), reversed(expected))).toEqual(
    chiSquaredDistance(counts(observed), counts(expected)),
  );
});

test('without values there is nothing to test', () => {
  expect(chiSquaredDistance([], counts({ a: 100, b: 100 })).statistic).toBeNaN();
  expect(chiSquaredDistance(counts({ a: 100, b: 100 }), []).pValue).toBeNaN();
});
