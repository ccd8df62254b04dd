import * as fc from 'fast-check';
import { decimalJson } from '../../lib/baseline/handler/decimal-json';

test.each([
  [1e-7, '0.0000001'],
  [-1.25e-7, '-0.000000125'],
  [1.5e21, '1500000000000000000000'],
  [1.2345678901234e22, '12345678901234000000000'],
  [0.1, '0.1'],
  [0, '0'],
  [5e-324, `0.${'0'.repeat(323)}5`],
])('%d is written %s', (value, text) => {
  expect(decimalJson(value)).toBe(text);
});

test('texts stay as they are, also those that look like numbers or have quotes', () => {
  const value = { '1e-7': 'a 1e-7 "2e9" \\', threshold: 2e-9, name: '1e-7' };
  expect(JSON.parse(decimalJson(value))).toEqual(value);
  expect(decimalJson(value)).toContain('"threshold": 0.000000002');
});

test('the same value is read from it, and no number has an exponent', () => {
  const numbers = fc.double({ noDefaultInfinity: true, noNaN: true });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(numbers, fc.string())), (value) => {
      const json = decimalJson(value);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(json.replace(/"(?:[^"\\]|\\.)*"/g, '')).not.toMatch(/e/i);
    }),
  );
});
