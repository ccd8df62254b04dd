import { MODEL_DECAY_CHECK, qualityDecay } from '../../../../lib/analysis/model-quality/decay/decay';
import { windowQuality } from '../../../../lib/analysis/model-quality/decay/window-quality';
import type { QualityFigures } from '../../../../lib/analysis/port';

const off = (index: number) => (index % 2 === 0 ? 0.005 : -0.005);
/** Windows whose metric is at 0.9 and then, with each of the last ten, changes by a step. */
const windows = (metric: string, step: number, count = 30): QualityFigures[] =>
  Array.from({ length: count }, (_, index) => ({
    [metric]: [0.9 + step * Math.max(0, index - count + 11) + off(index), 0.01],
  }));
const decayOf = (all: readonly QualityFigures[], falseAlarmRate?: number) =>
  qualityDecay({ windows: all, lastWindows: 10, falseAlarmRate });

test('a metric that falls is found with the level from which it fell, and how likely chance does that', () => {
  const [found, ...others] = decayOf(windows('accuracy', -0.01));
  expect(others).toEqual([]);
  expect(found.entry).toMatchObject({ constraint_check_type: MODEL_DECAY_CHECK, metric_name: 'accuracy' });
  expect(found.entry.description).toContain('with each of the last 10 windows');
  expect(found.observed).toBeCloseTo(0.795, 9);
  expect(found.expected).toBeCloseTo(0.9, 2);
  expect(found.pValue).toBeLessThan(1e-4);
});

test.each(['mae', 'rmse'])('%s is worse when it rises, and its level is told as it is', (metric) => {
  expect(decayOf(windows(metric, -0.01))).toEqual([]);
  const [{ observed, expected }] = decayOf(windows(metric, 0.01));
  expect([observed, expected?.toFixed(2)]).toEqual(
    [1, '0.90'].map((each, i) => (i === 0 ? expect.closeTo(1, 1) : each)),
  );
});

test('what gets better is no finding', () => {
  expect(decayOf(windows('accuracy', 0.01))).toEqual([]);
});

test('a metric that has fewer windows than it is watched over is not looked at, whatever others have', () => {
  const short = windows('accuracy', -0.02, 9);
  const long = windows('f1', 0, 30);
  const mixed = long.map((window, index) => ({ ...window, ...(index >= 21 ? short[index - 21] : {}) }));
  expect(decayOf(mixed)).toEqual([]);
  const falls = windows('f1', -0.01).map((window, index) => ({ ...window, ...(index >= 21 ? short[index - 21] : {}) }));
  expect(decayOf(falls)).toEqual(decayOf(windows('f1', -0.01)));
});

test('one that has as many is', () => {
  expect(decayOf(windows('accuracy', -0.05, 10))).toHaveLength(1);
});

test('a metric with a value of which no error is known is not looked at, and others are not adjusted for it', () => {
  const falls = windows('f1', -0.01);
  const one = falls.map((window, index) => ({ ...window, accuracy: [0.9, index === 3 ? 0 : 0.01] as const }));
  expect(decayOf(one)).toEqual(decayOf(falls));
});

test('a finding is of the check that documentation names', () => {
  expect(MODEL_DECAY_CHECK).toBe('model_decay_check');
});

test('a metric that the last window does not have is not looked at', () => {
  const all = windows('accuracy', -0.01);
  expect(decayOf([...all, { f1: [0.9, 0.01] }])).toEqual([]);
});

test('of windows without a metric nothing is made: the others say how it falls', () => {
  const all = windows('accuracy', -0.01);
  const holes = all.flatMap((window) => [{}, window]);
  expect(decayOf(holes)).toEqual(decayOf(all));
});

test('a tenth of the rate of false alarms holds, and never more than of a thousandth', () => {
  const all = windows('accuracy', -0.0055);
  const [{ pValue = 1 }] = decayOf(all);
  expect(decayOf(all, 10 * pValue * 1.01)).toHaveLength(1);
  expect(decayOf(all, 10 * pValue * 0.99)).toEqual([]);
  expect(decayOf(windows('accuracy', -0.001), 1)).toEqual([]);
});

test('several metrics are adjusted for their number', () => {
  const one = windows('accuracy', -0.01);
  const three = one.map((window) => ({ ...window, f1: [0.9, 0.01] as const, auc: [0.9, 0.01] as const }));
  expect(decayOf(three)[0].pValue).toBeCloseTo(3 * (decayOf(one)[0].pValue ?? 0), 20);
});

test('nothing is found of no windows', () => {
  expect(decayOf([])).toEqual([]);
});

const CONSTRAINTS = {
  version: 0,
  binary_classification_constraints: {
    accuracy: { threshold: 0.8, comparison_operator: 'LessThanThreshold' },
    f2: { threshold: 0.8, comparison_operator: 'LessThanThreshold' },
  },
} as const;
const sampling = (rows: number) => ({
  rows,
  estimates: { accuracy: [0.912345678, 0.0123456789], f2: [0.9, 0.01], auc: [0.9, 0.01] } as const,
});

test('of a window are remembered metrics that its baseline asks for, in six digits', () => {
  const estimated = { rows: 9, gaps: [], estimates: { accuracy: [0.5, 0.1], auc: [0.5, 0.1] } } as const;
  expect(windowQuality(CONSTRAINTS, sampling(30), estimated)).toEqual({
    realized: { accuracy: [0.912346, 0.0123457] },
    estimated: { accuracy: [0.5, 0.1] },
  });
});

const REMEMBERED =
  'accuracy precision recall true_negative_rate f1 auc weighted_precision weighted_f1 mae rmse r2'.split(' ');

test('these are remembered, and none that follows from them', () => {
  const names = [...REMEMBERED, 'mse', 'f2', 'weighted_recall', 'false_positive_rate'];
  const limit = { threshold: 0.8, comparison_operator: 'LessThanThreshold' } as const;
  const asked = Object.fromEntries(names.map((name) => [name, limit]));
  const estimates = Object.fromEntries(names.map((name) => [name, [0.5, 0.1] as const]));
  const { realized = {} } = windowQuality(
    { version: 0, multiclass_classification_constraints: asked },
    { rows: 30, estimates },
    undefined,
  );
  expect(Object.keys(realized)).toEqual(REMEMBERED);
});

test('of fewer than 30 rows with a label nothing is remembered by labels', () => {
  expect(windowQuality(CONSTRAINTS, sampling(29), undefined)).toEqual({});
  expect(windowQuality(CONSTRAINTS, undefined, undefined)).toEqual({});
});
