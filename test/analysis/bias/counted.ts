import { analyzeBias, type BiasAnalysis, type BiasColumn, textColumn } from '../../../lib/analysis';

/** Outcomes of one group: found, missed, wrongly accepted, rightly rejected. */
export type Counts = readonly [tp: number, fn: number, fp: number, tn: number];

const OUTCOMES = [
  ['1', '1'],
  ['1', '0'],
  ['0', '1'],
  ['0', '0'],
];
/** Metrics that counts of outcomes give. */
export const POST = ['AD', 'DAR', 'DCA', 'DCR', 'DI', 'DPPL', 'DRR', 'GE', 'RD', 'SD', 'TE'] as const;
export const PRE = ['CI', 'DPL', 'JS', 'KL', 'KS', 'LP', 'TVD'] as const;

/** An analysis of women and men, by how often each outcome was counted. */
export function analysisOf(women: Counts, men: Counts, measuresChance = true): BiasAnalysis {
  const cells = [women, men].flatMap((counts, side) =>
    counts.map((count, at) => ({ count, sex: side === 0 ? 'f' : 'm', actual: OUTCOMES[at][0], said: OUTCOMES[at][1] })),
  );
  const there = cells.filter(({ count }) => count > 0);
  const weights = there.map(({ count }) => count);
  const column = (name: 'sex' | 'actual' | 'said'): BiasColumn => ({
    ...textColumn(
      name,
      there.map((cell) => cell[name]),
    ),
    declared: 'categorical',
    weights,
  });
  return analyzeBias({
    columns: [column('sex'), column('actual'), column('said')],
    facets: [{ name: 'sex', valuesOrThreshold: ['f'] }],
    label: 'actual',
    labelValuesOrThreshold: [1],
    predictedLabel: 'said',
    preTrainingMetrics: PRE,
    postTrainingMetrics: POST,
    measuresChance,
  }).analysis;
}
