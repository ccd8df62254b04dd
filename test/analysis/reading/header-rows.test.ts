import * as fc from 'fast-check';
import {
  encodeProfile,
  expectedColumns,
  type ProfileInput,
  type Statistics,
  statistics,
  unreadable,
} from '../../../lib/analysis';
import { HeaderNames } from '../../../lib/analysis/reading/header-names';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const NAMES = ['score', 'Age', 'colour'];
const row = (index: number) => [`0.${index % 10}`, String(20 + (index % 50)), ['red', 'green'][index % 2]];
const ofRows = (names: readonly string[], rows: readonly (readonly string[])[]): Statistics =>
  statistics(profileOf([[names, ...rows].map((fields) => fields.join(',')).join('\n')]));
const ROWS = Array.from({ length: 100 }, (_, index) => row(index));
const COLUMNS = expectedColumns(ofRows(NAMES, ROWS));

const line = (output: string, input: string) => captured({ output, input });
const records = ROWS.map(([score, ...rest]) => line(score, rest.join(',')));
const read = (lines: readonly string[], input: ProfileInput = { kind: 'capture', columns: COLUMNS }) => {
  const profile = profileOf([lines.join('\n')], input);
  return { profile, counts: unreadable(profile, { columnNames: input.columns?.names, mustFit: true }) };
};

test('names in the place of values are no record, wherever they stand, and the rest is read as without them', () => {
  const write = fc.constantFrom<(name: string) => string>(
    (name) => name,
    (name) => name.toUpperCase(),
    (name) => ` ${name} `,
    (name) => `"${name}"`,
  );
  const cases = fc.tuple(fc.array(fc.nat(ROWS.length), { minLength: 1, maxLength: 20 }), write);
  holds(
    fc.property(cases, fc.shuffledSubarray(NAMES, { minLength: 3 }), ([places, written], [answer, ...request]) => {
      const header = line(written(answer), request.map(written).join(','));
      const lines = [...records];
      for (const place of [...places].sort((one, other) => other - one)) lines.splice(place, 0, header);
      const { counts } = read(lines);
      expect(counts).toMatchObject({
        recordCount: ROWS.length,
        unreadableCount: places.length,
        misfitCount: places.length,
        byReason: { 'header-row': places.length },
      });
    }),
  );
});

test('their lines are told, and no value', () => {
  const { profile, counts } = read([records[0], line('score', 'Age,colour'), records[1]]);
  expect(counts.samples).toEqual([
    { file: 'file-1', line: 2, reason: 'header-row', detail: 'its values are the names of the columns' },
  ]);
  const plain = read([records[0], records[1]]).profile;
  const columns = (text: string) => JSON.parse(text).tables[0].columns;
  expect(columns(encodeProfile(profile))).toEqual(columns(encodeProfile(plain)));
});

test('a header above the only row of a request that was captured alone is none of its rows', () => {
  const columns = expectedColumns(
    ofRows(
      ['age', 'income'],
      ROWS.map(([, age], index) => [age, String(index)]),
    ),
  );
  const { counts } = read([captured({ input: 'age,income\n31,5' })], { kind: 'capture', columns });
  expect(counts).toMatchObject({ recordCount: 1, byReason: { 'header-row': 1 } });
});

test('spaces before the first name of a row say nothing, in whatever way it is read', () => {
  const lines = [...ROWS, [' score ', ' Age', 'colour ']].map((fields) => captured({ input: fields.join(',') }));
  expect(read(lines).counts).toMatchObject({ recordCount: 100, byReason: { 'header-row': 1 } });
});

test('in JSON, values that are the names of their own keys are no record', () => {
  const json = (values: object) => captured({ input: JSON.stringify(values), encoding: 'JSON' });
  const lines = [
    json({ score: 'score', Age: 'AGE', colour: 'colour' }),
    json({ score: 0.5, Age: 31, colour: 'colour' }),
    json({ score: 'score', Age: null, colour: 'colour' }),
    json({ other: 'other' }),
    json({}),
  ];
  expect(read(lines).counts).toMatchObject({ recordCount: 4, byReason: { 'header-row': 1 } });
});

test('a file that transform jobs read may have its header again', () => {
  const text = [NAMES, ROWS[0], NAMES, ROWS[1]].map((fields) => fields.join(','));
  for (const header of [true, false]) {
    const format = { csv: { header } };
    const { counts } = read(text, { kind: 'dataset', format, columns: COLUMNS });
    expect(counts).toMatchObject({ recordCount: 2, byReason: { 'header-row': header ? 1 : 2 } });
  }
});

describe('names that may be values are a record', () => {
  const counted = (names: string[], rows: string[][], cells: readonly string[]) => {
    const lines = [...rows, cells].map((fields) => captured({ input: fields.join(',') }));
    return read(lines, { kind: 'capture', columns: expectedColumns(ofRows(names, rows)) }).counts;
  };
  const many = (prefix: string) => Array.from({ length: 200 }, (_, index) => `${prefix}${index}`);

  test('where they are numbers', () => {
    const rows = ROWS.map((_, index) => ['1', String(index)]);
    expect(counted(['0', '1'], rows, ['0', '1'])).toMatchObject({ recordCount: 101, unreadableCount: 0 });
  });

  test('where they are categories that are called as their columns', () => {
    const rows = ROWS.map((_, index) => (index % 2 ? ['yes', 'no'] : ['other', 'no']));
    expect(counted(['yes', 'no'], rows, ['yes', 'no'])).toMatchObject({ recordCount: 101, unreadableCount: 0 });
    expect(counted(['yes', 'never'], rows, ['yes', 'never']).byReason).toEqual({ 'header-row': 1 });
  });

  test('where it is the only column, of text whose values are not known', () => {
    const single = many('word').map((word) => [word]);
    expect(counted(['text'], single, ['text'])).toMatchObject({ recordCount: 201, unreadableCount: 0 });
    const pairs = many('word').map((word) => [word, `${word} too`]);
    expect(counted(['text', 'title'], pairs, ['text', 'title']).byReason).toEqual({ 'header-row': 1 });
  });

  test('where some are missing, or stand twice', () => {
    expect(counted(NAMES, ROWS, ['score', 'Age', 'green']).unreadableCount).toBe(0);
    expect(counted(NAMES, ROWS, ['score', 'score', 'colour']).unreadableCount).toBe(0);
  });
});

describe('what decides about them, by which readings that find the same ones are known', () => {
  const decisive = (names: readonly string[], rows: readonly (readonly string[])[]) =>
    JSON.parse(JSON.stringify(new HeaderNames(ofRows(names, rows).features)));

  test('is names, that a column is of numbers, and the categories that are called as a column', () => {
    const rows = ROWS.map((_, index) => [String(index), index % 2 ? 'Age' : 'other']);
    expect(decisive(['age', 'kind'], rows)).toEqual([
      ['age', 'number'],
      ['kind', ['Age']],
    ]);
  });

  test('is the name alone of text of many values', () => {
    const rows = Array.from({ length: 200 }, (_, index) => [`word${index}`, `title${index}`]);
    expect(decisive(['word', 'title'], rows)).toEqual([
      ['word', 'text'],
      ['title', 'text'],
    ]);
  });
});

test('by the rules of the container they are a record', () => {
  const columns = expectedColumns(ofRows(NAMES, ROWS), true);
  const { counts } = read([...records, line('score', 'Age,colour')], { kind: 'capture', columns });
  expect(counts).toMatchObject({ recordCount: 101, unreadableCount: 0 });
});
