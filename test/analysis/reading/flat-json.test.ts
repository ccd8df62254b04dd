import * as fc from 'fast-check';
import { flattenJson } from '../../../lib/analysis/reading/flat-json';
import { holds } from '../property';

const flat = (text: string) => {
  const result = flattenJson(text);
  return typeof result === 'string' ? result : Object.fromEntries(result);
};

test('numbers keep their text, and what is null or empty is missing', () => {
  const text = '{ "a" : 1.0, "b":1,"c":-2.50e3 , "d":true,"e":null,"f":"","g":" x\\"y\\u00e9" }';
  expect(flat(text)).toEqual({ a: '1.0', b: '1', c: '-2.50e3', d: 'true', e: null, f: null, g: ' x"yé' });
});

test('numbers that JSON has no text for are missing, and others beside them keep theirs', () => {
  const text = '{"a": NaN, "b": -Infinity, "c": {"d": Infinity, "e": 1.0}, "f": "NaN"}';
  expect(flat(text)).toEqual({ a: null, b: null, 'c.d': null, 'c.e': '1.0', f: 'NaN' });
});

test('nested objects are flattened with dots', () => {
  expect(flat('{"a":{"b":1,"c":{"d":"x"}},"e":2}')).toEqual({ 'a.b': '1', 'a.c.d': 'x', e: '2' });
  expect(flat('{}')).toEqual({});
});

test.each([
  ['{"a":[1]}', 'nested-data'],
  ['[1]', 'nested-data'],
  ['3', 'nested-data'],
  [`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`, 'nested-data'],
  ['{"a":1,"a":2}', 'duplicate-key'],
  ['{"a":{"b":1},"a.b":2}', 'duplicate-key'],
  ['{"a":1', 'malformed-data'],
  ['', 'malformed-data'],
  ['{"a":nan}', 'malformed-data'],
])('fails for %s: %s', (text, problem) => {
  expect(flat(text)).toBe(problem);
});

const keys = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":1`).join(',');

test.each([
  ['k'.repeat(1024), 'k'.repeat(1025)],
  ['é'.repeat(512), `${'é'.repeat(512)}k`],
  ['😀'.repeat(256), `${'😀'.repeat(256)}k`],
])('a name has at most 1,024 bytes of UTF-8, of one key or of several', (longest, tooLong) => {
  expect(flat(JSON.stringify({ [longest]: 1 }))).toEqual({ [longest]: '1' });
  expect(flat(JSON.stringify({ [tooLong]: 1 }))).toBe('name-too-long');
  const [outer, inner] = [longest.slice(0, 200), longest.slice(200)];
  expect(flat(JSON.stringify({ [outer]: { [inner]: 1 } }))).toBe('name-too-long');
  expect(flat(JSON.stringify({ [longest]: { '': 1 } }))).toBe('name-too-long');
});

test('an object is left at the first name that is too long, and at the first column too many', () => {
  expect(flat(`{${keys(8192)}}`)).toHaveProperty('k8191', '1');
  expect(flat(`{${keys(8193)},"list":[]}`)).toBe('too-many-columns');
  expect(flat(`{"a":{${keys(5000)}},"b":{${keys(5000)}},"list":[]}`)).toBe('too-many-columns');
  expect(flat(`{"${'k'.repeat(60_000)}":{${keys(8000)},"list":[]}}`)).toBe('name-too-long');
});

test('every flat object is read back as text, whatever its keys and values', () => {
  const value = fc.oneof(
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const safe = fc.string().filter((key) => key !== '__proto__');
  holds(
    fc.property(fc.dictionary(safe, value), (object) => {
      const expected = Object.entries(object).map(([key, each]) => {
        const text = typeof each === 'string' ? each : JSON.stringify(each);
        return [key, each === null || text === '' ? null : text];
      });
      expect(flat(JSON.stringify(object, null, 1))).toEqual(Object.fromEntries(expected));
    }),
    1000,
  );
});
