import * as fc from 'fast-check';
import {
  type AnalysisFiles,
  analyzeBias,
  type BiasAnalysis,
  type BiasSettings,
  biasAnalysis,
  textColumn,
} from '../../../lib/analysis';
import { truth } from '../model-quality/rows';
import { holds } from '../property';

const SETTINGS: BiasSettings = {
  question: {
    facets: [{ name: 'sex', by: { values: ['f'] } }, { name: 'age', by: { threshold: 40 } }, { name: 'plan' }],
    label: 'paid',
    positive: { values: [1] },
    group: 'plan',
  },
  captured: { headers: ['sex', 'age', 'plan', 'paid'], predicted: { column: 0 } },
};

interface Sides {
  readonly input: string;
  readonly output: string;
  readonly encodings?: readonly [string, string];
  readonly id?: string;
}

const captured = ({ input, output, encodings: [request, answer] = ['CSV', 'CSV'], id = 'a' }: Sides) =>
  JSON.stringify({
    captureData: {
      endpointInput: { data: input, encoding: request },
      endpointOutput: { data: output, encoding: answer },
    },
    eventMetadata: { eventId: id, inferenceTime: '2026-01-05T00:30:00Z' },
  });

function read(settings: BiasSettings, records: readonly string[], labels: readonly string[] = []) {
  const analysis = biasAnalysis(settings);
  const reader = analysis.reader();
  const files = [
    ['records', records],
    ['labels', labels],
  ] as const;
  for (const [content, lines] of files) {
    if (lines.length === 0) continue;
    const file = reader.file(content, content);
    file.push(Buffer.from(`${lines.join('\n')}\n`));
    file.end();
  }
  const part = reader.finish();
  return { analysis, part, counts: analysis.counts(part) };
}

const reasonsOf = (settings: BiasSettings, record: string) => {
  const { counts } = read(settings, [record]);
  return counts.samples.map(({ reason, detail }) => `${reason}: ${detail}`);
};

interface Row {
  readonly sex: string;
  readonly age: number;
  readonly plan: string;
  readonly said: string;
  readonly paid: string;
}

const ROW: fc.Arbitrary<Row> = fc.record({
  sex: fc.constantFrom('f', 'm', ''),
  age: fc.integer({ min: 30, max: 50 }),
  plan: fc.constantFrom('basic', 'pro', 'max'),
  said: fc.constantFrom('0', '1'),
  paid: fc.constantFrom('0', '1'),
});

async function analysed(settings: BiasSettings, rows: readonly Row[]): Promise<BiasAnalysis> {
  const records = rows.map(({ sex, age, plan, said }, index) =>
    captured({ input: `${sex},${age},${plan}`, output: said, id: `${index}` }),
  );
  const { analysis, part } = read(
    settings,
    records,
    rows.map(({ paid }, index) => truth(`${index}`, paid)),
  );
  const found = await analysis.check(part, { 'analysis.json': { version: '1.0' } });
  if ('refusal' in found) throw new Error(found.refusal);
  return found.files['analysis.json'] as BiasAnalysis;
}

/** The same by the rows themselves, as columns. */
function byColumns(rows: readonly Row[], declares: boolean): BiasAnalysis {
  const column = (name: keyof Row, declared: 'categorical' | 'continuous') => ({
    ...textColumn(
      name,
      rows.map((row) => String(row[name])),
    ),
    ...(declares && { declared }),
  });
  return analyzeBias({
    columns: [
      column('sex', 'categorical'),
      column('age', 'continuous'),
      column('plan', 'categorical'),
      column('said', 'categorical'),
      column('paid', 'categorical'),
    ],
    facets: [{ name: 'sex', valuesOrThreshold: ['f'] }, { name: 'age', valuesOrThreshold: [40] }, { name: 'plan' }],
    label: 'paid',
    labelValuesOrThreshold: [1],
    predictedLabel: 'said',
    groupVariable: 'plan',
    postTrainingMetrics: ['AD', 'CDDPL', 'DAR', 'DCA', 'DCR', 'DI', 'DPPL', 'DRR', 'GE', 'RD', 'SD', 'TE'],
  }).analysis;
}

test.each([true, false])(
  'counts of combinations give what the rows give, to the last digit (container: %s)',
  async (followsContainer) => {
    await fc.assert(
      fc.asyncProperty(fc.array(ROW, { minLength: 1, maxLength: 60 }), async (rows) => {
        const { sampling, ...analysis } = await analysed({ ...SETTINGS, followsContainer }, rows);
        expect(analysis).toEqual(byColumns(rows, !followsContainer));
        expect(sampling === undefined).toBe(false);
      }),
      { seed: 20200602, numRuns: 200 },
    );
  },
);

test('any division of the files is what one reading of them is', () => {
  const line = fc.tuple(fc.integer({ min: 0, max: 9 }), ROW, fc.boolean()).map(([id, row, isLabel]) => {
    const { sex, age, plan, said, paid } = row;
    const record = captured({ input: `${sex},${age},${plan}`, output: said, id: `${id}` });
    return isLabel
      ? { content: 'labels' as const, text: truth(`${id}`, paid) }
      : { content: 'records' as const, text: record };
  });
  const analysis = biasAnalysis(SETTINGS);
  const partOf = (lines: readonly { readonly content: 'labels' | 'records'; readonly text: string }[]) => {
    const reader = analysis.reader();
    for (const { content, text } of lines) {
      const file = reader.file('file', content);
      file.push(Buffer.from(text));
      file.end();
    }
    return analysis.decode(analysis.encode(reader.finish()));
  };
  holds(
    fc.property(fc.array(line, { maxLength: 30 }), fc.nat(30), fc.nat(30), (lines, one, other) => {
      const [low, high] = [one, other].sort((a, b) => a - b);
      const parts = [lines.slice(0, low), lines.slice(low, high), lines.slice(high)].map(partOf);
      expect(analysis.encode(analysis.merge(parts))).toBe(analysis.encode(partOf(lines)));
      expect(analysis.encode(analysis.merge([analysis.merge(parts.slice(0, 2)), parts[2]]))).toBe(
        analysis.encode(partOf(lines)),
      );
    }),
    100,
  );
});

test('a facet is divided as its user says, however few values a column has', async () => {
  const rows = Array.from({ length: 200 }, (_, index): Row => {
    const said = index % 2 ? '1' : '0';
    return { sex: 'f', age: 30 + 10 * (index % 3), plan: 'basic', said, paid: said };
  });
  const groupsOf = ({ pre_training_bias_metrics: pre }: BiasAnalysis) =>
    pre?.facets.age.map(({ value_or_threshold }) => value_or_threshold);
  expect(groupsOf(await analysed(SETTINGS, rows))).toEqual(['(40, 50]']);
  expect(groupsOf(await analysed({ ...SETTINGS, followsContainer: true }, rows))).toEqual(['40']);
});

describe('what is captured', () => {
  const json = {
    ...SETTINGS,
    captured: {
      features: { keys: ['instances'], itemKeys: ['features'] },
      headers: ['sex', 'age', 'plan'],
      predicted: { path: { keys: ['predictions'], itemKeys: ['label'] } },
    },
  };
  const body = (...rows: object[]) => JSON.stringify({ instances: rows.map((features) => ({ features })) });
  const answer = (...labels: unknown[]) => JSON.stringify({ predictions: labels.map((label) => ({ label })) });
  const both = ['JSON', 'JSON'] as const;
  const csvOf = (part: {
    readonly columns: readonly { readonly texts: string[] }[];
    readonly predictions: { readonly cells: readonly { readonly all: Float64Array }[] };
  }) => part.predictions.cells.map(({ all }, index) => Array.from(all, (code) => part.columns[index + 1].texts[code]));

  test('may be rows in lists of JSON, answered by rows in lists', () => {
    const { part, counts } = read(json, [
      captured({ input: body(['f', 40, 'pro'], ['m', 41.0, null]), output: answer(1, 0), encodings: both }),
    ]);
    expect(counts.unreadableCount).toBe(0);
    expect(csvOf(part)).toEqual([
      ['1', '0'],
      ['f', 'm'],
      ['40', '41'],
      ['pro', ''],
    ]);
  });

  test('may be objects of JSON, with lists beside what is read, answered by CSV', () => {
    const input = JSON.stringify({ sex: 'f', age: 40, plan: 'pro', words: [1, 2] });
    const settings = { ...SETTINGS, captured: { predicted: { column: 1 }, threshold: 0.5 } };
    const { part, counts } = read(settings, [captured({ input, output: 'x,0.7', encodings: ['JSON', 'CSV'] })]);
    expect(counts.unreadableCount).toBe(0);
    expect(csvOf(part)).toEqual([['1'], ['f'], ['40'], ['pro']]);
  });

  test('may be answered on one line, as the built-in XGBoost does', () => {
    const settings = { ...SETTINGS, captured: { ...json.captured, predicted: { column: 0 }, threshold: 0.5 } };
    const { part } = read(settings, [captured({ input: 'f,40,pro\nm,41,max', output: '0.7,0.5' })]);
    expect(csvOf(part)[0]).toEqual(['1', '0']);
  });

  test('has columns by their index where nobody names them', () => {
    const question = { ...SETTINGS.question, facets: [{ name: '0' }, { name: '_c2' }], group: undefined };
    const { part } = read({ question, captured: { predicted: { column: 0 } } }, [
      captured({ input: 'f,40,pro', output: '1' }),
    ]);
    expect(csvOf(part)).toEqual([['1'], ['f'], ['pro']]);
  });

  test.each([
    [
      'another number of rows',
      captured({ input: 'f,40,pro\nm,41,max', output: '1\n0\n1' }),
      'row-count-mismatch: 3 rows of output for 2 rows of input',
    ],
    [
      'another number of values',
      captured({ input: 'f,40', output: '1' }),
      'wrong-width: 2 values for 3 names of features',
    ],
    ['no prediction', captured({ input: 'f,40,pro', output: '' }), 'empty-data: "endpointOutput" has no data'],
    ['an empty prediction', captured({ input: 'f,40,pro', output: ',1' }), 'malformed-data: the prediction is empty'],
    [
      'an object without the column',
      captured({ input: '{"sex":"f","age":40}', output: '1', encodings: ['JSON', 'CSV'] }),
      'no-such-column: its request has no value "plan"',
    ],
    [
      'a list in the column',
      captured({ input: '{"sex":"f","age":40,"plan":[1]}', output: '1', encodings: ['JSON', 'CSV'] }),
      'no-such-column: its request has no value "plan"',
    ],
    [
      'a long value',
      captured({ input: `f,40,${'p'.repeat(1025)}`, output: '1' }),
      'malformed-data: a value of a group is a text of more than 1024 characters',
    ],
    [
      'one side',
      JSON.stringify({
        captureData: { endpointInput: { data: 'f', encoding: 'CSV' } },
        eventMetadata: { eventId: 'a', inferenceTime: '2026-01-05T00:30:00Z' },
      }),
      'empty-data: "endpointOutput" was not captured',
    ],
  ])('is unreadable with %s', (_, record, expected) => {
    expect(reasonsOf(SETTINGS, record)).toEqual([expected]);
  });

  test.each([
    ['no number', 'high', 'malformed-data: the prediction is not a finite number'],
    ['a label of another place', '{"score":1}', 'malformed-data: it has no one value where it is predicted'],
  ])('is unreadable where a probability is %s', (_, output, expected) => {
    const settings = { ...SETTINGS, captured: { ...SETTINGS.captured, threshold: 0.5 } } as BiasSettings;
    const answerIn = output.startsWith('{') ? 'JSON' : 'CSV';
    expect(reasonsOf(settings, captured({ input: 'f,40,pro', output, encodings: ['CSV', answerIn] }))).toEqual([
      expected,
    ]);
  });
});

describe('what many strangers send', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      sex: 'f',
      age: 40,
      plan: `plan-${index}`,
      said: String(index % 2),
      paid: String(index % 2),
    }));

  test('leaves out a facet of which each value is a group, and says so', async () => {
    const records = many(101).map(({ sex, age, plan, said }, index) =>
      captured({ input: `${sex},${age},${plan}`, output: said, id: `${index}` }),
    );
    const labels = many(101).map(({ paid }, index) => truth(`${index}`, paid));
    const { analysis, part } = read(SETTINGS, records, labels);
    const found = await analysis.check(part, { 'analysis.json': { version: '1.0' } } as AnalysisFiles);
    expect(found).toMatchObject({
      notEvaluated: [
        {
          feature: 'plan',
          check: 'too-many-values',
          reason: 'the column has more than 100 values, which is all that is compared',
        },
      ],
    });
    expect(
      Object.keys(
        ((found as { files: AnalysisFiles }).files['analysis.json'] as BiasAnalysis).pre_training_bias_metrics
          ?.facets ?? {},
      ),
    ).toEqual(['sex', 'age']);
  });
});
