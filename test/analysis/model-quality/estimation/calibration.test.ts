import { calibrated, LabelledScores } from '../../../../lib/analysis/model-quality/estimation/calibration';
import { isotonicBlocks, share } from '../../../../lib/analysis/model-quality/estimation/isotonic';
import { calibrationOf, drawing, drawnRows, MODELS } from './drawn';

const bin = (score: number, rows: number, positives: number) => ({ score, rows, positives });

test('neighbours that violate the order are pooled', () => {
  const bins = [bin(0.1, 4, 1), bin(0.2, 2, 1), bin(0.3, 2, 0), bin(0.4, 1, 1), bin(0.6, 3, 2), bin(0.9, 2, 2)];
  expect(isotonicBlocks(bins)).toEqual([
    { from: 0.1, to: 0.3, rows: 8, positives: 2 },
    { from: 0.4, to: 0.6, rows: 4, positives: 3 },
    { from: 0.9, to: 0.9, rows: 2, positives: 2 },
  ]);
});

test('shares never fall, are those of the labels, and blocks are at most about two hundred', () => {
  const rows = drawnRows('overconfident', 20_000, {}, drawing(1));
  const bins = [...rows].sort((one, other) => one.score - other.score);
  const blocks = isotonicBlocks(bins.map(({ score, isPositive }) => bin(score, 1, Number(isPositive))));
  const shares = blocks.map(share);
  expect([...shares].sort((one, other) => one - other)).toEqual(shares);
  expect(blocks.length).toBeGreaterThan(10);
  expect(blocks.length).toBeLessThanOrEqual(201);
  expect(Math.min(...blocks.map((block) => block.rows))).toBeGreaterThanOrEqual(100);
  expect(blocks.reduce((sum, block) => sum + block.rows, 0)).toBe(20_000);
  expect(blocks.reduce((sum, block) => sum + block.positives, 0)).toBe(rows.filter((row) => row.isPositive).length);
});

test('a model that says too much is calibrated: its probabilities become those of the labels', () => {
  const calibration = calibrationOf(drawnRows('overconfident', 50_000, {}, drawing(2)));
  expect(calibration.isCalibrated).toBe(true);
  for (const probability of [0.1, 0.3, 0.5, 0.7, 0.9]) {
    expect(Math.abs(calibrated(calibration, MODELS.overconfident(probability)) - probability)).toBeLessThan(0.05);
  }
});

test('between two blocks there is a straight line, and beyond them all is as at their ends', () => {
  const blocks = [
    { from: 0.2, to: 0.4, rows: 10, positives: 1 },
    { from: 0.6, to: 0.7, rows: 10, positives: 5 },
  ];
  const read = (score: number) => calibrated({ isCalibrated: true, blocks }, score);
  expect([0, 0.2, 0.4, 0.5, 0.6, 0.7, 1].map(read)).toEqual([0.1, 0.1, 0.1, expect.closeTo(0.3), 0.5, 0.5, 0.5]);
  expect(calibrated({ isCalibrated: false, blocks }, 0.5)).toBe(0.5);
});

test('a model that is calibrated mostly stays as it is', () => {
  const kept = Array.from({ length: 30 }, (_, draw) =>
    calibrationOf(drawnRows('calibrated', 2_000, {}, drawing(100 + draw))),
  ).filter(({ isCalibrated }) => !isCalibrated);
  expect(kept.length).toBeGreaterThan(20);
});

test.each([
  [
    'few rows',
    [...Array(99).keys()].map((row) => [0.5, row % 2 === 0]),
    'the baseline has 99 rows, and needs 100 for it',
  ],
  ['one label', [...Array(100)].map(() => [0.5, true]), 'all rows of the baseline have the same label'],
  ['no label', [...Array(100)].map(() => [0.5, false]), 'all rows of the baseline have the same label'],
  [
    'what is no probability',
    [...Array(100).keys()].map((row) => [row / 10, row % 2 === 0]),
    '89 of 100 rows of the baseline have a probability below 0 or above 1',
  ],
] as const)('there is no calibration of %s', (_, rows, refusal) => {
  const scores = new LabelledScores();
  for (const [score, isPositive] of rows) scores.add(score as number, isPositive as boolean);
  expect(scores.calibration()).toEqual({ refusal });
});
