import { type BiasAnalysis, type BiasSettings, biasAnalysis } from '../../../lib/analysis';

const QUESTION: BiasSettings['question'] = {
  facets: [{ name: 'sex', by: { values: ['f'] } }],
  label: 'paid',
  positive: { values: [1] },
};

type Places = Extract<BiasSettings, { readonly dataset: unknown }>['dataset'];

const PLACES: Places = { label: 'paid', predicted: 'said' };

function read(lines: readonly string[], places: Places = PLACES) {
  const analysis = biasAnalysis({ question: QUESTION, dataset: places });
  const reader = analysis.reader();
  const file = reader.file('train.csv');
  file.push(Buffer.from(`${lines.join('\n')}\n`));
  file.end();
  const part = reader.finish();
  return { analysis, part, counts: analysis.counts(part) };
}

const reasonsOf = (lines: readonly string[], places?: Places) =>
  read(lines, places).counts.samples.map(({ line, reason, detail }) => `${line} ${reason}: ${detail}`);

const valuesOf = (lines: readonly string[], places?: Places) => {
  const { columns, predictions, labels } = read(lines, places).part;
  const codes = [labels.actual, ...predictions.cells];
  return codes.map(({ all }, at) => Array.from(all, (code) => columns[at].texts[code]));
};

test('columns are found by the names of the header, wherever they stand', () => {
  expect(valuesOf(['age,sex,said,paid', '20,f,1,0', '30,m,0,1'])).toEqual([
    ['0', '1'],
    ['1', '0'],
    ['f', 'm'],
  ]);
});

test('a probability above the threshold predicts 1, and one at it does not', () => {
  const places = { label: 'paid', predicted: 'score', threshold: 0.5 };
  expect(valuesOf(['sex,score,paid', 'f,0.51,1', 'm,0.5,1'], places)[1]).toEqual(['1', '0']);
});

test('without a header, columns have their places, or the names of the analysis', () => {
  const format = { csv: { header: false } };
  const places = { label: '_c2', predicted: '1', headers: ['sex', 'said', 'paid'], format };
  expect(valuesOf(['f,1,0'], places)).toEqual([['0'], ['1'], ['f']]);
  expect(reasonsOf(['f,1,0'], { ...places, headers: ['gender', 'said', 'paid'] })).toEqual([
    '1 no-such-column: its header has no "sex"',
  ]);
});

test.each([
  ['lacks two columns', ['age,paid', '20,1'], '2 no-such-column: its header has no "said" and no "sex"'],
  [
    'is too short',
    ['paid,said,sex', '1,1'],
    '2 wrong-width: it does not have the columns of the label, the prediction and the groups',
  ],
  ['has no label', ['paid,said,sex', ' ,1,f'], '2 malformed-data: the label is empty'],
  ['has no prediction', ['paid,said,sex', '1,,f'], '2 malformed-data: the prediction is empty'],
  [
    'has a long value',
    ['paid,said,sex', `1,1,${'f'.repeat(1025)}`],
    '2 malformed-data: a value of a group is a text of more than 1024 characters',
  ],
])('a row that %s is told with its place', (_, lines, expected) => {
  expect(reasonsOf(lines)).toEqual([expected]);
});

const ROWS = ['paid,said,sex', ...Array.from({ length: 80 }, (_, n) => `${n % 2},${n % 2},${n % 4 < 2 ? 'f' : 'm'}`)];

test('a baseline has the metrics of its rows, how much chance is in them, and notes on small groups', async () => {
  const { analysis, part } = read([...ROWS, ...Array.from({ length: 9 }, () => '1,1,m')]);
  const made = await analysis.baseline(part);
  const file = 'files' in made ? (made.files['analysis.json'] as BiasAnalysis) : undefined;
  expect(file?.sampling?.pre_training_bias_metrics?.sex).toMatchObject([{ rows: 40, other_rows: 49 }]);
  expect(analysis.baselineNotes?.('files' in made ? made.files : {})).toEqual([]);
  const small = read(ROWS.slice(0, 41));
  const few = await small.analysis.baseline(small.part);
  expect(small.analysis.baselineNotes?.('files' in few ? few.files : {})).toEqual([
    'of "sex", 1 group or all other rows are fewer than 30 rows of the dataset: such metrics vary by chance',
  ]);
});

test('no baseline is made where every row is in the group', async () => {
  const { analysis, part } = read(['paid,said,sex', '1,1,f', '0,0,f']);
  expect(await analysis.baseline(part)).toEqual({ refusal: 'column "sex": every row is in one group' });
});

test.each([
  [
    'of labels end the comparison',
    0,
    { refusal: expect.stringMatching(/^labels or predictions have more than 250000 values/) },
  ],
  [
    'of predictions do so',
    1,
    { refusal: expect.stringMatching(/^labels or predictions have more than 250000 values/) },
  ],
  [
    'of a facet leave it out, and tell it',
    2,
    {
      notEvaluated: [
        {
          feature: 'sex',
          check: 'too-many-values',
          reason: 'the column has more than 250000 values, which is all that is compared',
        },
      ],
    },
  ],
])('more values than are held %s', async (_, at, expected) => {
  const { analysis, part } = read(ROWS);
  const state = JSON.parse(analysis.encode(part));
  state.columns[at].isOverfull = true;
  const full = analysis.merge([analysis.decode(JSON.stringify(state))]);
  expect(await analysis.check(full, { 'analysis.json': { version: '1.0' } })).toMatchObject(expected);
});

test('Parquet is refused', () => {
  const reader = biasAnalysis({ question: QUESTION, dataset: PLACES }).reader();
  expect(() => reader.rows('a.parquet', ['sex'])).toThrow(/^BiasFormat: "a.parquet" is Parquet/);
});
