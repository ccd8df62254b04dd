import {
  decodeProfile,
  encodeProfile,
  mergeProfiles,
  type ProfileInput,
  type RecordTransformation,
  statistics,
  unreadable,
} from '../../../lib/analysis';
import { captured, profileOf } from '../dataset';

const jsonLine = (input: object, output?: object) =>
  captured({ input: JSON.stringify(input), output: output && JSON.stringify(output), encoding: 'JSON' });
const csvLine = (input: string) => captured({ input });
const reading = (transformations?: RecordTransformation[], more: Partial<ProfileInput> = {}): ProfileInput => ({
  kind: 'capture',
  transformations,
  ...more,
});
const read = (lines: string[], transformations?: RecordTransformation[]) =>
  profileOf([lines.join('\n')], reading(transformations));
const counts = (lines: string[], transformations: RecordTransformation[]) =>
  unreadable(read(lines, transformations), { transformations });

describe('a row is read as if it had been captured', () => {
  test.each<[string, RecordTransformation[], object, object]>([
    ['with new names', [{ rename: { a: 'b' } }], { a: 1, c: 2 }, { b: 1, c: 2 }],
    ['with exchanged names', [{ rename: { a: 'b', b: 'a' } }], { a: 1, b: 2 }, { b: 1, a: 2 }],
    ['with the name of a column that was dropped', [{ drop: ['b'] }, { rename: { a: 'b' } }], { a: 1, b: 2 }, { b: 1 }],
    ['without columns', [{ drop: ['a', 'b.c'] }], { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3 } }],
    ['with values of a type', [{ cast: 'a', to: 'Fractional' }], { a: 1, b: 2 }, { a: '1.0', b: 2 }],
    ['with truth as a number', [{ cast: 'a', to: 'Integral' }], { a: true }, { a: 1 }],
    ['with missing values as they are', [{ cast: 'a', to: 'Integral' }], { a: null, b: 1 }, { a: null, b: 1 }],
    ['without the name of a key', [{ unwrap: 'f' }], { f: { a: 1, g: { b: 2 } }, h: 3 }, { a: 1, 'g.b': 2, h: 3 }],
    ['without the names of two keys', [{ unwrap: 'f' }, { unwrap: 'g' }], { f: { g: { b: 2 } } }, { b: 2 }],
    ['and a key that begins alike stays', [{ unwrap: 'f' }], { f: { a: 1 }, fg: { b: 2 } }, { a: 1, 'fg.b': 2 }],
    [
      'with what its text says in JSON',
      [{ parseJson: 'body' }],
      { body: '{"a": 1, "f": {"b": null}}' },
      { a: 1, f: { b: null } },
    ],
    [
      'with what its text says in CSV',
      [{ parseCsv: 'data', names: ['a', 'b', 'c'] }],
      { data: '1,,"x,y"' },
      { a: 1, b: null, c: 'x,y' },
    ],
    [
      'and a row without the column stays',
      [{ rename: { x: 'y' } }, { drop: ['x'] }, { cast: 'x', to: 'Integral' }, { unwrap: 'x' }, { parseJson: 'x' }],
      { a: 1 },
      { a: 1 },
    ],
    [
      'with changes in order',
      [{ unwrap: 'f' }, { rename: { a: 'b' } }, { cast: 'b', to: 'Boolean' }],
      { f: { a: 1 } },
      { b: true },
    ],
  ])('%s', (_, transformations, given, meant) => {
    expect(statistics(read([jsonLine(given)], transformations))).toEqual(statistics(read([jsonLine(meant)])));
    expect(counts([jsonLine(given)], transformations)).toMatchObject({ recordCount: 1, unreadableCount: 0 });
  });

  test.each<[string, RecordTransformation[], string, string]>([
    ['without columns of CSV', [{ drop: ['0', '2'] }], '1,2,3,4', '2,4'],
    [
      'with later columns of CSV by their new place',
      [{ drop: ['0'] }, { cast: '1', to: 'Fractional' }],
      '1,2,3',
      '2,3.0',
    ],
    ['with a missing value of CSV as it is', [{ cast: '1', to: 'Integral' }], '1,,3', '1,,3'],
  ])('%s', (_, transformations, given, meant) => {
    expect(statistics(read([csvLine(given)], transformations))).toEqual(statistics(read([csvLine(meant)])));
  });
});

describe('a row is a misfit', () => {
  test.each<[string, RecordTransformation[], string, string]>([
    ['that has the new name already', [{ rename: { a: 'b' } }], jsonLine({ b: 2, a: 1 }), 'name-taken'],
    ['that has it behind the old one', [{ rename: { a: 'b' } }], jsonLine({ a: 1, b: 2 }), 'name-taken'],
    ['that has a column like one below the key', [{ unwrap: 'f' }], jsonLine({ f: { a: 1 }, a: 2 }), 'name-taken'],
    ['that has a column like one in its text', [{ parseJson: 'b' }], jsonLine({ b: '{"a": 1}', a: 2 }), 'name-taken'],
    ['whose value is none of the type', [{ cast: 'a', to: 'Integral' }], jsonLine({ a: '3.5' }), 'failed-cast'],
    ['whose field is none of the type', [{ cast: '1', to: 'Boolean' }], csvLine('1,2'), 'failed-cast'],
    ['whose text is no JSON', [{ parseJson: 'b' }], jsonLine({ b: 'a=1' }), 'unread-text'],
    ['whose text is a list', [{ parseJson: 'b' }], jsonLine({ b: '[1]' }), 'unread-text'],
    ['whose text is two lines', [{ parseCsv: 'b', names: ['x'] }], jsonLine({ b: '1\n2' }), 'unread-text'],
    [
      'whose text has an open quote behind a line',
      [{ parseCsv: 'b', names: ['x'] }],
      jsonLine({ b: '1\n"2' }),
      'unread-text',
    ],
    ['whose text has an open quote', [{ parseCsv: 'b', names: ['x'] }], jsonLine({ b: '"1' }), 'unread-text'],
    ['whose text has fewer fields', [{ parseCsv: 'b', names: ['x', 'y'] }], jsonLine({ b: '1' }), 'wrong-width'],
    ['of CSV where names are changed', [{ rename: { 0: 'a' } }], csvLine('1'), 'no-such-column'],
    ['of CSV where something is below a key', [{ unwrap: '0' }], csvLine('1'), 'no-such-column'],
    ['of CSV without the column to drop', [{ drop: ['2'] }], csvLine('1,2'), 'no-such-column'],
    ['of CSV whose column is called by a name', [{ drop: ['age'] }], csvLine('1,2'), 'no-such-column'],
    ['of CSV without the column to cast', [{ cast: '2', to: 'Integral' }], csvLine('1,2'), 'no-such-column'],
  ])('%s', (_, transformations, line, reason) => {
    expect(counts([line], transformations)).toMatchObject({
      recordCount: 0,
      unreadableCount: 1,
      misfitCount: 1,
      byReason: { [reason]: 1 },
    });
  });

  test('and the other rows of its record are read', () => {
    const line = captured({ input: '{"a": 1}\n{"a": "x"}\n{"a": 3}', encoding: 'JSON' });
    expect(counts([line], [{ cast: 'a', to: 'Integral' }])).toMatchObject({ recordCount: 2, misfitCount: 1 });
  });

  test('and no word about it quotes its values', () => {
    const line = jsonLine({ a: 'secret', b: 1, c: 'secret' });
    const each: RecordTransformation[] = [
      { cast: 'a', to: 'Integral' },
      { parseJson: 'c' },
      { parseCsv: 'c', names: ['x', 'y'] },
    ];
    for (const one of each) expect(JSON.stringify(counts([line], [one]).samples)).not.toContain('secret');
  });
});

test('the filter sees what was captured, and what it leaves out is no misfit', () => {
  const lines = [jsonLine({ isTest: 1, age: 'none' }), jsonLine({ isTest: 0, age: 7 })];
  const transformations: RecordTransformation[] = [{ cast: 'age', to: 'Integral' }, { drop: ['isTest'] }];
  const filter = { noneOf: [{ column: 'isTest', values: ['1'] }] };
  const found = profileOf([lines.join('\n')], reading(transformations, { filter }));
  expect(unreadable(found)).toMatchObject({ recordCount: 1, unreadableCount: 0, filtered: 1 });
  expect(statistics(found).features.map(({ name }) => name)).toEqual(['age']);
});

describe('columns that no row has', () => {
  const ALL: RecordTransformation[] = [
    { rename: { a: 'b', x: 'y' } },
    { drop: ['b', 'z'] },
    { cast: 'b', to: 'Integral' },
    { unwrap: 'f' },
    { parseJson: 'j' },
    { parseCsv: 'k', names: ['l'] },
  ];

  test('are told, each with what was to be done', () => {
    expect(counts([jsonLine({ a: 1 })], ALL).notFound).toEqual([
      'rename x',
      'drop z',
      'cast b',
      'unwrap f',
      'parseJson j',
      'parseCsv k',
    ]);
  });

  test('are not told where one row has them', () => {
    const lines = [jsonLine({ c: 1 }), jsonLine({ a: 1 })];
    expect(counts(lines, [{ rename: { a: 'b' } }])).not.toHaveProperty('notFound');
  });

  test('are not told where no row was read', () => {
    expect(counts([captured({ input: 'MQ==', encoding: 'BASE64' })], ALL)).not.toHaveProperty('notFound');
  });

  test('are known of parts that travelled as text', () => {
    const transformations: RecordTransformation[] = [{ rename: { a: 'b' } }, { drop: ['z'] }];
    const parts = [jsonLine({ a: 1 }), jsonLine({ c: 1 })].map((line) =>
      decodeProfile(encodeProfile(read([line], transformations))),
    );
    expect(unreadable(mergeProfiles(parts), { transformations }).notFound).toEqual(['drop z']);
  });
});
