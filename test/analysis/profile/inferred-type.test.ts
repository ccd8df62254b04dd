import * as fc from 'fast-check';
import { inferredType, KINDS, kindOf, newerKind, olderKind } from '../../../lib/analysis/profile/inferred-type';
import { holds } from '../property';

const newer = [/^(-|\+)? ?\d+((\.\d+)|((?:\.\d+)?[Ee][-+]?\d+))$/, /^(-|\+)? ?\d+$/, /^(true|false)$/];
const older = [/^(-|\+)? ?\d*\.\d*$/, /^(-|\+)? ?\d*$/, /^(true|false)$/];
const byPattern = (patterns: RegExp[], value: string) => {
  const index = patterns.findIndex((pattern) => pattern.test(value));
  return KINDS[index < 0 ? 3 : index];
};

test.each([
  ['1', 'Integral', 'Integral'],
  ['-1', 'Integral', 'Integral'],
  ['+ 1', 'Integral', 'Integral'],
  ['1.0', 'Fractional', 'Fractional'],
  ['.5', 'String', 'Fractional'],
  ['5.', 'String', 'Fractional'],
  ['1e5', 'Fractional', 'String'],
  ['1.5E-3', 'Fractional', 'String'],
  ['1.e5', 'String', 'String'],
  ['-', 'String', 'Integral'],
  ['true', 'Boolean', 'Boolean'],
  ['True', 'String', 'String'],
  ['NaN', 'String', 'String'],
  ['1 ', 'String', 'String'],
  ['1,5', 'String', 'String'],
])('%j is %s, to the older generation %s', (value, newerName, olderName) => {
  const code = kindOf(value);
  expect([KINDS[newerKind(code)], KINDS[olderKind(code)]]).toEqual([newerName, olderName]);
});

test('every text has the kind that the patterns of Deequ give it', () => {
  const numberLike = fc.string({ unit: fc.constantFrom(...'0123456789.+-eE ') });
  holds(
    fc.property(fc.oneof(numberLike, fc.string()), (value) => {
      const code = kindOf(value);
      expect(KINDS[newerKind(code)]).toBe(byPattern(newer, value));
      expect(KINDS[olderKind(code)]).toBe(byPattern(older, value));
    }),
    5000,
  );
});

test.each([
  [[0, 0, 0, 0], 'Unknown'],
  [[0, 3, 0, 0], 'Integral'],
  [[1, 3, 0, 0], 'Fractional'],
  [[0, 0, 2, 0], 'Boolean'],
  [[0, 1, 2, 0], 'String'],
  [[5, 5, 0, 1], 'String'],
] as const)('counts %j make a column of type %s', (counts, type) => {
  expect(inferredType([...counts])).toBe(type);
});
