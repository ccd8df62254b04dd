import {
  hasOneRecord,
  type RequestForm,
  readScores,
  requestBody,
  type ScorePlace,
  shapBaselineRows,
} from '../../../lib/analysis/attribution';

// How rows become the body of a request to a model, and how its answer becomes scores.

const names = ['age', 'job'];
const rows = [
  ['37', 'a "b", c'],
  ['2e3', ''],
  [5, null],
] as const;

describe('a request', () => {
  const written = (form: RequestForm, some: typeof rows | readonly (typeof rows)[number][] = rows) =>
    requestBody(some, form, names);

  test('of CSV has a line for each record, quoted where need be', () => {
    expect(written({ contentType: 'text/csv' })).toBe('37,"a ""b"", c"\n2e3,\n5,');
  });

  test('of JSON Lines has the template on each line', () => {
    const form = { contentType: 'application/jsonlines', template: '{"features":$features}' };
    expect(
      written(form)
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([{ features: [37, 'a "b", c'] }, { features: [2000, null] }, { features: [5, null] }]);
  });

  test.each([
    [
      '{"instances":$records}',
      '{"f":$features}',
      { instances: [{ f: [37, 'a "b", c'] }, { f: [2000, null] }, { f: [5, null] }] },
    ],
    [
      '{"rows":$records}',
      '$features_kvp',
      {
        rows: [
          { age: 37, job: 'a "b", c' },
          { age: 2000, job: null },
          { age: 5, job: null },
        ],
      },
    ],
    [
      '$records',
      `{"work":"\${job}","x":"\${age}"}`,
      [
        { work: 'a "b", c', x: 37 },
        { work: null, x: 2000 },
        { work: null, x: 5 },
      ],
    ],
  ])('of JSON fills %s with %s', (template, recordTemplate, expected) => {
    expect(JSON.parse(written({ contentType: 'application/json', template, recordTemplate }))).toEqual(expected);
  });

  test('of one record has it in its place', () => {
    const form = { contentType: 'application/json', template: '{"one":$record}', recordTemplate: '$features' };
    expect(hasOneRecord(form)).toBe(true);
    expect(hasOneRecord({ ...form, template: '{"all":$records}' })).toBe(false);
    expect(JSON.parse(written(form, [rows[0]]))).toEqual({ one: [37, 'a "b", c'] });
  });

  test('takes a number only where it is written as JSON writes it', () => {
    const exponents = ['1e-7', '1E+12', '2e10'];
    const form = { contentType: 'application/json', template: '$records', recordTemplate: '$features' };
    expect(requestBody([exponents], form, names)).toBe('[[1e-7,1E+12,2e10]]');
  });

  test('has the names of features where they are asked for, and null for one that there is not', () => {
    const template = `{"n":$feature_names,"f":$features,"x":"\${other}"}`;
    const form = { contentType: 'application/jsonlines', template };
    expect(JSON.parse(requestBody([[1, 'a']], form, names))).toEqual({ n: ['age', 'job'], f: [1, 'a'], x: null });
  });

  test('takes no value for a placeholder', () => {
    const values = ['$features', '$1', `"\${age}"`, '007', '1.50', '-0', 'NaN', 'true'];
    const form = { contentType: 'application/json', template: '$records', recordTemplate: '$features' };
    expect(requestBody([values], form, names)).toBe(`[["$features","$1","\\"\${age}\\"","007",1.50,-0,"NaN",true]]`);
  });
});

describe('an answer', () => {
  const column = (index: number): ScorePlace => ({ column: index });
  const path = (keys: string[], itemKeys?: string[]): ScorePlace => ({ path: { keys, itemKeys } });
  const CSV = 'text/csv; charset=utf-8';
  const JSON_TYPE = 'application/json';

  test.each<[string, string, string | undefined, ScorePlace | undefined, number[][]]>([
    ['a line each', '0.1\n0.2\n', CSV, undefined, [[0.1], [0.2]]],
    ['one line for all', '0.1,0.2', CSV, undefined, [[0.1], [0.2]]],
    [
      'a line each, of several scores',
      '0.1,0.9\n0.2,0.8',
      CSV,
      undefined,
      [
        [0.1, 0.9],
        [0.2, 0.8],
      ],
    ],
    ['a column', '1,0.9\n0,0.2', CSV, column(1), [[0.9], [0.2]]],
    [
      'lists in a column',
      '1,"[0.1, 0.9]"\n0,"[0.8,0.2]"',
      CSV,
      column(1),
      [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
    ],
    ['no content type', '3\n4', undefined, undefined, [[3], [4]]],
    ['a list', '[0.5, 1e-3]', JSON_TYPE, undefined, [[0.5], [0.001]]],
    [
      'a path',
      '{"predictions":[{"score":0.3},{"score":0.4}]}',
      JSON_TYPE,
      path(['predictions'], ['score']),
      [[0.3], [0.4]],
    ],
    [
      'lists at a path',
      '{"p":[{"s":[1,2]},{"s":[3,4]}]}',
      JSON_TYPE,
      path(['p'], ['s']),
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['a path of several lines', '{\n"p": [1,\n2]\n}', JSON_TYPE, path(['p'], []), [[1], [2]]],
    ['lines of several rows', '{"p":[1]}\n \n{"p":[2]}\n', 'application/json-lines', path(['p'], []), [[1], [2]]],
    ['lines by another name', '{"p":1}\n{"p":2}', 'application/x-ndjson', path(['p']), [[1], [2]]],
    [
      'lists with spaces around',
      '1," [0.1, 0.9] "\n0,"[0.8,0.2]"',
      CSV,
      column(1),
      [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
    ],
    ['spaces around', ' 0.1\n0.2 \n', CSV, undefined, [[0.1], [0.2]]],
    ['lines', '{"score":0.3}\n{"score":0.4}\n', 'application/jsonlines', path(['score']), [[0.3], [0.4]]],
  ])('has scores: %s', (_, body, contentType, place, scores) => {
    expect(readScores({ body, contentType }, 2, place)).toEqual({ scores });
  });

  test.each<[string, string, string, ScorePlace | undefined, string]>([
    ['no rows', '', CSV, undefined, 'it has no data'],
    ['too few', '0.1', CSV, undefined, 'it has 1 rows for 2 records'],
    ['a word', '0.1\nfailed', CSV, undefined, 'a score of it is no number'],
    ['nothing at its column', '0.1\n0.2', CSV, column(3), 'a row of it has nothing where its scores are'],
    ['a row without its column', '1,0.9\n0', CSV, column(1), 'a row of it has nothing where its scores are'],
    ['a list with nothing in it', '1,"[0.1, ]"\n0,"[0.1,0.2]"', CSV, column(1), 'a score of it is no number'],
    ['an empty cell', '0.1,1\n,1', CSV, column(0), 'a score of it is no number'],
    ['no JSON', '<html>', JSON_TYPE, path(['p'], []), 'the JSON is not valid'],
    ['nothing at its path', '{"q":[1,2]}', JSON_TYPE, path(['p'], []), 'the JSON has nothing at the path of its rows'],
    ['names of lists', '{"a":[1,2]}', JSON_TYPE, undefined, 'it has values with names: say where the scores stand'],
    ['names', '{"a":1,"b":2}', JSON_TYPE, undefined, 'it has values with names: say where the scores stand'],
  ])('is no answer: %s', (_, body, contentType, place, problem) => {
    expect(readScores({ body, contentType }, 2, place)).toEqual({ problem });
  });
});

describe('a SHAP baseline', () => {
  const places = { headers: names };
  const atPath = { headers: names, features: { keys: ['features'] } };

  test.each([
    [
      'rows of an array',
      '[[37,"a, b"],[40,"c"]]',
      places,
      [
        ['37', 'a, b'],
        ['40', 'c'],
      ],
    ],
    [
      'CSV',
      '37,"a, b"\n40,c\n',
      places,
      [
        ['37', 'a, b'],
        ['40', 'c'],
      ],
    ],
    [
      'records of an array',
      '[{"features":[37,"x"]},{"features":[40,"y"]}]',
      atPath,
      [
        ['37', 'x'],
        ['40', 'y'],
      ],
    ],
    [
      'JSON Lines',
      '{"features":[37,"x"]}\n{"features":[40,"y"]}\n',
      atPath,
      [
        ['37', 'x'],
        ['40', 'y'],
      ],
    ],
    [
      'one document',
      '{"i":[{"f":[37,"x"]}]}',
      { headers: names, features: { keys: ['i'], itemKeys: ['f'] } },
      [['37', 'x']],
    ],
  ])('is read from %s', (_, text, where, expected) => {
    expect(shapBaselineRows(text, where)).toEqual({ rows: expected });
  });

  test.each([
    ['another width', '1,2,3', places, '3 values for 2 names of features'],
    ['nothing', '', places, '"baseline" has no data'],
    ['no record', '[]', atPath, 'there is no record'],
    ['no JSON', '<html>', atPath, 'the JSON of "baseline" is not valid'],
  ])('is refused with %s', (_, text, where, problem) => {
    expect(shapBaselineRows(text, where)).toEqual({ problem });
  });
});
