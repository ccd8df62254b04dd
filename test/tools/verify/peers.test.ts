import { areClose, differences } from '../../../tools/verify/peers/differences';

test('figures differ beyond the last digits of a sum, and where one is no number', () => {
  expect(areClose(0.1 + 0.2, 0.3)).toBe(true);
  expect(areClose(1e6, 1e6 + 0.01)).toBe(false);
  expect(areClose(1e-13, 0)).toBe(true);
  expect(areClose('Infinity', 'Infinity')).toBe(true);
  expect(areClose(null, 0)).toBe(false);
});

test('a figure that is missing here is a difference, one that is missing there is none', () => {
  expect(differences('churn', { recall: 1, auc: 0.5 }, { recall: 1, precision: 0.5 })).toEqual([
    'churn: precision is undefined here, and 0.5 there',
  ]);
});
