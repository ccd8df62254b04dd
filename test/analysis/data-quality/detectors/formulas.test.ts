import * as fc from 'fast-check';
import { decileCounts, decileCuts } from '../../../../lib/analysis/data-quality/detectors/bins';
import { categoryCells } from '../../../../lib/analysis/data-quality/detectors/categories';
import {
  chiSquared,
  homogeneityPValue,
  mergeSmallCells,
} from '../../../../lib/analysis/data-quality/detectors/chi-squared';
import {
  jensenShannonDistance,
  populationStabilityIndex,
  totalVariation,
} from '../../../../lib/analysis/data-quality/detectors/divergence';
import {
  kolmogorovSmirnovDistance,
  kolmogorovSmirnovPValue,
} from '../../../../lib/analysis/data-quality/detectors/kolmogorov-smirnov';
import { numericSample, rankOf } from '../../../../lib/analysis/data-quality/detectors/numeric-sample';
import { normedWasserstein } from '../../../../lib/analysis/data-quality/detectors/wasserstein';
import {
  chiSquaredSurvival,
  hypergeometricSurvival,
  kolmogorovSurvival,
} from '../../../../lib/analysis/numbers/tail-probabilities';
import { holds } from '../../property';

const sample = (...values: number[]) => numericSample([values]);

test("a sketch's items count as often as their level says, and equal ones together", () => {
  const { values, ranks, count } = numericSample([[2, 1], [2], [0]]);
  expect([...values]).toEqual([0, 1, 2]);
  expect([...ranks]).toEqual([4, 5, 8]);
  expect(count).toBe(8);
});

test('levels stand for the values written out', () => {
  const level = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 9 });
  holds(
    fc.property(level, level, level, (zero, one, two) => {
      const written = [...zero, ...one, ...one, ...two, ...two, ...two, ...two];
      expect(numericSample([zero, one, two])).toEqual(sample(...written));
    }),
  );
});

test('what is no finite number is left out', () => {
  expect(numericSample([[1, Number.NaN, Number.POSITIVE_INFINITY, null as unknown as number]]).count).toBe(1);
});

test('a rank counts the values below a bound, or up to it', () => {
  const values = sample(1, 2, 2, 3);
  expect([0, 2, 9].map((bound) => rankOf(values, bound, false))).toEqual([0, 1, 4]);
  expect([0, 2, 9].map((bound) => rankOf(values, bound, true))).toEqual([0, 3, 4]);
});

test('without values there is no distance and no p-value', () => {
  const none = { baseline: [0], current: [3] };
  const figures = [
    kolmogorovSmirnovDistance(sample(), sample(1)),
    kolmogorovSmirnovPValue(sample(1), sample()),
    normedWasserstein(sample(1), sample(), 1),
    populationStabilityIndex(none),
    jensenShannonDistance(none),
    totalVariation(none),
    chiSquared(none).pValue,
    homogeneityPValue(none),
  ];
  expect(figures.every(Number.isNaN)).toBe(true);
});

test('a constant baseline is infinitely far from anything else', () => {
  expect(normedWasserstein(sample(3, 3), sample(3), 0)).toBe(0);
  expect(normedWasserstein(sample(3, 3), sample(3, 4), 0)).toBe(Number.POSITIVE_INFINITY);
});

test('bins end at deciles, and a value that is several deciles has its own', () => {
  const even = sample(...Array.from({ length: 100 }, (_, index) => index));
  expect(decileCuts(even).map(({ value }) => value)).toEqual([9, 19, 29, 39, 49, 59, 69, 79, 89]);
  const mostlyOne = sample(0, ...Array(19).fill(1));
  expect(decileCuts(mostlyOne)).toEqual([
    { value: 1, inclusive: false },
    { value: 1, inclusive: true },
  ]);
  expect(decileCounts(mostlyOne, sample(0, 0, 1, 2))).toEqual({ baseline: [1, 19, 0], current: [2, 1, 1] });
  expect(decileCuts(sample())).toEqual([]);
});

test('categories are matched by name, whatever their order', () => {
  const counts = (...pairs: [string, number][]) => pairs.map(([value, count]) => ({ value, count }));
  expect(categoryCells(counts(['b', 1], ['a', 2]), counts(['NullValue', 3], ['a', 4], ['c', 0]))).toEqual({
    baseline: [0, 2, 1],
    current: [3, 4, 0],
  });
});

test('small cells are merged from the rarest on, large ones stay', () => {
  expect(mergeSmallCells({ baseline: [50, 4, 3, 2, 1], current: [50, 4, 3, 2, 1] })).toEqual({
    cells: { baseline: [50, 10], current: [50, 10] },
  });
  expect(mergeSmallCells({ baseline: [50, 50, 2], current: [50, 50, 1] })).toEqual({
    cells: { baseline: [50, 50], current: [50, 50] },
    rest: { baseline: 2, current: 1 },
  });
  expect(mergeSmallCells({ baseline: [], current: [] }).cells).toEqual({ baseline: [], current: [] });
});

test('a rare category that takes the place of a frequent one is found, merged cells or not', () => {
  expect(homogeneityPValue({ baseline: [5000, 4900, 100], current: [50, 0, 50] })).toBeLessThan(1e-20);
  expect(homogeneityPValue({ baseline: [10_000, 1], current: [90, 10] })).toBeLessThan(1e-10);
  expect(homogeneityPValue({ baseline: [10_000, 1], current: [99, 1] })).toBeGreaterThan(0.01);
});

test('the same category on both sides is no drift, two that were seen once are too few', () => {
  expect(homogeneityPValue({ baseline: [3], current: [2] })).toBe(1);
  expect(homogeneityPValue({ baseline: [1, 0], current: [0, 1] })).toBeNaN();
});

test('tail probabilities hold at their ends', () => {
  expect([kolmogorovSurvival(0), kolmogorovSurvival(-1), kolmogorovSurvival(1e9)]).toEqual([1, 1, 0]);
  expect([chiSquaredSurvival(0, 3), chiSquaredSurvival(1, 0), chiSquaredSurvival(1e9, 3)]).toEqual([1, 0, 0]);
  expect(kolmogorovSurvival(Number.NaN)).toBeNaN();
  expect(chiSquaredSurvival(Number.NaN, 1)).toBeNaN();
  const draw = { population: 10, marked: 4, drawn: 5 };
  expect([hypergeometricSurvival(0, draw), hypergeometricSurvival(5, draw)]).toEqual([1, 0]);
  expect(hypergeometricSurvival(4, draw)).toBeCloseTo(6 / 252, 14);
});
