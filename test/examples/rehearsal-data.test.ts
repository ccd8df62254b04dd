import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { birdStrikes, csvFiles } from '../../examples/birdstrikes/rehearsal-data';

describe('the bird strikes', () => {
  test('with drift are four years, one after the other', () => {
    const { baseline, windows } = birdStrikes(7, true);
    expect([baseline, ...windows].map(({ rows }) => rows.length)).toEqual([2623, 941, 1065, 1095, 627]);
    expect(new Set(windows.map(({ columns }) => columns.join()))).toEqual(new Set([baseline.columns.join()]));
  });

  test('know what came of each row, and get a worse model in the third hour where there is drift', () => {
    const { truth, windows } = birdStrikes(7, true);
    expect(truth?.labels.map(({ length }) => length)).toEqual(windows.map(({ rows }) => rows.length));
    expect(truth?.baseline.columns.slice(0, 2)).toEqual(['damaged', 'damage_probability']);
    const answers = (hours: number, { rows: [[, ...row]] } = windows[2]) => truth?.modelAt(hours)(row).toFixed(6);
    expect([answers(2), answers(1)]).toEqual([windows[2].rows[0][0], answers(0)]);
    expect(answers(2)).not.toBe(answers(1));
    const quiet = birdStrikes(7, false).truth;
    expect(quiet?.modelAt(2)).toBe(quiet?.modelAt(0));
  });

  test('without drift are the rows that the model has not seen, in four windows', () => {
    const { windows } = birdStrikes(7, false);
    expect(windows.map(({ rows }) => rows.length)).toEqual([281, 281, 281, 282]);
  });
});

describe('two CSV files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'csv-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let count = 0;
  const file = (text: string) => {
    const path = join(folder, `${count++}.csv`);
    writeFileSync(path, text);
    return path;
  };
  const baseline = file('score,age\n0.5,30\n');

  test('become a baseline and four windows in the order of the rows', () => {
    const traffic = file(`score,age\n${[1, 2, 3, 4, 5, 6].map((row) => `0.${row},${row}\n`).join('')}`);
    const data = csvFiles(baseline, traffic);
    expect(data.baseline).toEqual({ columns: ['score', 'age'], rows: [['0.5', '30']] });
    expect(data.windows.map(({ rows }) => rows.map(([, age]) => age))).toEqual([['1'], ['2', '3'], ['4'], ['5', '6']]);
  });

  test.each([
    ['another name', 'score,years\n1,2\n', /^DifferentHeader: column 2 of .* is "years", the baseline has "age"/],
    ['a column less', 'score\n1\n', /^DifferentHeader: column 2 of .* is missing, the baseline has "age"/],
    [
      'a column more',
      'score,age,sex\n1,2,3\n',
      /^DifferentHeader: column 3 of .* is "sex", the baseline has 2 columns/,
    ],
    ['another order', 'age,score\n1,2\n', /^DifferentHeader: column 1 of .* is "age", the baseline has "score"/],
    ['too few rows', 'score,age\n1,2\n', /^TooFewRows: .* has 1 rows, at least 4 are needed/],
    ['a record that is too short', 'score,age\n1\n', /^UnreadableCsv: .* line 2/],
    ['no header', '', /^UnreadableCsv: .* CsvHasNoHeader/],
  ])('fail with %s in the traffic', (_, text, message) => {
    expect(() => csvFiles(baseline, file(text))).toThrow(message);
  });

  test('fail when the baseline has no input', () => {
    const single = file('score\n1\n2\n3\n4\n');
    expect(() => csvFiles(single, single)).toThrow(/^TooFewColumns/);
  });

  test('fail when one is not there', () => {
    expect(() => csvFiles(join(folder, 'nowhere.csv'), baseline)).toThrow(/^UnreadableCsv: .*nowhere\.csv.*ENOENT/);
  });
});
