import { violationSentence } from '../../lib/notification/violation-sentence';
import type { UnjudgedViolation } from '../../lib/outcome/confirmation';

test.each<[Partial<UnjudgedViolation>, string]>([
  [
    { check: 'data_type_check', observed: 0.9964592817400101, expected: 1, expectedType: 'Integral' },
    'f: expected 100% of the values to be of type Integral, saw 99.65%',
  ],
  [
    { check: 'data_type_check', observed: 0.9999999, expected: 1, expectedType: 'Integral' },
    'f: expected 100% of the values to be of type Integral, saw 99.99999%',
  ],
  [
    { check: 'data_type_check', observed: 0.5, expected: 0.995 },
    "f: expected 99.5% of the values to be of the baseline's type, saw 50%",
  ],
  [
    { check: 'completeness_check', observed: 0.9784946236559139, expected: 1 },
    'f: expected 100% of the values to be present, saw 97.85%',
  ],
  [
    { check: 'completeness_check', observed: 0, expected: 0.999999 },
    'f: expected 99.9999% of the values to be present, saw 0%',
  ],
  [
    { check: 'categorical_values_check', observed: 0.29, expected: 1 },
    "f: expected 100% of the values to be among the baseline's, saw 29%",
  ],
  [
    { check: 'baseline_drift_check', observed: 0.5, expected: 0.1 },
    "f: expected a distribution within 0.1 of the baseline's, saw a distance of 0.5",
  ],
  [
    { check: 'known_values_check', observed: 0.5, expected: 0.992, description: 'New: "Berlin" (12%).' },
    "f: expected 99.2% of the values to be among the baseline's, saw 50%",
  ],
  [
    { check: 'text_length_check', observed: 0.4, expected: 0.1 },
    "f: expected lengths within 0.1 of the baseline's, saw a distance of 0.4",
  ],
  [
    { check: 'text_form_check', observed: 0.4, expected: 0.1 },
    "f: expected forms of text within 0.1 of the baseline's, saw a distance of 0.4",
  ],
  [
    { check: 'numbers_among_text_check', observed: 0.4, expected: 0.1 },
    "f: expected numbers within 0.1 of the baseline's, saw a distance of 0.4",
  ],
  [
    { feature: 'Extra columns', check: 'extra_column_check', observed: 12346, expected: 12345 },
    'Extra columns: expected 12345 columns, saw 12346',
  ],
  [
    { feature: 'Missing columns', check: 'missing_column_check', observed: 69, expected: 70 },
    'Missing columns: expected 70 columns, saw 69',
  ],
  [
    { check: 'missing_column_check', observed: 0, expected: 1 },
    'f: expected the column that the baseline has, saw none of this name',
  ],
  [{ feature: 'Unknown columns', check: 'extra_column_check', observed: 0.5, expected: 0.01 }, 'words'],
  [
    { check: 'LessThanThreshold', observed: 0.5056490090464711, expected: 0.8914483367677364 },
    'f: expected at least 0.8914, saw 0.5056',
  ],
  [{ check: 'GreaterThanThreshold', observed: 39.32, expected: 38.29 }, 'f: expected at most 38.29, saw 39.32'],
  [
    { check: 'bias_drift_check', observed: '-Infinity', expected: 0.28176563733194276 },
    "f: expected a value no farther from 0 than the baseline's 0.2818, saw -Infinity",
  ],
  [
    { check: 'feature_attribution_drift_check', observed: 0.860173572903856, expected: 0.9 },
    "f: expected an order of features that scores at least 0.9 against the baseline's, saw 0.8602",
  ],
  [
    { feature: 'accuracy', check: 'concept_drift_check', observed: 0.71234567, expected: 0.81999 },
    "accuracy: expected 0.82 by the model's own probabilities, saw 0.7123 by the labels",
  ],
  [
    { feature: 'accuracy', check: 'model_decay_check', observed: 0.71234567, expected: 0.81999 },
    'accuracy: went from 0.82 to 0.7123, step by step over the last windows',
  ],
  [{ check: 'constructor', observed: 1, expected: 2 }, 'f: constructor, words'],
  [{ check: 'completeness_check', observed: 0.5 }, 'f: completeness_check, words'],
  [{ check: 'completeness_check', expected: 0.5 }, 'f: completeness_check, words'],
])('%j reads as a sentence', (violation, sentence) => {
  expect(violationSentence({ feature: 'f', check: 'check', description: 'words', ...violation })).toBe(sentence);
});

test('a sentence takes no figure out of a description', () => {
  const description = 'Baseline drift distance: 0.5 exceeds threshold: 0.1';
  const violation = { feature: 'f', check: 'baseline_drift_check', description };
  expect(violationSentence(violation)).toBe(`f: baseline_drift_check, ${description}`);
});
