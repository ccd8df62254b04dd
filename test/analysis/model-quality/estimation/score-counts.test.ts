import { ScoreCounts } from '../../../../lib/analysis/model-quality/estimation/score-counts';
import { drawing } from './drawn';

interface Counted {
  readonly score: number;
  readonly group: number;
}

function countsOf(rows: readonly Counted[]): ScoreCounts {
  const counts = new ScoreCounts(2);
  for (const { score, group } of rows) counts.add(score, group);
  return counts;
}

function merged(parts: readonly (readonly Counted[])[]): ScoreCounts {
  const counts = new ScoreCounts(2);
  for (const part of parts) counts.merge(countsOf(part));
  return counts;
}

test('each of a few probabilities has a bin of its own, from the least up', () => {
  const counts = countsOf([
    { score: 0.75, group: 1 },
    { score: 0.25, group: 0 },
    { score: 0.75, group: 0 },
    { score: 0.75, group: 1 },
    { score: 0, group: 0 },
    { score: 1, group: 1 },
  ]);
  expect(counts.bins()).toEqual([
    { score: 0, rows: [1, 0] },
    { score: 0.25, rows: [1, 0] },
    { score: 0.75, rows: [1, 2] },
    { score: 1, rows: [0, 1] },
  ]);
});

test('numbers that are no probabilities are counted, those below as 0 and those above as 1', () => {
  const counts = countsOf([-0.1, 1.1, Number.NaN, 0.5].map((score) => ({ score, group: 0 })));
  expect([counts.outside, counts.rowCount]).toEqual([3, 4]);
  expect(counts.bins().map(({ score }) => score)).toEqual([0, 0.5, 1]);
  const both = merged([[{ score: 2, group: 0 }], [{ score: 0.5, group: 1 }]]);
  expect([both.outside, both.rowCount]).toEqual([1, 2]);
});

test.each([1_000, 40_000])('%d different probabilities come to the same bins in any order and any parts', (rows) => {
  const next = drawing(rows);
  const all = Array.from({ length: rows }, () => ({ score: next() ** 3, group: Number(next() < 0.3) }));
  const expected = countsOf(all).bins();
  expect(countsOf([...all].reverse()).bins()).toEqual(expected);
  const cuts = [0, rows * 0.01, rows * 0.3, rows * 0.9, rows];
  const parts = cuts.slice(1).map((end, index) => all.slice(cuts[index], end));
  expect(merged(parts).bins()).toEqual(expected);
  expect(merged([...parts].reverse()).bins()).toEqual(expected);
});

test('beyond 16,384 bins each becomes twice as wide, and none is lost', () => {
  const rows = Array.from({ length: 40_000 }, (_, index) => ({ score: index / 40_000, group: index % 2 }));
  const bins = countsOf(rows).bins();
  expect(bins.length).toBeLessThanOrEqual(16_384);
  expect(bins.length).toBeGreaterThan(8_000);
  const sums = [0, 1].map((group) => bins.reduce((sum, bin) => sum + bin.rows[group], 0));
  expect(sums).toEqual([20_000, 20_000]);
  const mean = bins.reduce((sum, bin) => sum + bin.score * (bin.rows[0] + bin.rows[1]), 0) / 40_000;
  expect(mean).toBeCloseTo(39_999 / 80_000, 7);
});
