import { wordedFigures } from '../../lib/outcome/container-wording';

test.each([
  [
    'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 99.5% of data is Integral.',
    { observed: 0.995, expected: 1, expectedType: 'Integral' },
  ],
  [
    'Data completeness requirement is not met. Expected: 99.0%. Observed: Only 97.84946236559139%.',
    { observed: 0.9784946236559139, expected: 0.99 },
  ],
  [
    'Categorical value match requirement is not met. Expected match: 100.0%. Observed: 1.0E-4% of the values match the known values.',
    { observed: 1e-6, expected: 1 },
  ],
  [
    'Baseline drift distance: 0.28005025121887606 exceeds threshold: 0.1',
    { observed: 0.28005025121887606, expected: 0.1 },
  ],
  ['Numerical distance: 0.5 exceeds numerical threshold: 0.1', { observed: 0.5, expected: 0.1 }],
  [
    'There are extra columns in current dataset. Number of columns in current dataset: 23, Number of columns in baseline constraints: 22',
    { observed: 23, expected: 22 },
  ],
  [
    'There are missing columns in current dataset. Number of columns in current dataset: 69, Number of columns in baseline constraints: 70',
    { observed: 69, expected: 70 },
  ],
  [
    "Metric auc with 0.5056490090464711 +/- 0.0031109808156736616 was LessThanThreshold '0.8914483367677364'",
    { observed: 0.5056490090464711, expected: 0.8914483367677364 },
  ],
  ["Metric mae with 39.32 was GreaterThanThreshold '38.29'", { observed: 39.32, expected: 38.29 }],
  [
    "Metric value -Infinity doesn't meet the baseline constraint requirement 0.28176563733194276",
    { observed: Number.NEGATIVE_INFINITY, expected: 0.28176563733194276 },
  ],
  ['Feature attribution drift 0.860173572903856 exceeds threshold 0.9', { observed: 0.860173572903856, expected: 0.9 }],
  ['Metric value 3 is what an image of a user says', {}],
  [undefined, {}],
])('%j has figures', (description, figures) => {
  expect(wordedFigures({ description })).toEqual(figures);
});
