import { type ProfileInput, type RecordFormat, statistics, unreadable } from '../../../lib/analysis';
import { MAX_BODY_ROWS, rowsAtPath } from '../../../lib/analysis/reading/record-format';
import { captured, profileOf } from '../dataset';

const at = (keys: string[], itemKeys?: string[]) => ({ path: { keys, itemKeys } });
const INSTANCES = at(['instances'], []);
const PREDICTIONS = at(['predictions'], []);
const TENSORS: RecordFormat = { request: INSTANCES, response: PREDICTIONS };
const NAMED: RecordFormat = {
  request: { ...INSTANCES, names: ['age', 'balance'] },
  response: { ...PREDICTIONS, names: ['score'] },
};

const keys = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":1`).join(',');

interface Body {
  readonly input?: string;
  readonly output?: string;
}

const jsonLine = (body: Body) => captured({ ...body, encoding: 'JSON' });
const reading = (recordFormat?: RecordFormat, more: Partial<ProfileInput> = {}): ProfileInput => ({
  kind: 'capture',
  recordFormat,
  ...more,
});
const read = (lines: string | string[], recordFormat?: RecordFormat) =>
  profileOf([[lines].flat().join('\n')], reading(recordFormat));

const CSV_ROWS = read([captured({ input: '34,0.50', output: '0.8' }), captured({ input: '51,1e3', output: '0.3' })]);
const NAMED_ROWS = read([
  jsonLine({ input: '{"age": 34, "balance": 0.50}', output: '{"score": 0.8}' }),
  jsonLine({ input: '{"age": 51, "balance": 1e3}', output: '{"score": 0.3}' }),
]);

describe('values without names are columns in order, as of CSV, where', () => {
  test.each<[string, Body, RecordFormat]>([
    [
      'instances are lists',
      { input: '{"instances": [[34, 0.50], [51, 1e3]]}', output: '{"predictions": [0.8, 0.3]}' },
      TENSORS,
    ],
    [
      'features are lists in the instances',
      {
        input: '{"instances":[{"features":[34,0.50]},{"features":["51",1e3]}]}',
        output: '{"predictions":[[0.8],[0.3]]}',
      },
      { ...TENSORS, request: at(['instances'], ['features']) },
    ],
    [
      'scores stand among other values',
      {
        input: '{"signature": [1], "instances": [[34, 0.50], [51, 1e3]]}',
        output: '{"predictions": [{"score": 0.8, "label": 1}, {"score": 0.3, "label": 0}]}',
      },
      { ...TENSORS, response: at(['predictions'], ['score']) },
    ],
    [
      'bodies are lists',
      { input: '[[34, 0.50], [51, 1e3]]', output: '[0.8, 0.3]' },
      { request: at([], []), response: at([], []) },
    ],
    [
      'the answer is a list that nobody describes',
      { input: '{"instances": [[34, 0.50], [51, 1e3]]}', output: '[0.8, 0.3]' },
      { request: INSTANCES },
    ],
    [
      'bodies are JSON Lines',
      { input: '{"features": [34, 0.50]}\n{"features": [51, 1e3]}', output: '{"score": 0.8}\n{"score": 0.3}' },
      { request: at(['features']), response: at(['score']) },
    ],
    [
      'rows are below several keys',
      {
        input: '{"a": {"b": [{"c": {"d": [34, 0.50]}}, {"c": {"d": [51, 1e3]}}]}}',
        output: '{"predictions": [0.8, 0.3]}',
      },
      { ...TENSORS, request: at(['a', 'b'], ['c', 'd']) },
    ],
  ])('%s', (_, body, format) => {
    const found = read(jsonLine(body), format);
    expect(unreadable(found)).toMatchObject({ recordCount: 2, unreadableCount: 0 });
    expect(statistics(found)).toEqual(statistics(CSV_ROWS));
  });

  test('rows of CSV are answered in JSON', () => {
    const sides = {
      endpointInput: ['34,0.50\n51,1e3', 'CSV'],
      endpointOutput: ['{"predictions": [0.8, 0.3]}', 'JSON'],
    };
    expect(statistics(read(lineOf(sides), { response: PREDICTIONS }))).toEqual(statistics(CSV_ROWS));
  });
});

const lineOf = (sides: { readonly [side: string]: readonly string[] }) => {
  const line = JSON.parse(captured({}));
  for (const [side, [data, encoding]] of Object.entries(sides)) line.captureData[side] = { data, encoding };
  return JSON.stringify(line);
};

describe('rows have names where', () => {
  test.each<[string, Body, RecordFormat]>([
    [
      'these are given',
      { input: '{"instances": [[34, 0.50], [51, 1e3]]}', output: '{"predictions": [0.8, 0.3]}' },
      NAMED,
    ],
    [
      'they are objects',
      {
        input: '{"instances": [{"age": 34, "balance": 0.50}, {"age": 51, "balance": 1e3}]}',
        output: '{"predictions": [{"score": 0.8}, {"score": 0.3}]}',
      },
      TENSORS,
    ],
    [
      'names are given and the answers have their own',
      { input: '{"instances": [[34, 0.50], [51, 1e3]]}', output: '{"predictions": [{"score": 0.8}, {"score": 0.3}]}' },
      { ...NAMED, response: PREDICTIONS },
    ],
  ])('%s', (_, body, format) => {
    const found = read(jsonLine(body), format);
    expect(unreadable(found)).toMatchObject({ recordCount: 2, unreadableCount: 0 });
    expect(statistics(found)).toEqual(statistics(NAMED_ROWS));
  });

  test('a plain list of values is one row', () => {
    const format = { request: { ...at([]), names: ['a', 'b', 'c'] } };
    const flat = read(jsonLine({ input: '{"a": 1, "b": null, "c": "x"}' }));
    expect(statistics(read(jsonLine({ input: '[1, null, "x"]' }), format))).toEqual(statistics(flat));
  });

  test('lines of CSV have them given, and an empty field is missing', () => {
    const names = { request: { names: ['age', 'balance'] }, response: { ...PREDICTIONS, names: ['score'] } };
    const sides = { endpointInput: ['34,\n51,1e3', 'CSV'], endpointOutput: ['{"predictions": [0.8, null]}', 'JSON'] };
    const flat = read([
      jsonLine({ input: '{"age": 34, "balance": null}', output: '{"score": 0.8}' }),
      jsonLine({ input: '{"age": 51, "balance": 1e3}', output: '{"score": null}' }),
    ]);
    expect(statistics(read(lineOf(sides), names))).toEqual(statistics(flat));
  });
});

test('a body that generated text in a list answers can be read', () => {
  const body = { input: '{"inputs": "hello", "parameters": {"top": 5}}', output: '[{"generated_text": "hi"}]' };
  expect(unreadable(read(jsonLine(body)))).toMatchObject({ recordCount: 0, byReason: { 'nested-data': 1 } });
  const found = statistics(read(jsonLine(body), { request: at([]), response: at([], []) }));
  expect(found.features.map(({ name }) => name)).toEqual(['generated_text', 'inputs', 'parameters.top']);
});

describe('a record counts as unreadable', () => {
  const ROWS = '{"instances": [[34, 0.5], [51, 1e3]]}';
  test.each<[string, Body, string, RecordFormat?]>([
    ['with fewer answers than rows', { input: ROWS, output: '{"predictions": [0.8]}' }, 'row-count-mismatch'],
    ['with more answers than rows', { input: ROWS, output: '{"predictions": [1, 2, 3]}' }, 'row-count-mismatch'],
    [
      'whose one answer is a list of as many values as there are rows',
      { input: ROWS, output: '{"predictions": [[1, 2]]}' },
      'row-count-mismatch',
    ],
    ['without the key', { input: '{"rows": [[1]]}', output: '{"predictions": [1]}' }, 'no-rows-at-path'],
    [
      'with an object in place of the list',
      { input: '{"instances": {"0": 1}}', output: '{"predictions": [1]}' },
      'no-rows-at-path',
    ],
    [
      'with null in place of the list',
      { input: '{"instances": null}', output: '{"predictions": [1]}' },
      'no-rows-at-path',
    ],
    [
      'without the key in one item',
      { input: '{"instances": [{"f": [1]}, {"g": [1]}]}', output: '{"predictions": [1, 2]}' },
      'no-rows-at-path',
      { ...TENSORS, request: at(['instances'], ['f']) },
    ],
    ['without rows', { input: '{"instances": []}', output: '{"predictions": []}' }, 'empty-data'],
    ['with a row without values', { input: '{"instances": [[]]}', output: '{"predictions": [1]}' }, 'empty-data'],
    ['with lists in rows', { input: '{"instances": [[1, [2]]]}', output: '{"predictions": [1]}' }, 'nested-data'],
    ['with lists in objects', { input: '{"instances": [{"a": [2]}]}', output: '{"predictions": [1]}' }, 'nested-data'],
    ['that is no JSON', { input: '{"instances": [[1]', output: '{"predictions": [1]}' }, 'malformed-data'],
    [
      'with a key twice',
      { input: '{"instances": [[1]], "instances": [[2]]}', output: '{"predictions": [1]}' },
      'duplicate-key',
    ],
    [
      'with rows that have names and rows that have none',
      { input: '{"instances": [[1], {"a": 1}]}', output: '{"predictions": [1, 2]}' },
      'unnamed-values',
    ],
    [
      'with names on one side',
      { input: '{"instances": [{"a": 1}]}', output: '{"predictions": [1]}' },
      'unnamed-values',
    ],
    [
      'with the name of a key that is too long',
      { input: `{"instances": [{"${'k'.repeat(1025)}": 1}]}`, output: '{"predictions": [1]}' },
      'name-too-long',
    ],
    [
      'with a name of several keys that is too long',
      { input: `{"instances": [{"${'k'.repeat(600)}": {"${'l'.repeat(600)}": 1}}]}`, output: '{"predictions": [1]}' },
      'name-too-long',
    ],
    [
      'with an object of too many keys beside its rows',
      { input: `{"instances": [[1]], "beside": {${keys(8193)}}}`, output: '{"predictions": [1]}' },
      'too-many-columns',
    ],
    [
      'with a row of too many columns',
      { input: `{"instances": [{"a": {${keys(5000)}}, "b": {${keys(5000)}}}]}`, output: '{"predictions": [1]}' },
      'too-many-columns',
    ],
    [
      'nested too deeply',
      { input: `{"instances": ${'['.repeat(40)}${']'.repeat(40)}}`, output: '{"predictions": [1]}' },
      'nested-data',
    ],
  ])('%s', (_, body, reason, format = TENSORS) => {
    expect(unreadable(read(jsonLine(body), format))).toMatchObject({
      recordCount: 0,
      unreadableCount: 1,
      misfitCount: 0,
      byReason: { [reason]: 1 },
    });
  });

  test.each([
    [
      'with rows that have names and rows that have none, without an answer',
      '{"instances": [[1], {"a": 1}]}',
      'unnamed-values',
    ],
    [
      'with values beside its rows that are nested too deeply',
      `{"beside": ${'['.repeat(1e5)}${']'.repeat(1e5)}, "instances": [[1]]}`,
      'nested-data',
    ],
  ])('%s', (_, input, reason) => {
    expect(unreadable(read(jsonLine({ input }), TENSORS))).toMatchObject({ recordCount: 0, byReason: { [reason]: 1 } });
  });

  test('with more rows than are read of one, and the most that are read are read', () => {
    const body = (count: number) => ({
      input: `{"instances": [${Array(count).fill('[1,2]')}]}`,
      output: `{"predictions": [${Array(count).fill('1')}]}`,
    });
    expect(unreadable(read(jsonLine(body(MAX_BODY_ROWS)), TENSORS)).recordCount).toBe(MAX_BODY_ROWS);
    expect(unreadable(read(jsonLine(body(MAX_BODY_ROWS + 1)), TENSORS))).toMatchObject({
      recordCount: 0,
      byReason: { 'too-many-rows': 1 },
    });
  });
});

test('a row of another width than its names is a misfit, and the other rows of its record are read', () => {
  const body = { input: '{"instances": [[34, 0.5], [51], [1, 2, 3]]}', output: '{"predictions": [0.8, 0.3, 0.1]}' };
  const counts = unreadable(read(jsonLine(body), NAMED));
  expect(counts).toMatchObject({ recordCount: 1, unreadableCount: 2, misfitCount: 2, byReason: { 'wrong-width': 2 } });
  expect(counts.samples[0].detail).toBe('1 values for 2 names');
});

test('a row of another width than the baseline is a misfit where there are no names', () => {
  const body = { input: '{"instances": [[34, 0.5], [51], [1]]}', output: '{"predictions": [0.8, 0.3, 0.1]}' };
  const counts = unreadable(read(jsonLine(body), TENSORS), { columnNames: ['score', 'age', 'balance'], mustFit: true });
  expect(counts).toMatchObject({ recordCount: 1, misfitCount: 2, byReason: { 'wrong-width': 2 } });
});

test('a misfit is left out where the metadata say so, and a filter sees the names of the format', () => {
  const body = { input: '{"instances": [[34, 0.5], [51]]}', output: '{"predictions": [0.8, 0.3]}' };
  const counts = (filter: ProfileInput['filter']) =>
    unreadable(profileOf([jsonLine(body)], reading(NAMED, { filter })));
  expect(counts({ inferenceIds: ['a'] })).toMatchObject({ recordCount: 0, unreadableCount: 0, filtered: 2 });
  expect(counts({ column: 'age', values: ['34'] })).toMatchObject({ recordCount: 1, misfitCount: 1 });
  expect(counts({ noneOf: [{ column: 'age', values: ['34'] }] })).toMatchObject({ misfitCount: 1, filtered: 1 });
});

test('a row is left at the first column too many', () => {
  const row = `{"a": {${keys(5000)}}, "b": {${keys(5000)}, "list": []}}`;
  expect(rowsAtPath(`{"rows": [${row}]}`, { keys: ['rows'], itemKeys: [] })).toBe('too-many-columns');
});
