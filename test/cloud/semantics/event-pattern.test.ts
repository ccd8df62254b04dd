import fc from 'fast-check';
import { EventPatternError, matchesPattern } from '../../../lib/cloud/semantics/event-pattern/event-pattern';
import published from '../fixtures/event-patterns.json';

describe('published examples', () => {
  const cases = published.flatMap(({ name, page, pattern, matching, other }) => [
    ...matching.map((event, index) => ({ name, page, pattern, event, index, expected: true })),
    ...other.map((event, index) => ({ name, page, pattern, event, index, expected: false })),
  ]);
  test.each(cases)('$name ($page): event $index matches: $expected', ({ pattern, event, expected }) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });
});

describe('what the examples leave open', () => {
  test.each([
    ['an element of a list is enough', { a: [{ 'anything-but': 'x' }] }, { a: ['x', 'y'] }, true],
    ['an empty list has no value', { a: [{ exists: true }] }, { a: [] }, false],
    ['one object of a list has to satisfy all', { a: { b: [1], c: [2] } }, { a: [{ b: 1 }, { c: 2 }] }, false],
    ['an object of a list that satisfies all', { a: { b: [1], c: [2] } }, { a: [{}, { b: 1, c: 2 }] }, true],
    ['a branch that is absent has no leaf', { a: { b: [{ exists: false }] } }, {}, true],
    ['an escaped star is a star', { a: [{ wildcard: 'a\\*b*' }] }, { a: 'a*bc' }, true],
    ['an escaped star is nothing else', { a: [{ wildcard: 'a\\*b*' }] }, { a: 'axbc' }, false],
    ['a dot in a wildcard is a dot', { a: [{ wildcard: '*.png' }] }, { a: 'a-png' }, false],
    ['a wildcard spans line ends', { a: [{ wildcard: 'a*b' }] }, { a: 'a\nb' }, true],
    ['an IPv6 range', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db8:1::5' }, true],
    ['outside of an IPv6 range', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db9::1' }, false],
    ['an IPv4 address in no IPv6 range', { a: [{ cidr: '::/0' }] }, { a: '10.0.0.1' }, false],
    ['true is not the text', { a: [true] }, { a: 'true' }, false],
    ['a name of Object is no field', { constructor: [{ exists: true }] }, {}, false],
  ])('%s', (_, pattern, event, expected) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });
});

describe('patterns that are refused', () => {
  test.each([
    ['UnknownOperator', { a: [{ regex: 'x' }] }],
    ['UnknownOperator', { a: [{ 'anything-but': { numeric: ['=', 1] } }] }],
    ['UnknownOperator', { a: [{ prefix: { suffix: 'x' } }] }],
    ['UnknownOperator', { a: [{ numeric: ['!=', 1] }] }],
    ['EmptyPattern', {}],
    ['EmptyPattern', { a: [] }],
    ['EmptyPattern', { a: [{ 'anything-but': [] }] }],
    ['PatternNotAnObject', { a: 'x' }],
    ['WrongOperand', { a: [{ prefix: 5 }] }],
    ['WrongOperand', { a: [{ exists: 'true' }] }],
    ['WrongOperand', { a: [{ prefix: 'a', suffix: 'b' }] }],
    ['WrongOperand', { a: [{ numeric: ['>', 5, '<', 5] }] }],
    ['WrongOperand', { a: [{ numeric: ['<', 5, '>', 1] }] }],
    ['WrongOperand', { a: [{ 'anything-but': ['a', 1] }] }],
    ['WrongOperand', { a: [{ 'anything-but': null }] }],
    ['WrongOperand', { a: [{ cidr: '10.0.0.0/33' }] }],
    ['WrongWildcard', { a: [{ wildcard: 'a**b' }] }],
    ['WrongWildcard', { a: [{ wildcard: 'a\\b' }] }],
    ['WrongMatchValue', { a: [['x']] }],
    ['OrTooSmall', { $or: [{ a: [1] }] }],
    ['OrWithReservedField', { $or: [{ numeric: [123] }, { prefix: ['abc'] }] }],
  ])('%s: %j, whatever the event is', (code, pattern) => {
    expect(() => matchesPattern(pattern, {})).toThrow(EventPatternError);
    expect(() => matchesPattern(pattern, {})).toThrow(code);
  });

  test('absence under a list of objects is not guessed', () => {
    expect(() => matchesPattern({ a: { b: [{ exists: false }] } }, { a: [{ b: 1 }, {}] })).toThrow('AbsenceInArray');
  });
});

describe('properties', () => {
  const text = fc.string();
  test('anything-but is the opposite of the value for text', () => {
    fc.assert(
      fc.property(text, text, (wanted, found) => {
        const event = { a: found };
        expect(matchesPattern({ a: [{ 'anything-but': wanted }] }, event)).toBe(
          !matchesPattern({ a: [wanted] }, event),
        );
      }),
      { seed: 20_260_101 },
    );
  });

  test('a text matches its own prefix, suffix and wildcard', () => {
    fc.assert(
      fc.property(text, fc.nat(), (found, cut) => {
        const at = cut % (found.length + 1);
        const escaped = (part: string) => part.replace(/[\\*]/g, '\\$&');
        const wildcard = `${escaped(found.slice(0, at))}*${escaped(found.slice(at))}`;
        for (const test of [{ prefix: found.slice(0, at) }, { suffix: found.slice(at) }, { wildcard }]) {
          expect(matchesPattern({ a: [test] }, { a: found })).toBe(true);
        }
      }),
      { seed: 20_260_102 },
    );
  });

  test('a numeric range holds exactly for the numbers in it', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(number, number, fc.integer({ min: 1, max: 500 }), (found, low, width) => {
        const pattern = { a: [{ numeric: ['>', low, '<=', low + width] }] };
        expect(matchesPattern(pattern, { a: found })).toBe(found > low && found <= low + width);
      }),
      { seed: 20_260_103 },
    );
  });
});
