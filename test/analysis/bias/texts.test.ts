import { labelsFromScores, parseLevels, textColumn, valueColumn } from '../../../lib/analysis/bias';
import { selectValues } from '../../../lib/analysis/bias/categories';
import { facetGroups, positivePredictions } from '../../../lib/analysis/bias/groups';
import { pythonFloat } from '../../../lib/analysis/numbers/python-float';

test.each([
  [1, '1.0'],
  [-0.5, '-0.5'],
  [0, '0.0'],
  [-0, '-0.0'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [1.5e-7, '1.5e-07'],
  [123456789012, '123456789012.0'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [1.25e100, '1.25e+100'],
  [16890.124046434496, '16890.124046434496'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('prints %d as Python does', (value, text) => {
  expect(pythonFloat(value)).toBe(text);
});

test.each([
  [['1', '2'], 'integer'],
  [['1', ''], 'fractional'],
  [['1', '2.5'], 'fractional'],
  [['1e3', '.5'], 'fractional'],
  [['', ''], 'fractional'],
  [['true', 'False'], 'boolean'],
  [['true', ''], 'text'],
  [['1', 'a'], 'text'],
  [['NaN', '1'], 'text'],
])('reads the texts %j as %s', (texts, kind) => {
  expect(textColumn('x', texts).kind).toBe(kind);
});

test.each([
  [[1, 2], 'integer'],
  [[1, null], 'fractional'],
  [[1, Number.NaN], 'fractional'],
  [[1.5, 2], 'fractional'],
  [[true, false], 'boolean'],
  [['a', null], 'text'],
  [[1, 'a'], 'text'],
  [[], 'fractional'],
])('reads the values %j as %s', (cells, kind) => {
  expect(valueColumn('x', cells).kind).toBe(kind);
});

test('takes texts for booleans by their name', () => {
  const column = valueColumn('x', [true, false, true]);
  expect(selectValues(column, ['False'])).toEqual([false, true, false]);
  expect(selectValues(column, ['true'])).toEqual([true, false, true]);
  expect(selectValues(column, ['maybe'])).toEqual([false, false, false]);
});

test('converts values only when no row has one as it stands', () => {
  const column = valueColumn('x', ['1', 1.5, '2']);
  expect(selectValues(column, ['1', 2])).toEqual([true, false, false]);
  expect(selectValues(column, [2])).toEqual([false, false, true]);
});

test.each([
  ['(28, 90]', { threshold: 28, isInteger: true }],
  ['(100.0, 2279.0]', { threshold: 100, isInteger: false }],
  ['(-1.5, 1e+16]', { threshold: -1.5, isInteger: false }],
  ['1,2', { values: ['1', '2'] }],
  ['0', { values: ['0'] }],
  ['(a, b]', { values: ['(a', ' b]'] }],
])('reads the group %s', (text, expected) => {
  expect(parseLevels(text)).toEqual(expected);
});

const groupOf = (values: (number | null)[], level: number | string) => {
  const groups = facetGroups(valueColumn('x', values), [level]);
  return 'value' in groups ? groups.value[0] : groups.problem;
};

test('takes what is above the threshold, up to the greatest value', () => {
  expect(groupOf([1, 2.5, 4], 2.5)).toEqual({ rows: [false, false, true], text: '(2.5, 4.0]' });
  expect(groupOf([-3, -2, -1], '-2')).toEqual({ rows: [false, false, true], text: '(-2.0, -1.0]' });
  expect(groupOf([1, null, 4], 2)).toEqual({ rows: [false, false, true], text: '(2.0, 4.0]' });
});

test('selects nothing when the threshold is above all values, or the greatest of them', () => {
  expect(groupOf([1, 2, 3], 9)).toEqual({ rows: [false, false, false], text: '(3, 9]' });
  expect(groupOf([1, 2, 3], 3)).toEqual({ rows: [false, false, false], text: '' });
});

test('cuts the decimals of predictions when labels are integers', () => {
  const label = valueColumn('y', [1, 2, 3]);
  const predicted = valueColumn('p', [1.9, 2.9, 3.5]);
  expect(positivePredictions(predicted, label, [2])).toEqual({ value: { rows: [false, false, true], text: '(2, 3]' } });
});

test('labels what scores above the threshold', () => {
  const scores = valueColumn('score', [0.5, 0.51, null, 0.9]);
  expect(labelsFromScores(scores, 'predicted')).toEqual({
    name: 'predicted',
    kind: 'integer',
    values: [0, 1, null, 1],
  });
  expect(labelsFromScores(scores, 'predicted', 0.8).values).toEqual([0, 0, null, 1]);
});
