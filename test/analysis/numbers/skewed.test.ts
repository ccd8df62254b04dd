import { unskewed } from '../../../lib/analysis/numbers/skewed';

test('what is not skewed stays what it is, however far off', () => {
  for (const off of [-3, 0, 2, Number.POSITIVE_INFINITY]) expect(unskewed(off, 0)).toBe(off);
});

test('the order stays, and either side is the mirror of the other', () => {
  for (const skewness of [-1, -0.3, 0.05, 1]) {
    const bent = Array.from({ length: 201 }, (_, index) => unskewed((index - 100) / 10, skewness));
    for (const [index, value] of bent.slice(1).entries()) expect(value).toBeGreaterThanOrEqual(bent[index]);
    expect(unskewed(-2, -skewness)).toBeCloseTo(-unskewed(2, skewness), 12);
  }
});

test('a mean below is nearer than it seems, one above is farther', () => {
  expect(unskewed(-2, 0.3)).toBeCloseTo(-2 + 0.4 - 0.72 / 27 + 0.05, 12);
  expect(unskewed(2, 0.3)).toBeCloseTo(2 + 0.4 + 0.72 / 27 + 0.05, 12);
});
