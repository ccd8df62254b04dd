import { baselineNotes } from '../../../lib/analysis/data-quality/baseline-notes';
import type { TextStatistics } from '../../../lib/analysis/data-quality/text/text-statistics';
import type { Constraints, FeatureStatistics, Statistics } from '../../../lib/analysis/schemas';

const common = (num_present: number) => ({ num_present, num_missing: 9 - num_present });
const ofText = (name: string, present: number, values?: object) =>
  ({ name, inferred_type: 'String', string_statistics: { common: common(present), ...values } }) as FeatureStatistics;
const NUMBER = {
  name: 'age',
  inferred_type: 'Integral',
  numerical_statistics: { common: common(9) },
} as FeatureStatistics;
const PLAN = ofText('plan', 9, { distribution: { categorical: { buckets: [{ value: 'a', count: 9 }] } } });
const TEXT = ofText('note', 9);
const EMPTY = ofText('void', 0);
const FEATURES = [NUMBER, PLAN, TEXT, EMPTY];

const constraintsOf = (features: readonly FeatureStatistics[], changes: Partial<Constraints> = {}): Constraints => ({
  version: 0,
  features: features.map(({ name, inferred_type }) => ({ name, inferred_type, completeness: 1 })),
  ...changes,
});

const KEPT: TextStatistics = { version: 1, key: '', features: [{ name: 'note', lengths: [], forms: [] }] };

function notes(
  features: FeatureStatistics[],
  constraints = constraintsOf(features),
  text: TextStatistics | undefined = KEPT,
): string[] {
  const statistics: Statistics = { version: 0, dataset: { item_count: 9 }, features };
  return baselineNotes(statistics, constraints, text);
}

test('a baseline that compares every feature, or has none, has no notes', () => {
  expect(notes([NUMBER, PLAN, EMPTY])).toEqual([]);
  expect(notes([])).toEqual([]);
});

test('text of too many values is named, with what watches it', () => {
  expect(notes(FEATURES)).toEqual([
    expect.stringMatching(/^text of too many values for a histogram, compared by its form and .*: column "note"$/),
  ]);
  const statistics: Statistics = { version: 0, dataset: { item_count: 9 }, features: FEATURES };
  expect(baselineNotes(statistics, constraintsOf(FEATURES))).toEqual([
    'text of too many values for a histogram, not compared: column "note"',
  ]);
});

test('columns without constraints are named, and nothing else is said of them', () => {
  expect(notes(FEATURES, constraintsOf([NUMBER, PLAN]))).toEqual([
    'not in constraints.json, so that nothing is checked: columns "note", "void"',
  ]);
});

test('what is switched off for all is named once, as what it comes to', () => {
  const off = { distribution_constraints: { perform_comparison: 'Disabled' } } as const;
  expect(notes([NUMBER, PLAN], constraintsOf([NUMBER, PLAN], { monitoring_config: off }))).toEqual([
    'perform_comparison is "Disabled", so that drift is not seen: columns "age", "plan"',
  ]);
  const none = { ...off, evaluate_constraints: 'Disabled' } as const;
  expect(notes([NUMBER, PLAN], constraintsOf([NUMBER, PLAN], { monitoring_config: none }))).toEqual([
    'evaluate_constraints is "Disabled", so that nothing is checked: columns "age", "plan"',
  ]);
});

test('numbers with text among them are named, and no other text', () => {
  const numbers = { sketch: [[1]], standardDeviation: 0 };
  const features = [TEXT, ofText('income', 9)];
  const kept: TextStatistics = {
    ...KEPT,
    features: [...KEPT.features, { name: 'income', lengths: [], forms: [], numbers }],
  };
  expect(notes(features, constraintsOf(features), kept)).toEqual([
    expect.stringMatching(/^text of too many values for a histogram, .*: columns "note", "income"$/),
    expect.stringMatching(/^numbers with text among them, .* leave the field empty: column "income"$/),
  ]);
  expect(notes([TEXT])).toHaveLength(1);
});
