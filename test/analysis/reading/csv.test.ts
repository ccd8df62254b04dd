import * as fc from 'fast-check';
import { CsvParser } from '../../../lib/analysis/reading/csv';
import { DEFAULT_MAXIMUM_RECORD_BYTES } from '../../../lib/analysis/reading/record-size';
import { holds } from '../property';

type Event = readonly [line: number, what: string[] | string];

function parse(...chunks: string[]): Event[] {
  const events: Event[] = [];
  const parser = new CsvParser({
    row: (fields, line) => events.push([line, [...fields]]),
    problem: (problem, line) => events.push([line, problem]),
  });
  for (const chunk of chunks) parser.push(chunk);
  parser.end();
  return events;
}

test.each<[string, string, Event[]]>([
  ['no text', '', []],
  [
    'a last record without a line break',
    'a,b\n1,2',
    [
      [1, ['a', 'b']],
      [2, ['1', '2']],
    ],
  ],
  [
    'empty fields',
    ',\n1,\n',
    [
      [1, ['', '']],
      [2, ['1', '']],
    ],
  ],
  [
    'CRLF, CR and LF',
    'a\r\nb\rc\nd',
    [
      [1, ['a']],
      [2, ['b']],
      [3, ['c']],
      [4, ['d']],
    ],
  ],
  [
    'blank lines, which are no records',
    '\n \na\n\r\n\nb\n',
    [
      [3, ['a']],
      [6, ['b']],
    ],
  ],
  ['quotes', '"a,b","c""d",""\n', [[1, ['a,b', 'c"d', '']]]],
  ['a quoted empty field, which is a record', '""\n', [[1, ['']]]],
  [
    'line breaks in quotes',
    '"a\r\nb\n",1\nc,2\n',
    [
      [1, ['a\r\nb\n', '1']],
      [4, ['c', '2']],
    ],
  ],
  ['a quote inside of a field', 'a"b,c\n', [[1, ['a"b', 'c']]]],
  ['text after a closing quote', '"a"b,c\n', [[1, ['ab', 'c']]]],
  [
    'a quote that is not closed',
    'x\n"a\nb',
    [
      [1, ['x']],
      [2, 'unterminated-quote'],
    ],
  ],
])('reads %s', (_, text, expected) => {
  expect(parse(text)).toEqual(expected);
  expect(parse(...text)).toEqual(expected); // one character at a time
});

test('what was written is read again, wherever the text is cut', () => {
  const field = fc.string({ unit: fc.constantFrom(...'ab ",\n\r1.é') });
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
  holds(
    fc.property(rows, fc.array(fc.nat(200)), fc.constantFrom('\n', '\r\n'), (table, cuts, lineBreak) => {
      const text = table.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join(lineBreak);
      const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
      const chunks = at.slice(1).map((to, index) => text.slice(at[index], to));
      expect(parse(...chunks).map(([, row]) => row)).toEqual(table);
    }),
    500,
  );
});

test('any text is read the same way in one piece and in two, without an exception', () => {
  holds(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'a",\n\r '), maxLength: 60, size: 'max' }),
      fc.nat(60),
      (text, cut) => {
        expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(parse(text));
      },
    ),
    2000,
  );
});

test('a record beyond the limit is discarded, and the next one is read', () => {
  const chunk = 'x'.repeat(1024 * 1024);
  const chunks = Array(DEFAULT_MAXIMUM_RECORD_BYTES / chunk.length).fill(chunk);
  const row = [...chunks].join('');
  expect(parse('a\n', ...chunks, '\nb\n')).toEqual([
    [1, ['a']],
    [2, [row]],
    [3, ['b']],
  ]);
  expect(parse('a\n', ...chunks, ',\nb\n')).toEqual([
    [1, ['a']],
    [2, 'record-too-long'],
    [3, ['b']],
  ]);
});

test('bytes are counted as UTF-8 and to the end of the record, wherever the text is cut', () => {
  const text = 'ab,c\r\n"é\n€","x""y"\r\n😀😀,1\nabc,\n"a\nb';
  const long = (...chunks: string[]) => {
    const found: unknown[] = [];
    const sink = { row: () => {}, problem: (...problem: unknown[]) => found.push(problem) };
    const parser = new CsvParser(sink, { maximumRecordBytes: 4 });
    for (const each of chunks) parser.push(each);
    parser.end();
    return found;
  };
  const expected = [
    ['record-too-long', 2, 15],
    ['record-too-long', 4, 10],
    ['unterminated-quote', 6],
  ];
  expect(long(text)).toEqual(expected);
  expect(long(...text)).toEqual(expected);
});
