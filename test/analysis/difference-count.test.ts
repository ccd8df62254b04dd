import { differenceCount } from '../../lib/analysis/difference-count';
import { intervalFigure } from '../../lib/analysis/numbers/interval-figure';

/** A figure whose difference is so many standard errors off 0. */
const off = (errors: number) => ({
  reference: 0.5,
  candidate: 0.5,
  difference: intervalFigure([errors / 100, 1 / 100]),
});
const quality = (...errors: number[]) => ({
  rows: { reference: 1, candidate: 1, shared: 1 },
  metrics: errors.map((each, index) => ({ metric: `m${index}`, ...off(each) })),
});
const predictions = (errors: number) => ({ measure: 'mean', figure: off(errors) }) as const;

test('columns that drifted count, and none is a value', () => {
  expect(differenceCount({ drifted: ['a', 'b'] }, 0.05)).toBe(2);
  expect(differenceCount({ drifted: [] }, 0.05)).toBe(0);
});

test('of predictions and metrics those count that chance does not explain, on either side', () => {
  expect(differenceCount({ predictions: predictions(1.97) }, 0.05)).toBe(1); // p = 0.0488
  expect(differenceCount({ predictions: predictions(-1.97) }, 0.05)).toBe(1);
  expect(differenceCount({ predictions: predictions(1.95) }, 0.05)).toBe(0); // p = 0.0512
  expect(differenceCount({ predictions: predictions(4), quality: quality(0, -4, 1) }, 0.001)).toBe(2);
});

test('each is adjusted for how many there are', () => {
  const found = { predictions: predictions(2.2), quality: quality(1, 0.5) }; // p = 0.0278, three times that 0.083
  expect(differenceCount(found, 0.05)).toBe(0);
  expect(differenceCount(found, 0.09)).toBe(1);
});

test('of several labels the chance of the distance counts; where both answer the same requests there is none', () => {
  const labels = (pValue?: number) => ({ predictions: { measure: 'labels', distance: 0.2, pValue } }) as const;
  expect(differenceCount(labels(0.001), 0.001)).toBe(1);
  expect(differenceCount(labels(0.0011), 0.001)).toBe(0);
  expect(differenceCount(labels(), 0.001)).toBeUndefined();
});

test('what has no chance in it differs where it is not 0, and what has no interval is no test', () => {
  const exact = (value: number) => ({ reference: 0, candidate: value, difference: intervalFigure([value, 0]) });
  expect(differenceCount({ predictions: { measure: 'mean', figure: exact(0.1) } }, 0.001)).toBe(1);
  expect(differenceCount({ predictions: { measure: 'mean', figure: exact(0) } }, 0.001)).toBe(0);
  const none = { reference: 1, candidate: 2, difference: intervalFigure([1, Number.NaN]) };
  const zero = { reference: 1, candidate: 1, difference: intervalFigure([0, Number.NaN]) };
  expect(differenceCount({ predictions: { measure: 'mean', figure: none } }, 1)).toBeUndefined();
  expect(differenceCount({ predictions: { measure: 'mean', figure: zero } }, 1)).toBeUndefined();
  expect(differenceCount({}, 0.05)).toBeUndefined();
});
