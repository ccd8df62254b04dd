import { holmAdjusted } from '../../../../lib/analysis/numbers/holm';

test.each<[string, number[], number[]]>([
  ['none', [], []],
  ['one, as it is', [0.25], [0.25]],
  ['the least by their number, the next by one less', [0.125, 0.0625], [0.125, 0.125]],
  ['whatever their order', [0.5, 0.015625, 0.0625], [0.5, 0.046875, 0.125]],
  ['never below one that is less', [0.03125, 0.0078125, 0.03125], [0.0625, 0.0234375, 0.0625]],
  ['never above 1', [0.75, 0.5], [1, 1]],
  [
    'those that are no test are not counted',
    [Number.NaN, 0.25, Number.NaN, 0.125],
    [Number.NaN, 0.25, Number.NaN, 0.25],
  ],
])('p-values are adjusted: %s', (_, pValues, adjusted) => {
  expect(holmAdjusted(pValues)).toEqual(adjusted);
});
