import type { Calibration } from '../../../../lib/analysis/model-quality/estimation/calibration';
import { estimatedQuality } from '../../../../lib/analysis/model-quality/estimation/estimate';
import { calibrationOf, drawing, drawnRows, scoresOf } from './drawn';

const AS_GIVEN: Calibration = { isCalibrated: false, blocks: [{ from: 0, to: 1, rows: 1e12, positives: 5e11 }] };

/** So many rows of each probability. */
const rowsOf = (table: readonly (readonly [score: number, rows: number])[]) =>
  table.flatMap(([score, rows]) => Array.from({ length: rows }, () => ({ score })));

test('the expected confusion matrix is the sum of what each row is expected to be', () => {
  const estimates = estimatedQuality(
    scoresOf(
      rowsOf([
        [0.9, 100],
        [0.6, 50],
        [0.2, 200],
      ]),
    ),
    AS_GIVEN,
  );
  const [tp, fp, fn, tn] = [90 + 30, 10 + 20, 40, 160];
  const [recall, precision] = [tp / (tp + fn), tp / (tp + fp)];
  const values = Object.fromEntries([...estimates].map(([name, [value]]) => [name, value]));
  expect(values).toEqual({
    recall: expect.closeTo(recall, 6),
    precision: expect.closeTo(precision, 6),
    accuracy: expect.closeTo((tp + tn) / 350, 6),
    true_positive_rate: expect.closeTo(recall, 6),
    true_negative_rate: expect.closeTo(tn / (tn + fp), 6),
    false_positive_rate: expect.closeTo(fp / (tn + fp), 6),
    false_negative_rate: expect.closeTo(1 - recall, 6),
    f0_5: expect.closeTo((1.25 * precision * recall) / (0.25 * precision + recall), 6),
    f1: expect.closeTo((2 * precision * recall) / (precision + recall), 6),
    f2: expect.closeTo((5 * precision * recall) / (4 * precision + recall), 6),
    auc: expect.any(Number),
  });
  const variance = 100 * 0.09 + 50 * 0.24 + 200 * 0.16;
  expect(estimates.get('accuracy')?.[1]).toBeCloseTo(Math.sqrt(variance) / 350, 6);
  expect(estimates.get('precision')?.[1]).toBeCloseTo(Math.sqrt(100 * 0.09 + 50 * 0.24) / 150, 6);
});

test('the area is the expected share of pairs of a positive and a negative row that are in order', () => {
  const rows = drawnRows('calibrated', 300, {}, drawing(3)).map(({ score }) => ({
    score: Math.round(score * 50) / 50,
  }));
  let [won, pairs] = [0, 0];
  for (const one of rows) {
    for (const other of rows) {
      const weight = one.score * (1 - other.score);
      won += weight * (one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0);
      pairs += weight;
    }
  }
  expect(estimatedQuality(scoresOf(rows), AS_GIVEN).get('auc')?.[0]).toBeCloseTo(won / pairs, 6);
});

test('what the rows of the baseline leave open is part of the error', () => {
  const rows = rowsOf([
    [0.8, 10_000],
    [0.3, 10_000],
  ]);
  const errorBy = (baselineRows: number) => {
    const blocks = [{ from: 0, to: 1, rows: baselineRows, positives: baselineRows / 2 }];
    return estimatedQuality(scoresOf(rows), { isCalibrated: false, blocks }).get('precision')?.[1] ?? Number.NaN;
  };
  const [own, few] = [errorBy(1e12), errorBy(400)];
  expect(few ** 2 - own ** 2).toBeCloseTo(0.25 / 400, 5);
});

test('of a ratio with fewer than ten expected rows on a side nothing is said', () => {
  const estimates = estimatedQuality(
    scoresOf(
      rowsOf([
        [0.9, 9],
        [0.01, 500],
      ]),
    ),
    AS_GIVEN,
  );
  expect([...estimates.keys()]).toEqual(
    expect.arrayContaining(['accuracy', 'recall', 'true_negative_rate', 'false_negative_rate', 'auc']),
  );
  for (const name of ['precision', 'f0_5', 'f1', 'f2']) expect(estimates.has(name)).toBe(false);
  const negatives = estimatedQuality(scoresOf(rowsOf([[0.99, 900]])), AS_GIVEN);
  expect([...negatives.keys()]).toEqual(expect.not.arrayContaining(['true_negative_rate', 'auc']));
});

test('an estimate is what labels show, within three standard errors, wherever the features lie', () => {
  const next = drawing(4);
  const calibration = calibrationOf(drawnRows('overconfident', 20_000, {}, next));
  for (const mean of [-1, 0, 1]) {
    const rows = drawnRows('overconfident', 20_000, { mean, spread: 0.8 }, next);
    const right = rows.filter(({ score, isPositive }) => score > 0.5 === isPositive).length / rows.length;
    const [estimate, error] = estimatedQuality(scoresOf(rows), calibration).get('accuracy') ?? [0, 0];
    expect(Math.abs(right - estimate)).toBeLessThan(3 * error);
    expect(error).toBeLessThan(0.01);
  }
});
