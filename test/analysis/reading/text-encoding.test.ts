import * as fc from 'fast-check';
import {
  createProfiler,
  dataQualityAnalysis,
  encodeProfile,
  type ProfileInput,
  statistics,
} from '../../../lib/analysis';
import { holds } from '../property';

type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';
type Format = 'csv' | 'lines' | 'document';

const input = (format: Format, encoding?: Encoding): ProfileInput => ({
  kind: 'dataset',
  format: format === 'csv' ? { csv: { header: true, encoding } } : { json: { lines: format === 'lines', encoding } },
});

const BYTES: { readonly [encoding in Encoding]: (text: string) => Buffer } = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-16LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16BE': (text) => Buffer.from(text, 'utf16le').swap16(),
  'Windows-1252': (text) => Buffer.from(text, 'latin1'),
};

/** Reads bytes that come in parts of these sizes, and then whatever is left. */
function read(bytes: Buffer, settings: ProfileInput, sizes: readonly number[] = []) {
  const profiler = createProfiler(settings);
  const file = profiler.file('train');
  let at = 0;
  for (const size of sizes) {
    file.push(bytes.subarray(at, at + size));
    at += size;
  }
  file.push(bytes.subarray(at));
  file.end();
  return profiler.finish();
}

const TEXTS: { readonly [format in Format]: (rows: readonly (readonly [string, number])[]) => string } = {
  csv: (rows) => ['städte,n', ...rows.map(([text, n]) => `"${text.replaceAll('"', '""')}",${n}`)].join('\n'),
  lines: (rows) => rows.map(([text, n]) => JSON.stringify({ städte: text, n })).join('\n'),
  document: (rows) => JSON.stringify(rows.map(([text, n]) => ({ städte: text, n }))),
};

const unicode = fc.string({ unit: fc.constantFrom(...'aé€ß中😀 "\n,x') });
const latin = fc.string({ unit: fc.constantFrom(...'aéÿ ß½x"\n,') });
const rowsOf = (text: fc.Arbitrary<string>) => fc.array(fc.tuple(text, fc.nat(9)), { minLength: 1, maxLength: 8 });
const sizes = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 40 });
const format = fc.constantFrom<Format>('csv', 'lines', 'document');
const unmarked = (encoding: Encoding) => fc.tuple(fc.constant(encoding), fc.constant(''));
const unicodeFile = fc.tuple(fc.constantFrom<Encoding>('UTF-8', 'UTF-16LE', 'UTF-16BE'), fc.constantFrom('', '\uFEFF'));

/** Whatever the encoding, and wherever the bytes are cut, the profile is that of the text in UTF-8. */
const isReadAlike = (text: string, kind: Format, [encoding, mark]: readonly [Encoding, string], cuts: number[]) => {
  const expected = encodeProfile(read(Buffer.from(text), input(kind)));
  const bytes = BYTES[encoding](mark + text);
  expect(encodeProfile(read(bytes, input(kind, encoding), cuts))).toBe(expected);
  if (mark === '') return;
  for (const declared of [undefined, 'UTF-8', 'UTF-16LE', 'UTF-16BE', 'Windows-1252'] as const)
    expect(encodeProfile(read(bytes, input(kind, declared), cuts))).toBe(expected);
};

test('a dataset in any encoding is read as in UTF-8, and its mark says more than what was declared', () => {
  const property = fc.property(rowsOf(unicode), format, unicodeFile, sizes, (rows, kind, file, cuts) =>
    isReadAlike(TEXTS[kind](rows), kind, file, cuts),
  );
  holds(property, 300);
  const western = fc.property(rowsOf(latin), format, unmarked('Windows-1252'), sizes, (rows, kind, file, cuts) =>
    isReadAlike(TEXTS[kind](rows), kind, file, cuts),
  );
  holds(western, 300);
});

test('what Windows-1252 has beyond Latin-1 is read as it has it', () => {
  const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.from(Array.from({ length: 32 }, (_, at) => 0x80 + at))]);
  const [{ string_statistics }] = statistics(read(bytes, input('csv', 'Windows-1252'))).features;
  const [{ value }] = string_statistics?.distribution?.categorical?.buckets ?? [];
  expect(value).toBe('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009dž\u0178');
});

test.each<[string, Buffer]>([
  ['an empty file', Buffer.alloc(0)],
  ['a mark alone', Buffer.from([0xff, 0xfe])],
])('%s is empty in every encoding', (_, bytes) => {
  for (const encoding of ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'Windows-1252'] as const)
    expect(read(bytes, input('csv', encoding)).defects.counts).toEqual(new Map([['empty-file', 1]]));
});

test('a file that is shorter than a mark is read', () => {
  expect(read(Buffer.from('é', 'latin1'), input('csv', 'Windows-1252')).mainTable()?.names).toEqual(['é']);
});

function judged(bytes: Buffer, encoding?: Encoding): string | undefined {
  const settings = input('csv', encoding);
  return dataQualityAnalysis({ input: settings }).judgedDataset?.(read(bytes, settings)).problem;
}

describe('a dataset is refused', () => {
  const text = ['a,b', ...Array.from({ length: 50 }, (_, i) => `${i},${i % 2 === 0 ? 'Köln' : 'Bonn'}`)].join('\n');

  test.each<[Encoding, Encoding, RegExp]>([
    ['Windows-1252', 'UTF-8', /^there are characters that are no UTF-8 in column 2; give the dataset the `encoding`/],
    ['UTF-16LE', 'UTF-8', /null characters, as of UTF-16 that is read as UTF-8, in column/],
    ['UTF-16BE', 'Windows-1252', /null characters, as of UTF-16 that is read as Windows-1252, in column/],
  ])('that is in %s and declared as %s, and the prop is named', (real, declared, words) => {
    expect(judged(BYTES[real](text), declared)).toMatch(words);
    expect(judged(BYTES[real](text), real)).toBeUndefined();
  });

  test('whose last character is cut off', () => {
    expect(judged(BYTES['UTF-16LE'](text).subarray(0, -1), 'UTF-16LE')).toMatch(
      /^there are characters that are no UTF-16LE in column 2/,
    );
    expect(judged(BYTES['UTF-16BE'](text).subarray(0, -1), 'UTF-16BE')).toMatch(
      /^there are characters that are no UTF-16BE in column 2/,
    );
  });
});
