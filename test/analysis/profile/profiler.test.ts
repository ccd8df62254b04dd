import * as fc from 'fast-check';
import {
  createProfiler,
  decodeProfile,
  encodeProfile,
  mergeProfiles,
  statistics,
  unreadable,
} from '../../../lib/analysis';
import { captured, csv, profileOf } from '../dataset';
import { holds } from '../property';

const capture = { kind: 'capture' } as const;

test('a profile without files has no features and counts nothing', () => {
  const empty = mergeProfiles([]);
  expect(statistics(empty)).toEqual({ version: 0, dataset: { item_count: 0 }, features: [] });
  expect(unreadable(empty)).toEqual({
    recordCount: 0,
    unreadableCount: 0,
    misfitCount: 0,
    outsideWindow: 0,
    byReason: {},
    samples: [],
  });
});

test('columns are named by the header, without one by their position or the names given', () => {
  const names = (profile: Parameters<typeof statistics>[0], columnNames?: string[]) =>
    statistics(profile, { columnNames }).features.map(({ name }) => name);
  const headless = profileOf(['1,2'], { kind: 'dataset', format: { csv: { header: false } } });
  expect(names(profileOf(['a,,c,a\n1,2,3,4']))).toEqual(['a0', '_c1', 'c', 'a3']);
  expect(names(headless)).toEqual(['_c0', '_c1']);
  expect(names(headless, ['x', 'y'])).toEqual(['x', 'y']);
  expect(names(headless, ['x'])).toEqual(['_c0', '_c1']);
});

test('a byte order mark is no part of the first name', () => {
  expect(statistics(profileOf(['\ufeffa\n1'])).features[0].name).toBe('a');
});

test('a row with the wrong number of columns is counted and named', () => {
  const profile = profileOf(['a,b\n1,2\n3\n4,5\n6,7,8']);
  expect(unreadable(profile)).toMatchObject({
    recordCount: 2,
    unreadableCount: 2,
    byReason: { 'wrong-width': 2 },
    samples: [
      { file: 'file-1', line: 3, detail: '1 columns instead of 2' },
      { file: 'file-1', line: 5, detail: '3 columns instead of 2' },
    ],
  });
});

test('without a header the width of most rows is the right one, also across parts', () => {
  const lines = (widths: number[]) =>
    widths.map((width) => captured({ input: Array(width).fill(1).join(',') })).join('\n');
  const first = profileOf([lines([3, 3, 2])], capture);
  const second = profileOf([lines([2, 2])], capture);
  expect(unreadable(first).samples).toEqual([
    { file: 'file-1', line: 3, reason: 'wrong-width', detail: '2 columns instead of 3' },
  ]);
  expect(unreadable(mergeProfiles([first, second]))).toMatchObject({
    recordCount: 3,
    byReason: { 'wrong-width': 2 },
    samples: [{ line: 1 }, { line: 2 }],
  });
});

test('without a header, of two widths of equally many rows the first is the right one, also across parts', () => {
  const row = (width: number) => captured({ input: Array(width).fill(1).join(',') });
  const wrong = [{ reason: 'wrong-width', detail: '3 columns instead of 2' }];
  expect(unreadable(profileOf([`${row(2)}\n${row(3)}`], capture)).samples).toMatchObject(wrong);
  const parts = [2, 3].map((width) => profileOf([row(width)], capture));
  expect(unreadable(mergeProfiles(parts)).samples).toMatchObject(wrong);
});

test('more widths than are kept do not push out the right one', () => {
  const lines = Array.from({ length: 40 }, (_, width) =>
    captured({
      input: Array(width + 3)
        .fill(1)
        .join(','),
    }),
  );
  const right = Array(50).fill(captured({ input: '1,2' }));
  const profile = profileOf([[...lines, ...right].join('\n')], capture);
  expect(unreadable(profile)).toMatchObject({ recordCount: 50, unreadableCount: 40, byReason: { 'wrong-width': 40 } });
  expect(unreadable(profile).samples.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
});

test('a file with another header than most rows have is counted with its rows, and named once', () => {
  const profile = profileOf(['a,b\n1,2\n3,4', 'a,c\n5,6', 'a,b\n7,8']);
  expect(unreadable(profile)).toEqual({
    recordCount: 3,
    unreadableCount: 1,
    misfitCount: 1,
    outsideWindow: 0,
    byReason: { 'header-mismatch': 1 },
    samples: [{ file: 'file-2', line: 1, reason: 'header-mismatch', detail: 'column 2 is "c" instead of "b"' }],
  });
});

test('a header that has other names than the baseline makes its rows unreadable', () => {
  const profile = profileOf(['a,x\n1,2\n3,4']);
  expect(unreadable(profile, { columnNames: ['b', 'a'] })).toMatchObject({
    recordCount: 0,
    byReason: { 'header-mismatch': 2 },
  });
  expect(unreadable(profile, { columnNames: ['x', 'a'] })).toMatchObject({ recordCount: 2, unreadableCount: 0 });
});

test('empty files are counted', () => {
  expect(
    unreadable(profileOf(['', 'a\n1', '\n\n'])).samples.map(({ file, line, reason }) => [file, line, reason]),
  ).toEqual([
    ['file-1', 1, 'empty-file'],
    ['file-3', 1, 'empty-file'],
  ]);
  expect(unreadable(profileOf(['\n'], capture)).byReason).toEqual({ 'empty-file': 1 });
});

test('records outside of the window are counted apart and are no defect', () => {
  const times = ['2024-05-01T09:59:59Z', '2024-05-01T10:00:00Z', '2024-05-01T11:00:00Z', '{%s}'];
  const text = times.map((time) => captured({ input: '1', time })).join('\n');
  const window = { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' };
  expect(unreadable(profileOf([text], { kind: 'capture', window }))).toMatchObject({
    recordCount: 1,
    outsideWindow: 2,
    unreadableCount: 1,
    samples: [{ file: 'file-1', line: 4, reason: 'invalid-time' }],
  });
});

test('samples are the first 100 in file order, counts are exact', () => {
  const bad = Array(70).fill('broken').join('\n');
  const whole = mergeProfiles([1, 2, 3].map(() => profileOf([bad], capture)));
  const { samples, unreadableCount } = unreadable(whole);
  expect([samples.length, unreadableCount, samples[99].line]).toEqual([100, 210, 30]);
});

test('JSON records give named columns, missing where a record lacks them', () => {
  const lines = ['{"a":1}', '{"a":2,"b":"x"}', '{"b":null}'].map((input) => captured({ input, encoding: 'JSON' }));
  const { features } = statistics(profileOf([lines.join('\n')], capture));
  expect(features.map((feature) => [feature.name, feature.inferred_type])).toEqual([
    ['a', 'Integral'],
    ['b', 'String'],
  ]);
  expect(features[0].numerical_statistics?.common).toEqual({ num_present: 2, num_missing: 1 });
  expect(features[1].string_statistics?.common).toEqual({ num_present: 1, num_missing: 2 });
});

test('rows of the rarer format are counted', () => {
  const json = captured({ input: '{"a":1}', encoding: 'JSON' });
  const text = [captured({ input: '1' }), json, captured({ input: '2' })].join('\n');
  expect(unreadable(profileOf([text], capture)).samples).toEqual([
    { file: 'file-1', line: 2, reason: 'wrong-format', detail: 'named row among width rows' },
  ]);
});

test('rows of absurdly many columns are counted, whatever they are read from', () => {
  const many = Array.from({ length: 10000 }, (_, index) => `k${index}`);
  const json = JSON.stringify(Object.fromEntries(many.map((key) => [key, 1])));
  const lines = [captured({ input: many.join(',') }), captured({ input: json, encoding: 'JSON' })].join('\n');
  expect(unreadable(profileOf([lines], capture)).byReason).toEqual({ 'too-many-columns': 2 });
  expect(unreadable(profileOf([`${many.join(',')}\n1,2`])).byReason).toEqual({ 'too-many-columns': 2 });
});

test('a quote that is not closed is counted at the line it begins on', () => {
  expect(unreadable(profileOf(['a,b\n1,2\n3,"4\n5,6'])).samples).toEqual([
    { file: 'file-1', line: 3, reason: 'malformed-data', detail: 'a quote is not closed before the end of the file' },
  ]);
});

test('fails when the window is no pair of times, and when a file has not ended', () => {
  const open = createProfiler(capture);
  open.file('a');
  expect(() => open.finish()).toThrow('ProfileOpen');
  const window = { start: '2024-05-01T11:00:00Z', end: 'now' };
  expect(() => createProfiler({ kind: 'capture', window })).toThrow('ProfileWindow');
});

test('a record beyond the limit is discarded, and named by its file, line and bytes', () => {
  const detail = (bytes: number) => `the record has ${bytes} bytes and was discarded: at most 20 are read`;
  const table = profileOf(['a,b\n1,2\n"ää\n\nää",xxxxxxxx\n3,4\n"never closed, ...\n5,6'], {
    kind: 'dataset',
    maximumRecordBytes: 20,
  });
  expect(unreadable(table)).toMatchObject({
    recordCount: 2,
    byReason: { 'record-too-long': 2 },
    samples: [
      { file: 'file-1', line: 3, detail: detail(21) },
      { file: 'file-1', line: 7, detail: detail(22) },
    ],
  });
  const lines = profileOf([`x\n${'é'.repeat(11)}\r\n`], { kind: 'capture', maximumRecordBytes: 20 });
  expect(unreadable(lines).samples).toMatchObject([
    { line: 1, reason: 'malformed-record' },
    { line: 2, detail: detail(23) },
  ]);
});

test.each([0, 1.5, Number.NaN])('fails for a limit of %p bytes', (maximumRecordBytes) => {
  expect(() => createProfiler({ kind: 'dataset', maximumRecordBytes })).toThrow('ProfileRecordBytes');
});

describe('lines of a dataset end with LF, CRLF or CR, in any mixture, and it makes no difference', () => {
  const lineBreak = fc.constantFrom('\n', '\r\n', '\r', '\r\r\n', '\n\r');
  const field = fc.constantFrom('1', '2.5', 'x', '', '"a,b"', '"c\r\nd"', '"e\rf"', 'é');
  const rows = fc.array(fc.tuple(fc.tuple(field, field), lineBreak), { minLength: 1, maxLength: 12 });

  test.each([true, false])('with a header %p, however its bytes are cut', (header) => {
    const input = { kind: 'dataset', format: { csv: { header } } } as const;
    holds(
      fc.property(rows, fc.array(fc.nat(150), { maxLength: 4 }), (table, cuts) => {
        const text = (end: (given: string) => string) =>
          [['a', 'b'] as const, ...table.map(([fields]) => fields)]
            .map((fields, index) => fields.join(',') + end(table[index % table.length][1]))
            .join('');
        const bytes = Buffer.from(text((given) => given));
        const profiler = createProfiler(input);
        const file = profiler.file('f');
        let from = 0;
        for (const cut of [...cuts].sort((one, other) => one - other)) {
          file.push(bytes.subarray(from, cut));
          from = Math.max(from, cut);
        }
        file.push(bytes.subarray(from));
        file.end();
        const mixed = profiler.finish();
        const plain = profileOf([text(() => '\n')], input);
        expect(statistics(mixed)).toEqual(statistics(plain));
        expect(unreadable(mixed).byReason).toEqual(unreadable(plain).byReason);
      }),
    );
  });
});

test('bytes may be cut anywhere, inside of characters too', () => {
  const bytes = Buffer.from('näme,b\n"ä,ö",1\r\n€,2\n');
  const whole = statistics(profileOf([bytes.toString()]));
  holds(
    fc.property(fc.nat(bytes.length), fc.nat(bytes.length), (a, b) => {
      const profiler = createProfiler({ kind: 'dataset' });
      const file = profiler.file('f');
      const cuts = [0, Math.min(a, b), Math.max(a, b), bytes.length];
      for (let index = 0; index < 3; index++) file.push(bytes.subarray(cuts[index], cuts[index + 1]));
      file.end();
      expect(statistics(profiler.finish())).toEqual(whole);
    }),
  );
});

const cell = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map(String),
  fc.double({ min: -9, max: 9, noNaN: true }).map((value) => value.toFixed(2)),
  fc.constantFrom('', 'red', 'green', 'true', '1e3', '.5'),
);
const table = fc.array(
  fc.tuple(cell, cell).filter((row) => row.join('') !== ''),
  { maxLength: 60, size: 'max' },
);

test('two halves that are merged equal the whole', () => {
  const exact = (rows: string[][]) => profileOf([csv([['a', 'b'], ...rows])]);
  holds(
    fc.property(table, table, (first, second) => {
      for (const generation of ['deequ-1.0', 'deequ-2.0'] as const) {
        const whole = statistics(exact([...first, ...second]), { generation });
        const merged = statistics(mergeProfiles([exact(first), exact(second)]), { generation });
        expect(rounded(merged)).toEqual(rounded(whole));
      }
    }),
  );
});

test('the order of rows matters for nothing but the sketch and last bits', () => {
  holds(
    fc.property(table, (rows) => {
      const there = statistics(profileOf([csv([['a', 'b'], ...rows])]));
      const back = statistics(profileOf([csv([['a', 'b'], ...rows.reverse()])]));
      expect(rounded(back, true)).toEqual(rounded(there, true));
    }),
  );
});

/** Sums, means and deviations to nine digits, categories as sets; optionally the sketch, too. */
function rounded(value: unknown, sorted = false): unknown {
  return JSON.parse(JSON.stringify(value), (key, each) => {
    if (['sum', 'mean', 'std_dev'].includes(key)) return Number(each.toFixed(9)) + 0;
    if (key === 'buckets' && each[0]?.value !== undefined) return each.sort(byValue);
    return sorted && key === 'data' ? each.map((level: number[]) => level.sort((a, b) => a - b)) : each;
  });
}

const byValue = (a: { value: string }, b: { value: string }) => (a.value < b.value ? -1 : 1);

test('a profile survives as text, to the bit', () => {
  holds(
    fc.property(table, table, (first, second) => {
      const [a, b] = [first, second].map((rows) => profileOf([csv([['a', 'b'], ...rows]), 'x\n1', '']));
      const restored = decodeProfile(encodeProfile(a));
      expect(encodeProfile(restored)).toBe(encodeProfile(a));
      expect(statistics(mergeProfiles([restored, b]))).toEqual(statistics(mergeProfiles([a, b])));
      expect(unreadable(mergeProfiles([restored, b]))).toEqual(unreadable(mergeProfiles([a, b])));
    }),
  );
});

test('a merge leaves its parts as they were', () => {
  const parts = ['a\n1\n2', 'a\nx\n3'].map((text) => profileOf([text]));
  const before = parts.map(encodeProfile);
  mergeProfiles(parts);
  expect(parts.map(encodeProfile)).toEqual(before);
});

test('numbers beyond the range of doubles survive as text', () => {
  const profile = profileOf(['a\n1e999\n-1e999']);
  expect(encodeProfile(decodeProfile(encodeProfile(profile)))).toBe(encodeProfile(profile));
});

test.each([
  ['{"version":99}', 'ProfileVersion: the profile has the version 99'],
  ['null', 'ProfileVersion'],
  ['{', 'ProfileMalformed'],
])('fails for a profile that reads %s', (text, message) => {
  expect(() => decodeProfile(text)).toThrow(message);
});
