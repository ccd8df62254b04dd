import * as fc from 'fast-check';
import { analyzeBias, type BiasInput, textColumn, valueColumn } from '../../../lib/analysis/bias';
import { holds } from '../property';
import { isClose } from './closeness';
import { type BitCase, metricsOf, valuesOf } from './oracle';

const columns = [
  textColumn('Sex', ['F', 'F', 'M', 'M', 'M']),
  textColumn('Age', ['30', '41', '50', '22', '35']),
  textColumn('Target', ['yes', 'no', 'yes', 'no', 'yes']),
  textColumn('Predicted', ['yes', 'no', 'no', 'no', 'yes']),
];

const input: BiasInput = {
  columns,
  facets: [{ name: 'Sex', valuesOrThreshold: ['F'] }],
  label: 'Target',
  labelValuesOrThreshold: ['yes'],
  preTrainingMetrics: ['CI', 'CDDL'],
  postTrainingMetrics: ['TE', 'DI'],
};

test('writes analysis.json as Clarify does', () => {
  const { analysis, problems } = analyzeBias({ ...input, predictedLabel: 'Predicted' });
  expect(problems).toEqual([]);
  expect(JSON.stringify(analysis)).toBe(
    '{"version":"1.0","post_training_bias_metrics":{"label":"Target","facets":{"Sex":[{"value_or_threshold":"F","metrics":[' +
      '{"name":"DI","description":"Disparate Impact (DI)","value":1.5},' +
      '{"name":"TE","description":"Treatment Equality (TE)","value":"-Infinity"}]}]},"label_value_or_threshold":"yes"},' +
      '"pre_training_bias_metrics":{"label":"Target","facets":{"Sex":[{"value_or_threshold":"F","metrics":[' +
      '{"name":"CDDL","description":"Conditional Demographic Disparity in Labels (CDDL)","value":null,"error":"Group variable is empty or not provided"},' +
      '{"name":"CI","description":"Class Imbalance (CI)","value":0.2}]}]},"label_value_or_threshold":"yes"}}',
  );
});

test('computes 8 metrics of labels and 13 of predictions unless told otherwise', () => {
  const { analysis } = analyzeBias({
    ...input,
    preTrainingMetrics: undefined,
    postTrainingMetrics: undefined,
    predictedLabel: 'Predicted',
  });
  expect(analysis.pre_training_bias_metrics?.facets.Sex[0].metrics).toHaveLength(8);
  expect(analysis.post_training_bias_metrics?.facets.Sex[0].metrics).toHaveLength(13);
});

test('makes every value of a facet a group when none is named, and takes several facets', () => {
  const facets = [{ name: 'Sex' }, { name: 'Age', valuesOrThreshold: [30] }];
  const section = analyzeBias({ ...input, facets }).analysis.pre_training_bias_metrics;
  expect(section?.facets.Sex.map((group) => group.value_or_threshold)).toEqual(['F', 'M']);
  expect(section?.facets.Age.map((group) => group.value_or_threshold)).toEqual(['(30, 50]']);
});

test.each<[string, Partial<BiasInput>, string]>([
  ['an unknown facet', { facets: [{ name: 'Race' }] }, 'missing-column'],
  ['an unknown label', { label: 'Income' }, 'missing-column'],
  ['an unknown prediction', { predictedLabel: 'Score' }, 'missing-column'],
  ['an unknown group variable', { groupVariable: 'State' }, 'missing-column'],
  ['no label values', { labelValuesOrThreshold: [] }, 'missing-threshold'],
  ['a continuous facet without threshold', { facets: [{ name: 'Age' }] }, 'missing-threshold'],
  ['a threshold that is no number', { facets: [{ name: 'Age', valuesOrThreshold: ['old'] }] }, 'invalid-threshold'],
  ['predictions of another type', { predictedLabel: 'Age' }, 'label-types-differ'],
  [
    'predictions without a positive one',
    { predictedLabel: 'Predicted', columns: [...columns.slice(0, 3), textColumn('Predicted', Array(5).fill('no'))] },
    'no-positive-prediction',
  ],
  [
    'a facet without any value',
    {
      columns: [valueColumn('Sex', Array(5).fill(null)), ...columns.slice(1)],
      facets: [{ name: 'Sex', valuesOrThreshold: [1] }],
    },
    'empty-column',
  ],
  [
    'a missing prediction of integer labels',
    {
      label: 'Age',
      labelValuesOrThreshold: [30],
      predictedLabel: 'Score',
      columns: [...columns, valueColumn('Score', [1, 2, 40, null, 5])],
    },
    'invalid-value',
  ],
])('fails with a reason on %s', (_, change, reason) => {
  const { problems } = analyzeBias({ ...input, ...change });
  expect(problems.map((problem) => problem.reason)).toEqual([reason]);
});

test('has nothing but problems without rows', () => {
  const none = columns.map((column) => ({ ...column, values: [] }));
  const { analysis, problems } = analyzeBias({ ...input, columns: none, facets: [{ name: 'Sex' }] });
  expect(problems).toEqual([]);
  expect(analysis.pre_training_bias_metrics?.facets).toEqual({ Sex: [] });
  const read = columns.map(({ name }) => textColumn(name, []));
  expect(analyzeBias({ ...input, columns: read }).problems.map(({ reason }) => reason)).toEqual([
    'empty-column',
    'empty-column',
  ]);
});

test('has no value by group when no row has a group', () => {
  const group = valueColumn('State', Array(5).fill(null));
  const { analysis } = analyzeBias({ ...input, columns: [...columns, group], groupVariable: 'State' });
  expect(valuesOf(analysis.pre_training_bias_metrics)).toEqual({ CDDL: null, CI: 0.2 });
});

test('leaves out only the stage or the facet that has a problem', () => {
  const { analysis } = analyzeBias({ ...input, facets: [{ name: 'Race' }, { name: 'Sex' }], predictedLabel: 'Age' });
  expect(Object.keys(analysis.pre_training_bias_metrics?.facets ?? {})).toEqual(['Sex']);
  expect(analysis.post_training_bias_metrics).toBeUndefined();
});

test('fails when columns differ in length', () => {
  expect(() => analyzeBias({ ...input, columns: [...columns, textColumn('x', ['1'])] })).toThrow(
    'column "x" has 1 values, "Sex" 5',
  );
});

test('counts rows with a missing facet as advantaged and with a missing label as negative', () => {
  const { analysis } = analyzeBias({
    ...input,
    columns: [valueColumn('f', ['d', 'd', 'd', null, 'a']), valueColumn('y', ['yes', null, 'yes', 'yes', 'no'])],
    facets: [{ name: 'f', valuesOrThreshold: ['d'] }],
    label: 'y',
    preTrainingMetrics: ['CI', 'DPL'],
  });
  expect(valuesOf(analysis.pre_training_bias_metrics)).toEqual({ CI: -1 / 5, DPL: 1 / 2 - 2 / 3 });
});

test.each([
  [[textColumn('name', ['a', 'b', 'c', 'd', 'e'])], 'The flip test needs numeric columns, and "name" is not'],
  [[textColumn('x', ['1', '', '3', '4', '5'])], 'The flip test needs every value, and "x" misses some'],
  [[], 'The flip test has no column to compare rows by'],
])('gives the reason why there is no flip test: %#', (features, error) => {
  const { analysis } = analyzeBias({
    ...input,
    columns: [columns[0], columns[2], columns[3], ...features],
    predictedLabel: 'Predicted',
    postTrainingMetrics: ['FT'],
  });
  expect(analysis.post_training_bias_metrics?.facets.Sex[0].metrics).toEqual([
    { name: 'FT', description: 'Flip Test (FT)', value: null, error },
  ]);
});

const row = fc.record({
  facet: fc.constantFrom('0', '1'),
  label: fc.constantFrom('0', '1'),
  predicted: fc.constantFrom('0', '1'),
  group: fc.constantFrom('0', '1', '2'),
});
const rows = fc.array(row, { minLength: 2, maxLength: 40 });

const bitCase = (each: readonly { facet: string; label: string; predicted: string; group: string }[]): BitCase => {
  const join = (name: 'facet' | 'label' | 'predicted' | 'group') => each.map((one) => one[name]).join('');
  return {
    facet: join('facet'),
    label: join('label'),
    predicted: join('predicted'),
    group: join('group'),
    metrics: {},
  };
};

test('does not depend on the order of rows', () => {
  const shuffled = rows.chain((each) =>
    fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
  );
  holds(
    fc.property(shuffled, ([each, other]) => {
      const { FT: _, ...before } = metricsOf(bitCase(each));
      const { FT: __, ...after } = metricsOf(bitCase(other));
      expect(after).toEqual(before);
    }),
  );
});

test('changes the sign of differences, and inverts disparate impact, when the sides are swapped', () => {
  holds(
    fc.property(rows, (each) => {
      const swapped = each.map((one) => ({ ...one, facet: one.facet === '1' ? '0' : '1' }));
      const [here, there] = [metricsOf(bitCase(each)), metricsOf(bitCase(swapped))];
      for (const name of ['CI', 'DPL', 'DPPL', 'DCA', 'DCR', 'RD', 'SD', 'DAR', 'DRR', 'AD', 'TE'] as const) {
        if (name in here && here[name] !== null) expect(Number(there[name])).toBeCloseTo(-Number(here[name]), 12);
      }
      if (Number(here.DI) > 0) expect(isClose(Number(there.DI), 1 / Number(here.DI))).toBe(true);
    }),
  );
});
