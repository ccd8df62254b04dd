import { rowsOfLabels } from '../../../lib/analysis/model-quality/confusion';
import { ErrorMoments } from '../../../lib/analysis/model-quality/error-moments';
import { weightedMetrics } from '../../../lib/analysis/model-quality/multiclass';
import { multiclassErrors } from '../../../lib/analysis/model-quality/multiclass-errors';
import {
  areaError,
  binaryErrors,
  regressionErrors,
  regressionSkews,
} from '../../../lib/analysis/model-quality/sampling';
import { countedEstimate } from '../../../lib/analysis/numbers/delta-method';
import { drawing, drawnProfile, figuresOf, POPULATIONS } from './drawn';
import { BINARY, MULTICLASS, profileOf, REGRESSION } from './rows';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => mean(values.map((value) => (value - mean(values)) ** 2));
/** Rows by their actual label, then their predicted one. */
const confusionOf = (table: readonly (readonly number[])[]) => ({
  labels: table.map((_, label) => `${label}`),
  pairs: table.flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count }))),
});

test('the error of a share is that of a binomial one, with half a row more of each outcome', () => {
  const errors = binaryErrors({ truePositives: 300, falsePositives: 100, trueNegatives: 500, falseNegatives: 100 });
  const share = (of: number, all: number) => Math.sqrt(((of / all) * (1 - of / all)) / all);
  expect(errors.get('accuracy')).toBeCloseTo(share(801, 1002), 6);
  expect(errors.get('recall')).toBeCloseTo(share(300.5, 401), 5);
  expect(errors.get('precision')).toBeCloseTo(share(300.5, 401), 5);
  expect(errors.get('false_positive_rate')).toBeCloseTo(share(100.5, 601), 5);
  expect(
    binaryErrors({ truePositives: 50, falsePositives: 0, trueNegatives: 50, falseNegatives: 0 }).get('recall'),
  ).toBeGreaterThan(0.01);
});

test('the error of the area is what its parts differ by, pair by pair', () => {
  const positives = [0.9, 0.8, 0.8, 0.4, 0.3];
  const negatives = [0.8, 0.5, 0.4, 0.4, 0.2, 0.1];
  const beats = (one: number, other: number) => (one > other ? 1 : one === other ? 0.5 : 0);
  const ofPositives = positives.map((one) => mean(negatives.map((other) => beats(one, other))));
  const ofNegatives = negatives.map((other) => mean(positives.map((one) => beats(one, other))));
  const scores = [...new Set([...positives, ...negatives])].sort((one, other) => other - one);
  const atLeast = (list: readonly number[]) => scores.map((score) => list.filter((each) => each >= score).length);
  const error = areaError({ truePositives: atLeast(positives), falsePositives: atLeast(negatives) });
  expect(error).toBeCloseTo(Math.sqrt(variance(ofPositives) / 5 + variance(ofNegatives) / 6 + (0.5 / 6) ** 2), 12);
  expect(areaError({ truePositives: [], falsePositives: [] })).toBeNaN();
});

test('two labels have the same error of accuracy, whether there could be more or not', () => {
  const errors = multiclassErrors(
    confusionOf([
      [500, 100],
      [100, 300],
    ]),
  );
  expect(errors.get('accuracy')).toBeCloseTo(Math.sqrt((0.8 * 0.2) / 1000), 4);
  expect(errors.get('weighted_recall')).toBe(errors.get('accuracy'));
  expect([...errors.keys()]).toHaveLength(6);
});

test.each([
  ['many rows', [500, 20, 0], [30, 300, 50], [0, 0, 0]],
  ['few rows', [2, 1, 0], [0, 1, 1], [0, 0, 0]],
])('errors of several labels are those of all pairs, moved one by one, met or not: %s', (_, ...table) => {
  const errors = multiclassErrors(confusionOf(table as number[][]));
  const metrics = (cells: readonly number[]) =>
    weightedMetrics(rowsOfLabels(confusionOf([0, 3, 6].map((from) => cells.slice(from, from + 3)))));
  for (const [name, error] of errors) {
    const ofCells = (cells: readonly number[]) => metrics(cells).get(name) ?? Number.NaN;
    const [, expected] = countedEstimate(table.flat() as number[], 0.5 / 9, ofCells);
    expect(error / expected).toBeCloseTo(1, 3);
  }
});

test('errors of a regression are those of means, however the rows are divided, and wherever the labels lie', () => {
  const rows = Array.from({ length: 500 }, (_, index) => [1e6 + ((index * 7919) % 101), ((index * 31) % 13) - 6]);
  const squares = rows.map(([, error]) => error * error);
  const moments = (part: typeof rows) => {
    const made = new ErrorMoments();
    for (const [label, error] of part) made.add(label, error);
    return made;
  };
  const mae = mean(rows.map(([, error]) => Math.abs(error)));
  const whole = regressionErrors(new Map([['mae', mae]]), moments(rows));
  expect(whole.get('mae')).toBeCloseTo(Math.sqrt(variance(rows.map(([, error]) => Math.abs(error))) / 500), 10);
  expect(whole.get('mse')).toBeCloseTo(Math.sqrt(variance(squares) / 500), 10);
  expect(whole.get('rmse')).toBeCloseTo(Math.sqrt(variance(squares) / 500) / (2 * Math.sqrt(mean(squares))), 10);
  const deviations = rows.map(([label]) => (label - mean(rows.map(([each]) => each))) ** 2);
  const influence = squares.map((square, index) => square - (mean(squares) / mean(deviations)) * deviations[index]);
  expect(whole.get('r2')).toBeCloseTo(Math.sqrt(variance(influence) / 500) / mean(deviations), 8);
  const parts = new ErrorMoments();
  for (const part of [rows.slice(0, 100), rows.slice(100, 101), [], rows.slice(101)]) parts.merge(moments(part));
  for (const [name, error] of regressionErrors(new Map([['mae', mae]]), parts)) {
    expect(error).toBeCloseTo(whole.get(name) ?? Number.NaN, 8);
  }
});

test('a model without a mistake, and one of constant labels, leave nothing that is no number', () => {
  const perfect = figuresOf(
    profileOf(
      REGRESSION,
      [3, 4, 5].map((actual) => ({ actual, predicted: actual })),
    ),
  );
  expect(perfect.sampling.estimates).toMatchObject({ mae: [0, 0], mse: [0, 0], rmse: [0, 0], r2: [1, 0] });
  const constant = figuresOf(
    profileOf(
      REGRESSION,
      [3, 3, 3].map((actual, row) => ({ actual, predicted: row })),
    ),
  );
  expect(Object.keys(constant.sampling.estimates)).toEqual(['mae', 'mse', 'rmse']);
  const one = figuresOf(profileOf(BINARY, [{ actual: '1', predicted: '1', score: 0.9 }]));
  expect(one.sampling.rows).toBe(1);
  expect(Object.values(one.sampling.estimates).flat().every(Number.isFinite)).toBe(true);
  const single = figuresOf(profileOf(MULTICLASS, [{ actual: 'a', predicted: 'a' }]));
  expect(single.sampling.estimates.accuracy[0]).toBe(1);
});

test.each(POPULATIONS)('what 200 draws differ by is what one of them says of itself: $name', (population) => {
  const next = drawing(7);
  const draws = Array.from({ length: 200 }, () => figuresOf(drawnProfile(population, 400, next)).sampling.estimates);
  for (const name of Object.keys(draws[0])) {
    const said = mean(draws.map((estimates) => estimates[name][1]));
    const seen = Math.sqrt(variance(draws.map((estimates) => estimates[name][0])));
    expect(said / seen).toBeGreaterThan(0.8);
    expect(said / seen).toBeLessThan(1.25);
  }
});

test('how far metrics of a regression lean is what the third moments of its errors say, however the rows are divided', () => {
  const next = drawing(7);
  const errors = Array.from({ length: 400 }, () => (next() < 0.05 ? 40 : 10) * (next() - 0.5));
  const momentsOf = (from: number, to: number) => {
    const made = new ErrorMoments();
    for (const error of errors.slice(from, to)) made.add(1000 + 50 * next(), error);
    return made;
  };
  const leanOf = (values: readonly number[]) =>
    mean(values.map((value) => (value - mean(values)) ** 3)) / variance(values) ** 1.5 / Math.sqrt(values.length);
  const skewsOf = (moments: ErrorMoments) => {
    const mae = mean(errors.map(Math.abs));
    return regressionSkews(regressionErrors(new Map([['mae', mae]]), moments), moments);
  };
  const parts = momentsOf(0, 150);
  parts.merge(momentsOf(150, 400));
  for (const skews of [skewsOf(momentsOf(0, 400)), skewsOf(parts)]) {
    expect(skews.get('mae')).toBeCloseTo(leanOf(errors.map(Math.abs)), 10);
    expect(skews.get('mse')).toBeCloseTo(leanOf(errors.map((error) => error ** 2)), 10);
    expect(skews.get('rmse')).toBeLessThan(skews.get('mse') ?? 0);
    expect(skews.get('r2')).toBeLessThan(0);
  }
});

test('of errors without any difference no skewness is known', () => {
  const moments = new ErrorMoments();
  for (let row = 0; row < 100; row++) moments.add(row, 0.1);
  const skews = regressionSkews(regressionErrors(new Map([['mae', 0.1]]), moments), moments);
  for (const [, skew] of skews) expect(Math.abs(skew)).toBeLessThanOrEqual(1);
});
