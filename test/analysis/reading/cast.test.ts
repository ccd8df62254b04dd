import * as fc from 'fast-check';
import { kindOf, newerKind } from '../../../lib/analysis/profile/inferred-type';
import { castText } from '../../../lib/analysis/reading/cast';
import { holds } from '../property';

test.each([
  ['3', '3', '3.0'],
  ['3.0', '3', '3.0'],
  ['3.', '3', '3.0'],
  ['-3.00', '-3', '-3.00'],
  ['+3', '3', '3.0'],
  ['-0', '0', '0.0'],
  ['007', '7', '7.0'],
  [' 3 ', '3', '3.0'],
  ['3e2', '300', '3e2'],
  ['3.e2', '300', '3e2'],
  ['1e-7', undefined, '1e-7'],
  ['3.5', undefined, '3.5'],
  ['.5', undefined, '0.5'],
  ['-.25', undefined, '-0.25'],
  ['true', '1', '1.0'],
  ['False', '0', '0.0'],
  ['12345678901234567890', '12345678901234567890', '12345678901234567890.0'],
  ['12345678901234567890.0', '12345678901234567890', '12345678901234567890.0'],
  ['1e23', undefined, '1e23'],
  ['1e999', undefined, undefined],
  ['abc', undefined, undefined],
  ['', undefined, undefined],
  ['NaN', undefined, undefined],
  ['0x10', undefined, undefined],
  ['1,5', undefined, undefined],
])('%j is the Integral %j and the Fractional %j', (text, integral, fractional) => {
  expect([castText(text, 'Integral'), castText(text, 'Fractional')]).toEqual([integral, fractional]);
});

test.each([
  ['true', 'true'],
  ['TRUE', 'true'],
  ['1', 'true'],
  ['1.0', 'true'],
  ['0', 'false'],
  [' false ', 'false'],
  ['2', undefined],
  ['yes', undefined],
  ['', undefined],
])('%j is the Boolean %j', (text, boolean) => {
  expect(castText(text, 'Boolean')).toBe(boolean);
});

test('what is cast means the same number, has the type for the container, and is cast to itself', () => {
  const digits = fc.stringMatching(/^\d{1,15}$/);
  const decimals = fc.tuple(
    fc.constantFrom('', '-', '+'),
    digits,
    fc.constantFrom('', '.', '.0', '.25', 'e2', '.5e-3'),
  );
  const types = [
    ['Fractional', 0],
    ['Integral', 1],
  ] as const;
  holds(
    fc.property(decimals, fc.constantFrom(...types), (parts, [type, kind]) => {
      const text = parts.join('');
      const made = castText(text, type);
      if (made === undefined) {
        expect([type, Number.isSafeInteger(Number(text))]).toEqual(['Integral', false]);
        return;
      }
      expect(Number(made)).toBe(Number(text) + 0);
      expect(newerKind(kindOf(made))).toBe(kind);
      expect(castText(made, type)).toBe(made);
    }),
    2000,
  );
});
