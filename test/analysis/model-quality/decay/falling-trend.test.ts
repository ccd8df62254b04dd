import { fallingTrend } from '../../../../lib/analysis/model-quality/decay/falling-trend';
import type { Estimate } from '../../../../lib/analysis/numbers/delta-method';

const values = (of: readonly number[], error = 0.01): Estimate[] => of.map((value) => [value, error]);
/** Off a line by turns, so that neighbours do not follow each other. */
const turns = (index: number, by: number) => (index % 2 === 0 ? by : -by);
const falling = (windows: number, last: number, step: number, off = 0.01) =>
  values(
    Array.from({ length: windows }, (_, index) => {
      return 0.9 - step * Math.max(0, index - (windows - last) + 1) + turns(index, off);
    }),
  );

test('a line that falls by so much, from the level that was before, is found as that', () => {
  const { step, level, pValue } = fallingTrend(falling(42, 10, 0.01, 0), 10);
  expect(step).toBeCloseTo(0.01, 12);
  expect(level).toBeCloseTo(0.9, 12);
  expect(pValue).toBeLessThan(1e-20);
});

test('what rises is no fall, and what stays is none that chance does not explain', () => {
  const rising = fallingTrend(falling(30, 10, -0.01), 10);
  expect(rising.step).toBeLessThan(0);
  expect(rising.pValue).toBeGreaterThan(0.999);
  expect(fallingTrend(falling(30, 10, 0), 10).pValue).toBeGreaterThan(0.1);
});

test('the errors of values count: those of larger ones say less', () => {
  const small = falling(42, 10, 0.01);
  const large = small.map(([value, error]): Estimate => [value, 4 * error]);
  expect(fallingTrend(large, 10).pValue).toBeGreaterThan(1e3 * fallingTrend(small, 10).pValue);
});

test('values with small errors weigh more: the step is that of those', () => {
  const mixed = falling(42, 10, 0.01, 0).map(
    ([value], index): Estimate => (index % 2 === 0 ? [value, 0.001] : [value + 0.05, 1]),
  );
  expect(fallingTrend(mixed, 10).step).toBeCloseTo(0.01, 4);
});

test('values that are farther off the line than their errors say are believed less', () => {
  const near = fallingTrend(falling(42, 10, 0.01, 0.01), 10);
  const far = fallingTrend(falling(42, 10, 0.01, 0.03), 10);
  expect(far.pValue).toBeGreaterThan(1e4 * near.pValue);
});

test('values that follow each other are worth fewer than as many that do not', () => {
  const off = Array.from({ length: 42 }, (_, index) => 0.02 * Math.sign(Math.sin((index * Math.PI) / 4 + 0.1)));
  const line = falling(42, 10, 0.01, 0);
  const shuffled = (index: number) => off[(index * 5) % 42];
  const following = fallingTrend(values(line.map(([value], index) => value + off[index])), 10);
  const apart = fallingTrend(values(line.map(([value], index) => value + shuffled(index))), 10);
  expect(following.pValue).toBeGreaterThan(10 * apart.pValue);
});

test('what is left of values has the tail of a t distribution, not a normal one', () => {
  // ten values with errors that are next to none: what is left decides, with 8 degrees of freedom at most
  const { pValue } = fallingTrend(
    values(
      falling(10, 10, 0.01).map(([value]) => value),
      1e-9,
    ),
    10,
  );
  // the slope is 0.01 +/- 0.0011 by what is left, 8.8 standard errors: of a t distribution with 8 degrees of freedom 1.1e-5, of a normal one 7e-19
  expect(pValue).toBeGreaterThan(1e-6);
  expect(pValue).toBeLessThan(1e-3);
});

// by a second implementation, of the normal equations
test.each([
  ['by turns', 20, 8, 0.004, 1, 0.02, [0.004574712643678161, 0.9010344827586206, 0.009697913263400823]],
  ['two by two', 24, 8, 0.01, 2, 0.03, [0.0116, 0.9024, 0.005226595827693137]],
  ['four by four', 24, 8, 0.02, 4, 0.02, [0.022133333333333335, 0.9032, 0.05314865178187654]],
  ['three by three, of few values', 12, 6, 0.03, 3, 0.02, [0.033317972350230415, 0.9058064516129032, 0.0981564732953]],
  ['four by four, of many', 60, 10, 0.02, 4, 0.02, [0.01908343711083437, 0.9004931506849315, 2.12235095346696e-6]],
] as const)('values that are off a line %s', (_, windows, last, step, together, off, [fall, level, pValue]) => {
  const line = falling(windows, last, step, 0);
  const found = fallingTrend(
    values(line.map(([value], index) => value + turns(Math.floor(index / together), off))),
    last,
  );
  expect(found.step).toBeCloseTo(fall, 12);
  expect(found.level).toBeCloseTo(level, 12);
  expect(found.pValue / pValue).toBeCloseTo(1, 6);
});

test('of values that are all the same, chance explains that there is no fall', () => {
  expect(fallingTrend(values([1, 1, 1, 1, 1], 1), 2)).toEqual({ step: expect.closeTo(0), level: 1, pValue: 0.5 });
});
