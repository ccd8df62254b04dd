import { rowsWith } from '../../../tools/parity/regression-rows';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test.each([
  { count: 96, mae: 48.73608152071635, mse: 3559.985827866785, r2: 0.9152219951479145 },
  { count: 95, mae: 10, mse: 101, r2: -0.5 },
  { count: 10, mae: 1, mse: 4, r2: 0.2 },
])('rows have the figures that they are made for: %p', ({ count, mae, mse, r2 }) => {
  const rows = rowsWith({ count, mae, mse, r2 });
  const labels = rows.map(({ label }) => Number(label));
  const errors = rows.map(({ output: [said] }, index) => Number(said) - labels[index]);
  expect(rows).toHaveLength(count);
  expect(mean(errors.map(Math.abs))).toBeCloseTo(mae, 9);
  expect(mean(errors.map((error) => error * error))).toBeCloseTo(mse, 9);
  const spread = mean(labels.map((label) => (label - mean(labels)) ** 2));
  expect(1 - mean(errors.map((error) => error * error)) / spread).toBeCloseTo(r2, 9);
});

test('figures that no rows have are refused', () => {
  expect(() => rowsWith({ count: 10, mae: 2, mse: 1, r2: 0.5 })).toThrow('no rows have an MAE of 2 with 1');
});
