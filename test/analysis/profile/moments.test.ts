import * as fc from 'fast-check';
import { Moments } from '../../../lib/analysis/profile/moments';
import { holds } from '../property';

function momentsOf(values: number[]): Moments {
  const moments = new Moments();
  for (const value of values) moments.add(value);
  return moments;
}

function merged(...parts: number[][]): Moments {
  const whole = new Moments();
  for (const part of parts) whole.merge(momentsOf(part));
  return whole;
}

test('the deviation is the population one', () => {
  const moments = momentsOf([2, 4, 4, 4, 5, 5, 7, 9]);
  expect([moments.mean(), moments.standardDeviation(), moments.min, moments.max, moments.sum]).toEqual([
    5, 2, 2, 9, 40,
  ]);
});

test('without values the mean and the deviation are NaN', () => {
  expect([new Moments().mean(), new Moments().standardDeviation()]).toEqual([Number.NaN, Number.NaN]);
});

test('a merge passes through an empty state, so that equal values in two parts may deviate in the last bit', () => {
  const value = 0.9837374687194824;
  expect(momentsOf(Array(18).fill(value)).standardDeviation()).toBe(0);
  // 13 and 5 equal values: a real container wrote exactly this deviation
  expect(merged(Array(13).fill(value), Array(5).fill(value)).standardDeviation()).toBe(4.972724545902011e-17);
});

test('merging parts gives the whole: count and extremes exactly, the rest to rounding', () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
  holds(
    fc.property(numbers, numbers, (a, b) => {
      const whole = momentsOf([...a, ...b]);
      const parts = merged(a, b);
      expect([parts.count, parts.min, parts.max]).toEqual([whole.count, whole.min, whole.max]);
      expect(parts.sum).toBeCloseTo(whole.sum, 3);
      expect(parts.standardDeviation()).toBeCloseTo(whole.standardDeviation(), 3);
    }),
  );
});

test('a part alone keeps its deviation to the bit, however large its values', () => {
  expect(merged([1e200, 3e200]).standardDeviation()).toBe(momentsOf([1e200, 3e200]).standardDeviation());
});

test('the state survives as numbers', () => {
  const moments = momentsOf([1.5, -2.25]);
  expect(Moments.fromArray(moments.toArray())).toEqual(moments);
});
