import type { Declared } from './outcome';

/** What is right of one file of traffic: the lines of its outcome. */
export interface Right {
  readonly right: readonly (string | RegExp)[];
  readonly declared?: Declared;
}

const whole: Right = { right: [] };
const unread = (share: string) => new RegExp(`records were not used \\(${share}%\\)`);
const missing = (...features: string[]) => [
  ...features.map((feature) => `${feature} missing_column_check`),
  'Unknown columns extra_column_check',
];
const notMade = (count: number) => new RegExp(`^${count} checks? that the baseline asks for w`);

/** By case and file of traffic. */
export const EXPECTED: { readonly [name: string]: { readonly [file: string]: Right | readonly Right[] } } = {
  'batch-answer-one-line': { 'traffic.jsonl': whole },
  'canary-traffic': {
    'traffic.jsonl': [
      { right: ['score baseline_drift_check', 'age baseline_drift_check', 'income baseline_drift_check'] },
      { right: [], declared: { filter: { noneOf: [{ customAttributes: ['testIndicator=testing'] }] } } },
    ],
  },
  'decimals-without-zeros': { 'train.csv': whole, 'holdout.csv': whole },
  'integer-categories': {
    'traffic.jsonl': { right: ['dept baseline_drift_check'], declared: { columnTypes: { dept: 'Categorical' } } },
  },
  'json-nan': { 'traffic.jsonl': { right: ['income completeness_check'] } },
  'json-renamed-key': {
    'renamed.jsonl': [
      { right: [...missing('income'), notMade(1)] },
      {
        right: ['income baseline_drift_check'],
        declared: { transformations: [{ rename: { yearlyIncome: 'income' } }] },
      },
    ],
    'camel.jsonl': [
      { right: [...missing('score', 'age', 'income', 'channel'), notMade(4)] },
      {
        right: [],
        declared: {
          transformations: [{ rename: { Score: 'score', Age: 'age', Income: 'income', Channel: 'channel' } }],
        },
      },
    ],
    'enveloped.jsonl': [
      { right: [...missing('score', 'age', 'income', 'channel'), notMade(4)] },
      {
        right: [
          ...['score', 'age', 'income'].map((name) => `${name} baseline_drift_check`),
          'channel categorical_values_check',
          'channel baseline_drift_check',
        ],
        declared: { transformations: [{ unwrap: 'features' }, { unwrap: 'prediction' }] },
      },
    ],
    'drift.jsonl': [
      { right: ['income baseline_drift_check', 'channel baseline_drift_check'] },
      {
        right: [
          'income baseline_drift_check',
          'channel baseline_drift_check',
          'no record has what transformations name: rename yearlyIncome; mend the transformations, or see what clients send',
        ],
        declared: { transformations: [{ rename: { yearlyIncome: 'income' } }] },
      },
    ],
  },
  llm: { 'traffic.jsonl': { right: ['failed: no record can be used', unread('100')] } },
  'mixed-schemas': {
    'traffic.jsonl': { right: [unread('40')] },
    'traffic-base64.jsonl': { right: [unread('95')] },
    'traffic-array.jsonl': { right: [unread('20')] },
  },
  'one-extra-key': { 'traffic.jsonl': { right: ['income baseline_drift_check'] } },
  'sdk-set-monitoring': { 'traffic.jsonl': whole },
  semicolons: { 'traffic.jsonl': { right: [/^refused at deployment: /] } },
  'sorted-constraints': { 'traffic.jsonl': { right: ['zeta baseline_drift_check'] } },
  'statistics-without-distributions': { 'traffic.jsonl': { right: [/^failed: .*statistics\.json/] } },
  'stray-text': { 'traffic.jsonl': { right: ['income baseline_drift_check'] } },
  'target-last': {
    'traffic.jsonl': {
      right: [
        'sepal_length baseline_drift_check',
        'sepal_width baseline_drift_check',
        'petal_length baseline_drift_check',
        'petal_width baseline_drift_check',
        'species data_type_check',
        'species baseline_drift_check',
      ],
    },
  },
  'zip-as-string': { 'traffic.jsonl': whole },
};

/** Whether an outcome has all that is right, in its order, and nothing else. */
export const isRight = (outcome: readonly string[], right: Right['right']): boolean =>
  right.length === outcome.length && right.every((line, index) => fits(outcome[index], line));

const fits = (line: string, right: string | RegExp) => (typeof right === 'string' ? line === right : right.test(line));
