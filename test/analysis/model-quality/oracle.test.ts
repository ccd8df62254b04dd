import type { BinaryClassificationMetrics, ModelQualityStatistics } from '../../../lib/analysis/model-quality';
import { differences, isClose, oracleCases } from './oracle';
import { BINARY, MULTICLASS, metricsOf, profileOf, REGRESSION, statisticsOf } from './rows';

// What scikit-learn and scipy say of 240 cases each. Where they say something else than this library, and why:
// - Labels that are all the same: r2_score says 0 or 1, here it has no value, for there is nothing to explain.
// - No negative row: the two rates of negative rows have no value, as Model Monitor's file has null. The script leaves these out as null.
// - One label only: roc_auc_score raises. Here the areas follow the points of the curve; see the tests on single labels.
// - The best constant is learnt from the predictions, not from the labels, as Model Monitor's is. Of equally frequent ones DummyClassifier
//   takes the smallest, here it is the positive one, or the last. The script asks for both.
// - The precision-recall curve begins at recall 0 with the first precision, as Spark's does; scikit-learn's with 1. The script replaces it.
// - The ROC curve ends with (1, 1) twice, as Model Monitor's does: once for the smallest probability, and once appended.

type Expected = { readonly [metric: string]: number | null };

test('regression metrics equal those of scikit-learn in 240 cases', () => {
  const cases = oracleCases<{ y: number[]; p: number[]; expected: Expected }>('regression');
  const failures = cases.flatMap(({ y, p, expected }, index) => {
    const profile = profileOf(
      REGRESSION,
      y.map((actual, row) => ({ actual, predicted: p[row] })),
    );
    return differences(metricsOf(profile), expected).map((difference) => `case ${index}: ${difference}`);
  });
  expect(cases).toHaveLength(240);
  expect(failures).toEqual([]);
});

interface BinaryCase {
  readonly y: number[];
  readonly s: number[];
  readonly threshold: number;
  readonly matrix: number[][];
  readonly expected: Expected;
  readonly curves?: { fpr: number[]; tpr: number[]; precision: number[]; recall: number[] };
}

const binaryProfile = ({ y, s, threshold }: BinaryCase) =>
  profileOf(
    { ...BINARY, probabilityThreshold: threshold },
    y.map((actual, row) => ({ actual: String(actual), predicted: s[row] > threshold ? '1' : '0', score: s[row] })),
  );

const binaryMetricsOf = (each: BinaryCase) =>
  statisticsOf(binaryProfile(each)).statistics.binary_classification_metrics as BinaryClassificationMetrics;

test('binary metrics equal those of scikit-learn in 240 cases', () => {
  const cases = oracleCases<BinaryCase>('binary');
  const failures = cases.flatMap((each, index) => {
    const { auc, au_prc, ...rates } = each.expected;
    const expected = auc === null ? rates : each.expected;
    return differences(metricsOf(binaryProfile(each)), expected).map((difference) => `case ${index}: ${difference}`);
  });
  expect(cases).toHaveLength(240);
  expect(cases.filter(({ expected }) => expected.auc !== null).length).toBeGreaterThanOrEqual(180);
  expect(failures).toEqual([]);
});

test('binary confusion matrices equal those of scikit-learn in 240 cases', () => {
  for (const each of oracleCases<BinaryCase>('binary')) {
    const labels = [0, 1].filter((label) => each.matrix[label].some(Boolean) || each.matrix.some((row) => row[label]));
    const row = (actual: number) => Object.fromEntries(labels.map((label) => [label, each.matrix[actual][label]]));
    const expected = Object.fromEntries(labels.map((actual) => [actual, row(actual)]));
    expect(binaryMetricsOf(each).confusion_matrix).toEqual(expected);
  }
});

test('the curves equal those of scikit-learn point by point', () => {
  const cases = oracleCases<BinaryCase>('binary').filter(({ curves }) => curves);
  expect(cases.length).toBeGreaterThanOrEqual(25);
  for (const each of cases) {
    const { receiver_operating_characteristic_curve: roc, precision_recall_curve: pr } = binaryMetricsOf(each);
    const expected = each.curves ?? { fpr: [], tpr: [], precision: [], recall: [] };
    expectSame(roc?.false_positive_rates, [...expected.fpr, 1]);
    expectSame(roc?.true_positive_rates, [...expected.tpr, 1]);
    expectSame(pr?.precisions, expected.precision);
    expectSame(pr?.recalls, expected.recall);
  }
});

function expectSame(actual: number[] | undefined, expected: number[]): void {
  expect(actual).toHaveLength(expected.length);
  expect(actual?.filter((value, index) => !isClose(value, expected[index]))).toEqual([]);
}

interface MulticlassCase {
  readonly labels: string[];
  /** indexes of `labels` */
  readonly y: number[];
  readonly p: number[];
  readonly matrix: number[][];
  readonly expected: Expected;
}

const multiclassProfile = ({ labels, y, p }: MulticlassCase) =>
  profileOf(
    MULTICLASS,
    y.map((actual, row) => ({ actual: labels[actual], predicted: labels[p[row]] })),
  );

test('multiclass metrics equal those of scikit-learn in 240 cases', () => {
  const cases = oracleCases<MulticlassCase>('multiclass');
  const failures = cases.flatMap((each, index) =>
    differences(metricsOf(multiclassProfile(each)), each.expected).map((difference) => `case ${index}: ${difference}`),
  );
  expect(cases).toHaveLength(240);
  expect(failures).toEqual([]);
});

test('multiclass confusion matrices equal those of scikit-learn in 240 cases', () => {
  for (const each of oracleCases<MulticlassCase>('multiclass')) {
    const { multiclass_classification_metrics: metrics }: ModelQualityStatistics = statisticsOf(
      multiclassProfile(each),
    ).statistics;
    const matrix = each.labels.map((actual) =>
      each.labels.map((predicted) => metrics?.confusion_matrix[actual][predicted]),
    );
    expect(matrix).toEqual(each.matrix);
  }
});
