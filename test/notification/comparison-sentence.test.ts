import { comparisonSentence } from '../../lib/notification/comparison-sentence';
import type { ComparisonOutcome } from '../../lib/outcome/comparison/contract';

const NAMES = { reference: 'blue', candidate: 'green', notCompared: [] };
const figure = (value: number, spread: number) => ({ value, low: value - spread, high: value + spread });

test.each<[string, Omit<ComparisonOutcome, keyof typeof NAMES>]>([
  ['green with blue: no column apart', { driftedCount: 0, drifted: [] }],
  ['green with blue: 1 column apart', { driftedCount: 1, drifted: ['age'] }],
  ['green with blue: 30 columns apart', { driftedCount: 30, drifted: ['age'] }],
  [
    'green with blue: the same answer to 96.5% of 200 rows; accuracy -0.02 (-0.05 to 0.01)',
    {
      agreement: { requests: 200, rows: 200, agreeing: 193, share: figure(0.965, 0.02) },
      quality: {
        rows: { reference: 200, candidate: 200, shared: 200 },
        metrics: [
          { metric: 'recall', reference: 0.9, candidate: 0.8, difference: figure(-0.1, 0.2) },
          { metric: 'accuracy', reference: 0.9, candidate: 0.88, difference: figure(-0.02, 0.03) },
        ],
      },
    },
  ],
  [
    'green with blue: answers to 100 rows 2.5 apart in the mean; rmse +1.5 (0.5 to 2.5)',
    {
      agreement: { requests: 100, rows: 100, meanDifference: figure(1, 1), meanDistance: figure(2.5, 1) },
      quality: {
        rows: { reference: 100, candidate: 100, shared: 100 },
        metrics: [{ metric: 'rmse', reference: 1, candidate: 2.5, difference: figure(1.5, 1) }],
      },
    },
  ],
  [
    'green with blue: answers to 100 rows 0 apart in the mean; rmse 0 (-1 to 1)',
    {
      agreement: { requests: 100, rows: 100, meanDifference: figure(0, 1), meanDistance: figure(0, 1) },
      quality: {
        rows: { reference: 100, candidate: 100, shared: 100 },
        metrics: [{ metric: 'rmse', reference: 1, candidate: 1, difference: figure(0, 1) }],
      },
    },
  ],
  ['green with blue: nothing can be said', {}],
])('says %s', (sentence, comparison) => {
  expect(comparisonSentence({ ...NAMES, ...comparison })).toBe(sentence);
});
