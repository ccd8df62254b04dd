import * as fc from 'fast-check';
import { attributionScore } from '../../../lib/analysis/attribution';
import { jsonLines } from '../bias/json-lines';
import { holds } from '../property';

const cases = jsonLines<{ baseline: number[]; live: number[]; score: number }>('attribution/ndcg.ndjson');

const score = (baseline: readonly number[], live: readonly number[]) =>
  attributionScore(baseline.map((value, index) => ({ baseline: value, live: live[index] })));

test('gives the example of the developer guide', () => {
  // gains 0.05, 0.50, 0.70 in the live order against 0.70, 0.50, 0.05
  const dcg = 0.05 + 0.5 / Math.log2(3) + 0.7 / 2;
  const ideal = 0.7 + 0.5 / Math.log2(3) + 0.05 / 2;
  expect(score([0.7, 0.5, 0.05], [0.1, 0.2, 0.7])).toBeCloseTo(dcg / ideal, 14);
  expect(score([0.7, 0.5, 0.05], [0.1, 0.2, 0.7])).toBeCloseTo(0.6876, 4);
});

test.each(cases.map((each, index) => ({ ...each, index })))('agrees with scikit-learn, case $index', (each) => {
  expect(Math.abs(score(each.baseline, each.live) - each.score)).toBeLessThanOrEqual(1e-9 * each.score);
});

test('has at least 200 cases, most of them below 1 and many with ties', () => {
  expect(cases.length).toBeGreaterThanOrEqual(200);
  expect(cases.filter((each) => each.score < 0.999).length).toBeGreaterThan(150);
  expect(cases.filter(({ live }) => new Set(live).size < live.length).length).toBeGreaterThan(60);
});

const attribution = fc.double({ min: 0, max: 100, noNaN: true });
const pairs = fc.array(fc.record({ baseline: attribution, live: fc.constantFrom(0, 0.1, 0.2, 1) }), {
  minLength: 1,
  maxLength: 12,
});

test('does not depend on the order of features, ties or not', () => {
  const both = pairs.chain((each) =>
    fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
  );
  holds(
    fc.property(both, ([each, other]) => {
      const [a, b] = [attributionScore(each), attributionScore(other)];
      expect(Number.isNaN(a) ? b : Math.abs(a - b)).toEqual(Number.isNaN(a) ? Number.NaN : expect.any(Number));
      if (!Number.isNaN(a)) expect(Math.abs(a - b)).toBeLessThan(1e-12);
    }),
  );
});

test('is at most 1, also with negative attributions, and 1 for the same order', () => {
  const signed = fc.array(
    fc.record({ baseline: fc.integer({ min: -50, max: 50 }), live: fc.integer({ min: -5, max: 5 }) }),
  );
  holds(
    fc.property(signed, (each) => {
      const value = attributionScore(each);
      expect(Number.isNaN(value) || value <= 1 + 1e-12).toBe(true);
      const same = attributionScore(each.map(({ baseline }) => ({ baseline, live: 3 * baseline - 7 })));
      expect(Number.isNaN(value) ? Number.isNaN(same) : Math.abs(same - 1) < 1e-12).toBe(true);
    }),
  );
});

test('can be below 0 when an attribution is negative', () => {
  expect(score([3, -4], [0, 1])).toBeLessThan(0);
});

test.each([
  [[], []],
  [
    [0, 0],
    [1, 2],
  ],
  [
    [-1, -2],
    [1, 2],
  ],
  [
    [1, Number.NaN],
    [1, 2],
  ],
  [
    [1, 2],
    [1, Number.POSITIVE_INFINITY],
  ],
])('gives no score to %j and %j', (baseline, live) => {
  expect(score(baseline, live)).toBeNaN();
});
