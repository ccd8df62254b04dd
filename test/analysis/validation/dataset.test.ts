import * as fc from 'fast-check';
import { dataQualityAnalysis, type ProfileInput } from '../../../lib/analysis';
import { profileOf } from '../dataset';
import { holds } from '../property';

const judged = (texts: string[], format?: ProfileInput['format']) =>
  dataQualityAnalysis({ input: { kind: 'dataset', format } }).judgedDataset?.(
    profileOf(texts, { kind: 'dataset', format }),
  );
const problem = (text: string, format?: ProfileInput['format']) => judged([text], format)?.problem;
const lines = (count: number, line: (i: number) => string, header?: string) =>
  [...(header === undefined ? [] : [header]), ...Array.from({ length: count }, (_, i) => line(i))].join('\n');

const DELIMITERS = { COMMA: ',', SEMICOLON: ';', TAB: '\t', PIPE: '|' };

test.each(Object.entries(DELIMITERS).slice(1))(
  'a dataset that is separated by a %s is told so, with a header and without',
  (name, character) => {
    const text = (header?: string) => lines(50, (i) => [i, `text ${i}`, i / 8].join(character), header);
    const words = new RegExp(
      `^every line is one column, with .* in it; give the dataset \`delimiter: CsvDelimiter.${name}\``,
    );
    expect(problem(text(['a', 'b', 'c'].join(character)))).toMatch(words);
    expect(problem(text(), { csv: { header: false } })).toMatch(words);
  },
);

test('a dataset is told so by its header where its lines are too long to be kept', () => {
  const wide = (cell: (column: number) => string) => Array.from({ length: 300 }, (_, column) => cell(column)).join(';');
  const text = lines(
    50,
    (i) => wide((column) => `${i}.${column}`),
    wide((column) => `column${column}`),
  );
  expect(problem(text)).toMatch(/^every line is one column, with semicolons/);
});

test('a dataset with decimal commas is told of its semicolons, though its rows have other widths', () => {
  expect(problem(lines(50, (i) => `${i};${i},5;7,1`, 'a;b;c'))).toMatch(/^every line is one column, with semicolons/);
});

test('with a delimiter of its own, commas are another one', () => {
  const csv = { header: true, delimiter: ';' };
  expect(
    problem(
      lines(50, (i) => `${i},${i}`, 'a,b'),
      { csv },
    ),
  ).toContain('`delimiter: CsvDelimiter.COMMA`');
  expect(
    problem(
      lines(50, (i) => `${i};${i}`, 'a;b'),
      { csv },
    ),
  ).toBeUndefined();
});

test('whatever a dataset of several columns has in its texts, or one column here and there, is no delimiter', () => {
  expect(problem(lines(50, (i) => `${i},a;b|c`, 'a;x,b;x'))).toBeUndefined();
  expect(problem(lines(50, (i) => (i % 2 === 0 ? 'a;b' : 'a'), 'text'))).toBeUndefined();
  expect(problem(lines(50, () => 'a;b', 'text'))).toBeUndefined();
});

test('in JSON nothing is separated', () => {
  expect(
    problem(
      lines(50, () => '{"a;b":"x;y"}'),
      { json: { lines: true } },
    ),
  ).toBeUndefined();
});

test.each<[string, string, RegExp | undefined]>([
  ['numbers', '7,0.5,12', /numbers in columns 1, 2, 3; give the dataset `header: false` if that line is a record/],
  ['a number with a fraction over numbers', 'amount,0.5,flag', /numbers in column 2; /],
  ['names', 'amount,x2,flag', undefined],
  ['numbers that count from 0', '0,1,2', undefined],
  ['years', '2019,2020,2021', undefined],
  ['a year among names', 'amount,2020,flag', undefined],
])('a header of %s', (_, header, words) => {
  const found = problem(lines(50, (i) => `${i},${i / 8},${i % 2}`, header));
  if (words) expect(found).toMatch(words);
  else expect(found).toBeUndefined();
});

test('a header without names is one, and without a header no line is', () => {
  expect(problem(lines(50, (i) => `${i},${i}`, ','))).toBeUndefined();
  expect(
    problem(
      lines(50, (i) => `${i},0.5`),
      { csv: { header: false } },
    ),
  ).toBeUndefined();
});

test('a record is told from names, whichever numbers it has', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((each) => each.toFixed(3));
  holds(
    fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), (row) => {
      fc.pre(new Set(row).size === row.length);
      expect(problem(lines(50, (i) => row.map((each) => Number(each) + i).join(','), row.join(',')))).toContain(
        '`header: false`',
      );
    }),
  );
});

function bytesOf(text: string, encoding: BufferEncoding) {
  const analysis = dataQualityAnalysis({ input: { kind: 'dataset' } });
  const reader = analysis.reader();
  const file = reader.file('train.csv');
  file.push(Buffer.from(text, encoding));
  file.end();
  return analysis.judgedDataset?.(reader.finish()).problem;
}

test('a dataset in Latin-1 is told of its columns that are no UTF-8, and of what to say', () => {
  const text = lines(50, (i) => `${i},${i % 2 === 0 ? 'Köln' : 'Bonn'}`, 'a,b');
  expect(bytesOf(text, 'latin1')).toBe(
    'there are characters that are no UTF-8 in column 2; give the dataset the `encoding` that it is written in',
  );
  expect(bytesOf(`\uFEFF${text}`, 'utf8')).toBeUndefined();
});

test('the least number of rows grows with the logarithm of the columns', () => {
  const least = (columns: number) => {
    const row = (i: number) => Array.from({ length: columns }, () => i).join(',');
    const names = Array.from({ length: columns }, (_, i) => `f${i}`).join(',');
    return [1, 2, 3, 4, 5, 6, 7, 8].find((rows) => problem(lines(rows, row, names)) === undefined);
  };
  expect([1, 2, 20, 100].map(least)).toEqual([4, 5, 6, 7]);
  expect(problem(lines(3, String, 'a'))).toBe(
    'the 3 rows are too few: at least 4 are needed to tell drift of 1 column from chance, and thousands to see some that is small',
  );
});

test('a dataset without rows, or with some that cannot be read, is not judged by their number', () => {
  expect(problem('a,b')).toBeUndefined();
  expect(problem('a,b\n1,2\n3')).toBeUndefined();
  expect(judged([])).toEqual({ notes: [] });
});

test('notes tell of columns without values, and of rows that see coarse drift alone', () => {
  expect(judged([lines(50, (i) => `${i},,`, 'a,b,c')])?.notes).toEqual([
    'without any value: columns "b", "c"',
    '50 rows: 435 are needed to see every drift of 0.1 in 3 columns',
  ]);
  expect(judged([lines(435, (i) => `${i},1,1`, 'a,b,c')])?.notes).toEqual([]);
});

test('no message has data', () => {
  const found = judged([lines(50, (i) => `secret${i};secret`, 'a;b')]);
  expect(JSON.stringify(found)).not.toContain('secret');
});

test('numbers beyond the range of a double are told with their column, of numbers alone', () => {
  const text = (column: (i: number) => string) => lines(50, (i) => `${i},${i === 7 ? '1e400' : column(i)}`, 'a,b');
  expect(problem(text(String))).toBe('there are numbers beyond the range of a double in column 2; leave them empty');
  expect(problem(text((i) => `code ${i}`))).toBeUndefined();
});
