import { javaDouble } from '../../../lib/analysis/numbers/java-double';

test.each([
  [100, '100.0'],
  [0.1, '0.1'],
  [0, '0.0'],
  [-0, '-0.0'],
  [-2.5, '-2.5'],
  [99.00990099009901, '99.00990099009901'],
  [0.001, '0.001'],
  [0.0009, '9.0E-4'],
  [0.00012345, '1.2345E-4'],
  [9999999, '9999999.0'],
  [10000000, '1.0E7'],
  [123456789.5, '1.234567895E8'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('%d is printed as %s', (value, text) => {
  expect(javaDouble(value)).toBe(text);
});
