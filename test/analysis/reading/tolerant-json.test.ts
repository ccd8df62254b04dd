import * as fc from 'fast-check';
import { validJson } from '../../../lib/analysis/reading/tolerant-json';
import { holds } from '../property';

const NON_NUMBERS = ['NaN', 'Infinity', '-Infinity'];

/** JSON as Python's `json` writes it: numbers that are none by their names. */
function written(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${written(each)}`)}}`;
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom(...NON_NUMBERS, 'NaN, "NaN"', '\\NaN', '"', '\\'),
  fc.string({ unit: fc.constantFrom('NaN', '"', '\\', ',', '-', 'Infinity') }),
);
const leaf = fc.oneof(text, fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY), fc.boolean());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(text, tie('value'))),
}));

test('a document of any client is the value that it says, with null for numbers that are none', () => {
  holds(
    fc.property(value, (each) => {
      const valid = validJson(written(each));
      expect(JSON.parse(valid ?? '')).toEqual(JSON.parse(JSON.stringify(each)));
    }),
    1000,
  );
});

test('valid JSON is left as it is, whatever its strings say', () => {
  holds(
    fc.property(
      fc.oneof(
        fc.json(),
        text.map((each) => JSON.stringify({ [each]: each })),
      ),
      (each) => {
        expect(validJson(each)).toBe(each);
      },
    ),
    1000,
  );
});

test('where no value may stand, and in a longer word, there is nothing to tolerate', () => {
  const parts = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '+', 'e', ' ', 'null', 'W');
  const word = fc.constantFrom(...NON_NUMBERS);
  holds(
    fc.property(fc.array(parts, { maxLength: 6 }), word, fc.array(parts, { maxLength: 6 }), (before, each, after) => {
      const at = (what: string) => [...before, what, ...after].join('');
      expect(validJson(at(each)) !== undefined).toBe(isJson(at('true')));
    }),
    2000,
  );
});

function isJson(made: string): boolean {
  try {
    JSON.parse(made);
    return true;
  } catch {
    return false;
  }
}

test.each(['', 'NaNs', 'nan', 'inf', '+Infinity', '--Infinity', '1NaN', '{NaN: 1}', '{"a": NaN', '"NaN', "{'a': NaN}"])(
  'fails for %s',
  (each) => {
    expect(validJson(each)).toBeUndefined();
  },
);

test.each(['"\\', '"', '{"a":NaN,', '-', 'NaN"', '[NaN,"\\"",'])('a megabyte of %s takes no time', (part) => {
  expect(validJson(part.repeat(1_000_000 / part.length))).toBeUndefined();
});
