import * as fc from 'fast-check';
import { buckets } from '../../../lib/analysis/profile/buckets';
import { KllSketch } from '../../../lib/analysis/profile/kll-sketch';
import { holds } from '../property';

function sketchOf(values: Iterable<number>): KllSketch {
  const sketch = new KllSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

const descending = (count: number) => Array.from({ length: count }, (_, index) => count - index);
const sizes = (sketch: KllSketch) => sketch.data().map((items) => items.length);
const weight = (sketch: KllSketch) => sizes(sketch).reduce((sum, size, level) => sum + size * 2 ** level, 0);

test('up to 2,050 values the sketch is the column in row order', () => {
  expect(sketchOf(descending(2050)).data()).toEqual([descending(2050)]);
});

test('value 2,051 sends every second of the first 2,050, sorted, one level up and stays alone', () => {
  const [level0, level1] = sketchOf(descending(2051)).data();
  expect(level0).toEqual([1]);
  expect(level1).toEqual(Array.from({ length: 1025 }, (_, index) => 2 + 2 * index));
});

test('the second compaction of a level takes the other half', () => {
  // two levels hold 2,050 + 1,314 items: after value 4,390 there are 1,025 above and 2,340 below, one too many
  const sketch = sketchOf(Array.from({ length: 4390 }, (_, index) => index));
  const [level0, level1] = sketch.data();
  expect(level0).toEqual([]);
  expect(level1).toHaveLength(1025 + 1170);
  expect([level1[0], level1[1025]]).toEqual([0, 2051]);
});

test('23,432 values fill the levels as a real container did', () => {
  expect(sizes(sketchOf(descending(23432)))).toEqual([266, 1093, 2127, 1, 779]);
});

test('a merge into an empty sketch is the other sketch, even a full one', () => {
  const sketch = new KllSketch();
  sketch.merge(sketchOf(descending(2050)));
  expect(sizes(sketch)).toEqual([2050]);
  sketch.merge(new KllSketch());
  expect(sizes(sketch)).toEqual([2050]);
});

test('a merge condenses as soon as the items reach the capacity', () => {
  const sketch = sketchOf(descending(2000));
  sketch.merge(sketchOf(descending(49)));
  expect(sizes(sketch)).toEqual([2049]);
  sketch.merge(sketchOf([0]));
  expect(sizes(sketch)).toEqual([0, 1025]);
});

test('no value gets lost: the weights add up to the count, in one pass and in parts', () => {
  holds(
    fc.property(fc.nat(9000), fc.nat(9000), (a, b) => {
      const sketch = sketchOf(descending(a));
      sketch.merge(sketchOf(descending(b)));
      expect(weight(sketch)).toBe(a + b);
    }),
    30,
  );
});

test('the state survives as levels', () => {
  const sketch = sketchOf(descending(5000));
  const restored = KllSketch.fromLevels(sketch.toLevels());
  for (let value = 0; value < 3000; value++) {
    sketch.add(value);
    restored.add(value);
  }
  expect(restored.data()).toEqual(sketch.data());
});

test('buckets have equal widths, and only the last includes its upper bound', () => {
  const result = buckets([[0, 1, 1.9, 2, 9, 10, 10]], 0, 10);
  expect(result.map(({ count }) => count)).toEqual([1, 2, 1, 0, 0, 0, 0, 0, 0, 3]);
  expect(result[3]).toEqual({ lower_bound: 3, upper_bound: 4, count: 0 });
});

test('buckets weigh the levels, and equal values are all in the last', () => {
  expect(buckets([[5], [5]], 5, 5).map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
});

test('bounds are min + (max - min) * i / 10 in this order of operations', () => {
  const [, second] = buckets([[0.1, 0.8]], 0.1, 0.8);
  expect(second.lower_bound).toBe(0.1 + ((0.8 - 0.1) * 1) / 10);
});
