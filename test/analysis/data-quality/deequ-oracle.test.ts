import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chiSquaredDistance } from '../../../lib/analysis/data-quality/chi-squared-distance';
import { categoricalDistance, numericDistance } from '../../../lib/analysis/data-quality/distance';
import { KllSketch } from '../../../lib/analysis/profile/kll-sketch';
import { Moments } from '../../../lib/analysis/profile/moments';
import type { ComparisonMethod } from '../../../lib/analysis/schemas';

const oracle = (file: string) => JSON.parse(readFileSync(join(__dirname, '../../oracles/data-quality', file), 'utf8'));

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

interface SketchCase {
  readonly test: string;
  readonly rows: number[];
  readonly data: number[][];
  readonly mean: number;
  readonly sum: number;
  readonly standardDeviation: number;
}

const sketches = oracle('sketches.json') as {
  readonly parameters: { k: number; c: number };
  readonly cases: SketchCase[];
};

test.each(sketches.cases)('KLL profile: $test', ({ rows, data, mean, sum, standardDeviation }) => {
  const sketch = new KllSketch(sketches.parameters);
  const moments = new Moments();
  for (const row of rows) {
    sketch.add(row);
    moments.add(row);
  }
  expect(sketch.data()).toEqual(data);
  expect([moments.mean(), moments.sum, moments.standardDeviation()]).toEqual([mean, sum, standardDeviation]);
});

/** Ranks are wrong by less than 100 / k of all values, as Deequ's own tests want it. */
function holdsItsError(sketch: KllSketch, { k, length }: { readonly k: number; readonly length: number }): void {
  const items = sketch.data().flatMap((level, index) => level.map((item) => ({ item, weight: 2 ** index })));
  items.sort((one, other) => one.item - other.item);
  const step = Math.ceil(Math.max((20 * length) / k, 1));
  let rank = 0;
  let next = 0;
  for (let value = 1; value < length; value += step) {
    for (; next < items.length && items[next].item <= value; next++) rank += items[next].weight;
    expect(Math.abs(rank - value)).toBeLessThan((100 * length) / k);
  }
}

test.each([100, 1000, 2048, 50000])('KLL error: a stream that zooms in, k = %p', (k) => {
  const length = 1_000_000;
  const sketch = new KllSketch({ k, c: 0.64 });
  for (let index = 1; index <= length / 2; index++) {
    sketch.add(index);
    sketch.add(length + 1 - index);
  }
  holdsItsError(sketch, { k, length });
});

test.each([100, 1000, 2048, 50000])('KLL error: a stream in ten parts that are merged, k = %p', (k) => {
  const part = 100_000;
  const whole = new KllSketch({ k, c: 0.64 });
  for (let merge = 0; merge < 10; merge++) {
    const sketch = new KllSketch({ k, c: 0.64 });
    for (let index = 1; index <= part / 2; index++) {
      sketch.add(index + merge * part);
      sketch.add((merge + 1) * part + 1 - index);
    }
    whole.merge(sketch);
  }
  holdsItsError(whole, { k, length: 10 * part });
});
