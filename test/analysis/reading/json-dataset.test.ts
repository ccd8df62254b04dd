import * as fc from 'fast-check';
import { createProfiler, encodeProfile, type ProfileInput, statistics, unreadable } from '../../../lib/analysis';
import { profileOf } from '../dataset';
import { holds } from '../property';

const LINES: ProfileInput = { kind: 'dataset', format: { json: { lines: true } } };
const DOCUMENT: ProfileInput = { kind: 'dataset', format: { json: { lines: false } } };

const types = (text: string, input: ProfileInput) =>
  statistics(profileOf([text], input)).features.map(({ name, inferred_type }) => [name, inferred_type]);

test('JSON Lines give flattened columns; the text of a number is its type', () => {
  expect(types('{"a":1.0,"b":{"c":true,"d":"x"}}\n\n{"b":{"d":null},"a":2.5,"e":3}\r\n', LINES)).toEqual([
    ['a', 'Fractional'],
    ['b.c', 'String'],
    ['b.d', 'String'],
    ['e', 'Integral'],
  ]);
});

test.each([
  ['an array of objects', '[{"a":1},\n {"a":2.5} ]'],
  ['objects one after the other', '{"a":1}\n{"a":2.5}'],
  ['an array without white space', '[{"a":1},{"a":2.5}]'],
  ['braces, brackets and quotes in texts', '[{"a":1,"s":"}]\\"{"},{"a":2.5,"s":"\\\\"}]'],
])('a document may be %s', (_, text) => {
  const profile = profileOf([text], DOCUMENT);
  expect(unreadable(profile)).toMatchObject({ recordCount: 2, unreadableCount: 0 });
  expect(statistics(profile).features[0]).toMatchObject({ name: 'a', inferred_type: 'Fractional' });
});

test('what is no flat object is named by its line, and the others are read', () => {
  const samples = (text: string, input: ProfileInput) =>
    unreadable(profileOf([text], input)).samples.map(({ line, reason, detail }) => [line, reason, detail]);
  expect(samples('{"a":1}\n{"a":\n[1]\n{"a":[1]}\n{"a":1,"a":2}\n7\n', LINES)).toEqual([
    [2, 'malformed-data', 'the record is not valid'],
    [3, 'nested-data', 'the record is no object, or has too many levels'],
    [4, 'nested-data', 'its "a" is a list: if it has a fixed length, name that in `listLengths` of the dataset'],
    [5, 'duplicate-key', 'the record is ambiguous: it has a key twice'],
    [6, 'nested-data', 'the record is no object, or has too many levels'],
  ]);
  expect(samples('[{"a":1},\n7, "x",\n{"a" 1},\n[{"a":1}]\n,{"a":2}', DOCUMENT)).toEqual([
    [2, 'nested-data', expect.anything()],
    [2, 'nested-data', expect.anything()],
    [3, 'malformed-data', 'the record is not valid'],
    [4, 'nested-data', expect.anything()],
    [5, 'malformed-data', 'the document ends before its array does'],
  ]);
  expect(samples('[{"a":1},\n{"a"', DOCUMENT)).toEqual([
    [2, 'malformed-data', 'the document ends inside of a value'],
    [2, 'malformed-data', 'the document ends before its array does'],
  ]);
});

test('a record beyond the limit is discarded, and named by its line and bytes', () => {
  for (const [text, input] of [
    ['{"a":1}\n{"a":"ééé"}\n{"a":2}', LINES],
    ['[{"a":1},\n{"a":"ééé"},{"a":2}]', DOCUMENT],
  ] as const) {
    const profile = profileOf([text], { ...input, maximumRecordBytes: 13 });
    expect(unreadable(profile)).toMatchObject({
      recordCount: 2,
      samples: [{ line: 2, detail: 'the record has 14 bytes and was discarded: at most 13 are read' }],
    });
  }
});

test.each([
  ['', LINES],
  ['\n \n', LINES],
  ['[]', DOCUMENT],
  ['', DOCUMENT],
] as const)('%j is an empty file', (text, input) => {
  expect(unreadable(profileOf([text], input)).byReason).toEqual({ 'empty-file': 1 });
});

const broken = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n1ae€'), maxLength: 60, size: 'max' });
const whole = fc
  .array(fc.record({ a: fc.integer(), 'b "]': fc.string({ unit: 'binary' }), c: fc.record({ d: fc.boolean() }) }))
  .map((rows) => JSON.stringify(rows));

test('documents are read the same wherever their bytes are cut, without an exception', () => {
  holds(
    fc.property(fc.oneof(broken, whole), fc.nat(200), fc.nat(200), fc.boolean(), (text, a, b, lines) => {
      const bytes = Buffer.from(text);
      const input = { ...(lines ? LINES : DOCUMENT), maximumRecordBytes: 40 };
      const profiler = createProfiler(input);
      const file = profiler.file('file-1');
      const cuts = [0, Math.min(a, b), Math.max(a, b), bytes.length];
      for (let index = 0; index < 3; index++) file.push(bytes.subarray(cuts[index], cuts[index + 1]));
      file.end();
      expect(encodeProfile(profiler.finish())).toBe(encodeProfile(profileOf([text], input)));
    }),
    2000,
  );
});

test('the records of an array are as many as JSON.parse finds', () => {
  holds(
    fc.property(whole, (text) => {
      const { recordCount, unreadableCount } = unreadable(profileOf([text], DOCUMENT));
      expect([recordCount, unreadableCount]).toEqual([JSON.parse(text).length, text === '[]' ? 1 : 0]);
    }),
  );
});
