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
      'with the items of a list',
      [{ spread: 'l', length: 3 }],
      { a: 2, l: [1, null, 'x'] },
      { a: 2, 'l.0': 1, 'l.1': null, 'l.2': 'x' },
    ],
    ['with a list that is missing', [{ spread: 'l', length: 2 }], { l: null }, { 'l.0': null, 'l.1': null }],
    ['with a list of one', [{ spread: 'l', length: 1 }], { l: [true] }, { 'l.0': true }],
    [
      'with a list below a key',
      [{ spread: 'f.l', length: 1 }, { unwrap: 'f' }],
      { f: { a: 2, l: [1] } },
      { a: 2, 'l.0': 1 },
    ],
    [
      'with a list that has another name by then',
      [{ unwrap: 'f' }, { rename: { l: 'm' } }, { spread: 'm', length: 1 }, { cast: 'm.0', to: 'Integral' }],
      { f: { l: ['1.0'] } },
      { 'm.0': 1 },
    ],
    ['with a list in a text', [{ parseJson: 'b' }, { spread: 'l', length: 1 }], { b: '{"l": [7]}' }, { 'l.0': 7 }],
    ['without lists', [{ drop: ['l', 'm'] }], { l: [[1], { b: 2 }], m: [], a: 1 }, { a: 1 }],
    [
      'and a row without the column stays',
      [
        { rename: { x: 'y' } },
        { drop: ['x'] },
        { cast: 'x', to: 'Integral' },
        { unwrap: 'x' },
        { parseJson: 'x' },
        { spread: 'x', length: 1 },
      ],
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
    ['whose list is shorter', [{ spread: 'l', length: 3 }], jsonLine({ l: [1, 2] }), 'wrong-width'],
    ['whose list is longer', [{ spread: 'l', length: 1 }], jsonLine({ l: [1, 2] }), 'wrong-width'],
    ['whose list is empty', [{ spread: 'l', length: 1 }], jsonLine({ l: [] }), 'wrong-width'],
    ['whose list has a list in it', [{ spread: 'l', length: 1 }], jsonLine({ l: [[1]] }), 'unread-list'],
    ['whose list has an object in it', [{ spread: 'l', length: 1 }], jsonLine({ l: [{}] }), 'unread-list'],
    ['with a number in the place of a list', [{ spread: 'l', length: 1 }], jsonLine({ l: 1 }), 'unread-list'],
    ['with a text in the place of a list', [{ spread: 'l', length: 1 }], jsonLine({ l: '[1]' }), 'unread-list'],
    ['with an item like a column', [{ spread: 'l', length: 1 }], jsonLine({ l: [1], 'l.0': 2 }), 'name-taken'],
    ['with a list to cast', [{ cast: 'l', to: 'Integral' }], jsonLine({ l: [1] }), 'failed-cast'],
    ['with a list in the place of JSON', [{ parseJson: 'l' }], jsonLine({ l: ['{"a": 1}'] }), 'unread-text'],
    ['of CSV where a list is looked for', [{ spread: '0', length: 1 }], csvLine('1'), 'no-such-column'],
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

describe('a list that nothing changes', () => {
  const OTHERS: RecordTransformation[] = [{ drop: ['a'] }];

  test('makes its row unreadable, says what to do, and leaves the other rows of its record', () => {
    const line = captured({ input: '{"b": 1}\n{"b": 2, "e": [1, 2]}', encoding: 'JSON' });
    const { samples, ...rest } = counts([line], OTHERS);
    expect(rest).toMatchObject({ recordCount: 1, unreadableCount: 1, misfitCount: 0, byReason: { 'nested-data': 1 } });
    expect(samples[0].detail).toBe('its "e" is a list: make columns of it by RecordTransformation.spread, or drop it');
  });

  test('and a name that is long is cut', () => {
    const [sample] = counts([jsonLine({ ['x'.repeat(50)]: [1] })], OTHERS).samples;
    expect(sample.detail).toContain(`its "${'x'.repeat(40)}..." is a list`);
  });

  test('makes the record unreadable where rows are not changed, and says what does', () => {
    const [sample] = counts([jsonLine({ a: 1, e: [1, 2] })], []).samples;
    expect(sample).toMatchObject({
      reason: 'nested-data',
      detail: expect.stringContaining('RecordTransformation.spread'),
    });
    const path = reading(undefined, { recordFormat: { request: { path: { keys: ['x'], itemKeys: [] } } } });
    const [at] = unreadable(profileOf([jsonLine({ x: [{ e: [1] }] })], path)).samples;
    expect(at).toMatchObject({ reason: 'nested-data', detail: expect.stringContaining('RecordTransformation.spread') });
  });

  test('is nothing that a filter knows', () => {
    const filter = { noneOf: [{ column: 'e', values: ['1', '1,2', '[1,2]'] }] };
    const found = profileOf([jsonLine({ e: [1, 2] })], reading([{ spread: 'e', length: 2 }], { filter }));
    expect(unreadable(found)).toMatchObject({ recordCount: 1, unreadableCount: 0 });
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
    { spread: 'm', length: 2 },
  ];

  test('are told, each with what was to be done', () => {
    expect(counts([jsonLine({ a: 1 })], ALL).notFound).toEqual([
      'rename x',
      'drop z',
      'cast b',
      'unwrap f',
      'parseJson j',
      'parseCsv k',
      'spread m',
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
