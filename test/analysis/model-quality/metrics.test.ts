import type { QualityRow } from '../../../lib/analysis/model-quality';
import { QualityProfile, qualityStatistics, suggestQualityConstraints } from '../../../lib/analysis/model-quality';
import { Confusion } from '../../../lib/analysis/model-quality/confusion';
import { areaUnderCurve, groupedPoints } from '../../../lib/analysis/model-quality/curves';
import { PreciseSum } from '../../../lib/analysis/model-quality/precise-sum';
import { regressionMetrics } from '../../../lib/analysis/model-quality/regression';
import { MAX_DISTINCT_SCORES, ScoreTable } from '../../../lib/analysis/model-quality/scores';
import { BINARY, MULTICLASS, metricsOf, profileOf, REGRESSION, statisticsOf } from './rows';

/** As many rows of each kind as its count says. */
const repeat = (kinds: readonly (readonly [count: number, row: QualityRow])[]) =>
  kinds.flatMap(([count, row]) => Array<QualityRow>(count).fill(row));

const row = (actual: string, predicted: string, score?: number): QualityRow => ({ actual, predicted, score });

const values = (metrics: Record<string, { value: unknown }>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, metrics[name].value]));

// the example of a binary classification in the developer guide: 0 -> {0: 1, 1: 2}, 1 -> {0: 0, 1: 1}
// https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
const GUIDE = repeat([
  [1, row('0', '0')],
  [2, row('0', '1')],
  [1, row('1', '1')],
]);

test("the developer guide's binary example comes out to the last digit", () => {
  const metrics = metricsOf(profileOf(BINARY, GUIDE), { generation: 'deequ-1.0' });
  const expected = {
    recall: 1,
    precision: 0.3333333333333333,
    accuracy: 0.5,
    recall_best_constant_classifier: 1,
    precision_best_constant_classifier: 0.25,
    accuracy_best_constant_classifier: 0.25,
    true_positive_rate: 1,
    true_negative_rate: 0.33333333333333337,
    false_positive_rate: 0.6666666666666666,
    false_negative_rate: 0,
    f0_5: 0.3846153846153846,
    f1: 0.5,
    f2: 0.7142857142857143,
    f0_5_best_constant_classifier: 0.29411764705882354,
    f1_best_constant_classifier: 0.4,
    f2_best_constant_classifier: 0.625,
  };
  expect(values(metrics, Object.keys(expected))).toEqual(expected);
});

test("the developer guide's multiclass example comes out", () => {
  const rows = repeat([
    [1180, row('0', '0')],
    [510, row('0', '1')],
    [268, row('1', '0')],
    [138, row('1', '1')],
  ]);
  const metrics = metricsOf(profileOf(MULTICLASS, rows), { generation: 'deequ-1.0' });
  const expected = {
    accuracy: 0.6288167938931297,
    weighted_recall: 0.6288167938931297,
    weighted_precision: 0.6983172269629505,
    weighted_f0_5: 0.6803947317178771,
    weighted_f1: 0.6571162346664904,
    weighted_f2: 0.6384024354394601,
    accuracy_best_constant_classifier: 0.19370229007633588,
    weighted_recall_best_constant_classifier: 0.19370229007633588,
    weighted_precision_best_constant_classifier: 0.03752057718081697,
    weighted_f0_5_best_constant_classifier: 0.04473443104152011,
    weighted_f1_best_constant_classifier: 0.06286421244683643,
    weighted_f2_best_constant_classifier: 0.10570313141262414,
  };
  for (const [name, value] of Object.entries(expected)) expect(metrics[name].value).toBeCloseTo(value, 14);
});

// a baseline of 2024: 158 negative rows of which 4 were called positive, 43 positive ones of which 27 were missed
// https://github.com/ShariqtheOne/aai540-finalproject/blob/main/ModelTrainDeployMonitor.ipynb
test('the best constant classifier gives the negative label where most predictions and rows are negative', () => {
  const rows = repeat([
    [154, row('0', '0')],
    [4, row('0', '1')],
    [27, row('1', '0')],
    [16, row('1', '1')],
  ]);
  const metrics = metricsOf(profileOf(BINARY, rows));
  expect(metrics.recall.value).toBe(0.37209302325581395);
  expect(metrics.false_positive_rate.value).toBe(0.02531645569620253);
  expect(metrics.true_negative_rate.value).toBe(0.9746835443037974);
  expect(metrics.false_negative_rate.value).toBe(0.627906976744186);
  expect(metrics.f1.value).toBe(0.5079365079365079);
  expect(metrics.f2.value).toBe(0.4166666666666667);
  expect(metrics.recall_best_constant_classifier).toEqual({ value: 0, standard_deviation: 0 });
  expect(metrics.precision_best_constant_classifier).toEqual({ value: 0, standard_deviation: 0 });
  expect(metrics.f1_best_constant_classifier).toEqual({ value: 0, standard_deviation: 0 });
  expect(metrics.accuracy_best_constant_classifier.value).toBeCloseTo(0.78607, 5);
});

// a baseline of 2024: 109 of 201 rows are positive, and 94 of 201 predictions
test.each(['deequ-2.0', 'deequ-1.0'] as const)(
  'the best constant classifier gives the label that most predictions are, not most rows: %s',
  (generation) => {
    const rows = repeat([
      [87, row('0', '0')],
      [5, row('0', '1')],
      [20, row('1', '0')],
      [89, row('1', '1')],
    ]);
    const expected = { recall: 0, precision: 0, accuracy: 92 / 201, f0_5: 0, f1: 0, f2: 0 };
    const metrics = metricsOf(profileOf(BINARY, rows), { generation });
    for (const [name, value] of Object.entries(expected)) {
      expect([name, metrics[`${name}_best_constant_classifier`].value]).toEqual([name, value]);
    }
  },
);

test('of several labels, too, the best constant classifier gives the one that most predictions are', () => {
  const rows = repeat([
    [3, row('a', 'b')],
    [2, row('b', 'b')],
    [4, row('c', 'c')],
  ]);
  const metrics = metricsOf(profileOf(MULTICLASS, rows));
  expect(metrics.accuracy_best_constant_classifier.value).toBe(2 / 9);
});

// a baseline of 2024 with positive rows only
// https://github.com/angelbenitezmd/AAI-540_Predictive-Maintenance-for-Pharmaceutical-Manufacturing-Equipment
test('with positive labels only, the rates of negative rows have no value, and the areas are 1', () => {
  const rows = repeat([
    [200, row('1', '1', 0.9)],
    [1, row('1', '0', 0.2)],
  ]);
  const profile = profileOf(BINARY, rows);
  const metrics = metricsOf(profile);
  expect(metrics.confusion_matrix).toEqual({ 0: { 0: 0, 1: 0 }, 1: { 0: 1, 1: 200 } });
  expect(metrics.true_negative_rate).toEqual({ value: null, standard_deviation: null });
  expect(metrics.false_positive_rate).toEqual({ value: null, standard_deviation: null });
  expect(metrics.recall.value).toBe(0.9950248756218906);
  expect(metrics.false_negative_rate.value).toBeCloseTo(0.00497512437810943, 16);
  expect(metrics.auc).toEqual({ value: 1, standard_deviation: 0 });
  expect(metrics.au_prc).toEqual({ value: 1, standard_deviation: 0 });
  expect(metrics.recall_best_constant_classifier.value).toBe(1);
  expect(statisticsOf(profile).undefinedMetrics.map(({ metric }) => metric)).toEqual([
    'true_negative_rate',
    'false_positive_rate',
  ]);
});

test('files of 2022 have the text NaN for what has no value, thresholds too', () => {
  const profile = profileOf(BINARY, [row('1', '1', 0.9)]);
  const { statistics, undefinedMetrics } = statisticsOf(profile, { generation: 'deequ-1.0' });
  expect(statistics.binary_classification_metrics?.false_positive_rate.value).toBe('NaN');
  const { binary_classification_constraints: constraints } = suggestQualityConstraints(statistics);
  expect(constraints?.false_positive_rate.threshold).toBe('NaN');
  expect(undefinedMetrics.map(({ metric }) => metric)).toEqual(['true_negative_rate', 'false_positive_rate']);
});

// a baseline of 2024: 201 rows, none of them positive, and none called positive
test('without a positive label recall and F scores are 0, never missed, and are evaluated', () => {
  const profile = profileOf(BINARY, repeat([[201, row('0', '0')]]));
  const metrics = metricsOf(profile);
  expect(metrics.confusion_matrix).toEqual({ 0: { 0: 201 } });
  const constants = ['recall', 'f0_5', 'f1', 'f2'].map((name) => `${name}_best_constant_classifier`);
  for (const name of ['recall', 'true_positive_rate', 'f0_5', 'f1', 'f2', ...constants]) {
    expect([name, metrics[name]]).toEqual([name, { value: 0, standard_deviation: 0 }]);
  }
  expect(metrics.false_negative_rate).toEqual({ value: 1, standard_deviation: 0 });
  const { statistics } = statisticsOf(profile);
  const { binary_classification_constraints: constraints } = suggestQualityConstraints(statistics);
  expect(constraints?.recall).toEqual({ threshold: 0, comparison_operator: 'LessThanThreshold' });
  expect(constraints?.false_negative_rate).toEqual({ threshold: 1, comparison_operator: 'GreaterThanThreshold' });
});

// a baseline of 2024: 178 negative rows of which one was called positive, 9 positive ones of which none was found
// https://github.com/carson-edmonds/AAI-540_Final_Project/blob/main/03_model_quality_monitor.ipynb
test('when no positive row is found, recall, precision and F scores are 0', () => {
  const rows = repeat([
    [177, row('0', '0')],
    [1, row('0', '1')],
    [9, row('1', '0')],
  ]);
  const expected = { recall: 0, precision: 0, f0_5: 0, f1: 0, f2: 0, false_negative_rate: 1 };
  expect(values(metricsOf(profileOf(BINARY, rows)), Object.keys(expected))).toEqual(expected);
});

test('with negative labels only, the areas are 0', () => {
  const metrics = metricsOf(profileOf(BINARY, [row('0', '0', 0.1), row('0', '1', 0.7)]));
  expect(values(metrics, ['precision', 'false_positive_rate', 'auc', 'au_prc'])).toEqual({
    precision: 0,
    false_positive_rate: 0.5,
    auc: 0,
    au_prc: 0,
  });
});

test('equal probabilities are one point of the curves', () => {
  const rows = [row('1', '1', 0.9), row('0', '1', 0.9), row('1', '0', 0.4), row('0', '0', 0.1)];
  const metrics = statisticsOf(profileOf(BINARY, rows)).statistics.binary_classification_metrics;
  expect(metrics?.receiver_operating_characteristic_curve).toEqual({
    false_positive_rates: [0, 0.5, 0.5, 1, 1],
    true_positive_rates: [0, 0.5, 1, 1, 1],
  });
  expect(metrics?.precision_recall_curve).toEqual({
    precisions: [0.5, 0.5, 2 / 3, 0.5],
    recalls: [0, 0.5, 1, 1],
  });
  expect(metrics?.auc?.value).toBe(0.625);
});

// https://github.com/apache/spark/blob/v3.3.0/mllib/src/main/scala/org/apache/spark/mllib/evaluation/BinaryClassificationMetrics.scala
// and baselines of 2023 and 2024: about a thousand points, whatever the rows are
describe('curves of many probabilities', () => {
  const profileWith = (count: number) =>
    profileOf(
      BINARY,
      Array.from({ length: count }, (_, index) => row(String((index * 7) % 3 === 0 ? 1 : 0), '0', index / count)),
    );
  const curveOf = (count: number, generation?: 'deequ-1.0') => {
    const { binary_classification_metrics: metrics } = statisticsOf(profileWith(count), { generation }).statistics;
    const roc = metrics?.receiver_operating_characteristic_curve;
    return { roc, pr: metrics?.precision_recall_curve, auc: metrics?.auc?.value, areas: metrics?.au_prc?.value };
  };

  test.each([
    [1999, 1999],
    [2000, 1000],
    [2001, 1001],
    [2999, 1500],
    [3000, 1000],
    [4000, 1000],
    [4003, 1001],
  ])('%d probabilities are %d points, of which the last may be a smaller group', (count, points) => {
    const { roc, pr } = curveOf(count);
    expect(roc?.false_positive_rates).toHaveLength(points + 2);
    expect(roc?.true_positive_rates).toHaveLength(points + 2);
    expect(pr?.recalls).toHaveLength(points + 1);
    expect(pr?.precisions).toHaveLength(points + 1);
    expect(roc?.true_positive_rates.slice(-2)).toEqual([1, 1]);
  });

  test('a group is its last point, and the areas are those of the groups', () => {
    const all = { truePositives: [] as number[], falsePositives: [] as number[] };
    for (let at = 0; at < 2001; at++) {
      all.truePositives.push(Math.ceil((at + 1) / 2));
      all.falsePositives.push(Math.floor((at + 1) / 2));
    }
    const { truePositives, falsePositives } = groupedPoints(all);
    expect([truePositives.slice(0, 3), truePositives.slice(-2)]).toEqual([
      [1, 2, 3],
      [1000, 1001],
    ]);
    expect([falsePositives.slice(0, 3), falsePositives.slice(-2)]).toEqual([
      [1, 2, 3],
      [1000, 1000],
    ]);
    const { roc, pr, auc, areas } = curveOf(4000);
    expect(auc).toBe(areaUnderCurve(roc?.false_positive_rates ?? [], roc?.true_positive_rates ?? []));
    expect(areas).toBe(areaUnderCurve(pr?.recalls ?? [], pr?.precisions ?? []));
  });

  // Spark 2 groups nothing, unless it is asked to
  test('the older generation has a point for each', () => {
    expect(curveOf(4000, 'deequ-1.0').roc?.true_positive_rates).toHaveLength(4002);
  });
});

// baselines of 2024 whose jobs were given no probability: neither file of them has an area
test('without probabilities there are no curves and no areas in either file, and the reason is given', () => {
  const { statistics, undefinedMetrics } = statisticsOf(profileOf(BINARY, GUIDE));
  const metrics = statistics.binary_classification_metrics;
  for (const name of ['receiver_operating_characteristic_curve', 'precision_recall_curve', 'auc', 'au_prc']) {
    expect(metrics).not.toHaveProperty(name);
  }
  const { binary_classification_constraints: constraints } = suggestQualityConstraints(statistics);
  expect(Object.keys(constraints ?? {})).toEqual([
    'recall',
    'precision',
    'accuracy',
    'true_positive_rate',
    'true_negative_rate',
    'false_positive_rate',
    'false_negative_rate',
    'f0_5',
    'f1',
    'f2',
  ]);
  expect(undefinedMetrics).toEqual([
    {
      metric: 'auc',
      reason: "there are no probabilities: give ModelProblem a 'probability', if the model answers one",
    },
    {
      metric: 'au_prc',
      reason: "there are no probabilities: give ModelProblem a 'probability', if the model answers one",
    },
  ]);
  const older = statisticsOf(profileOf(BINARY, GUIDE), { generation: 'deequ-1.0' });
  expect(older.undefinedMetrics.map(({ metric }) => metric)).toEqual(['auc']);
});

test('the files list their members in the order of the container', () => {
  const rows = [row('1', '1', 0.9), row('0', '0', 0.1)];
  expect(Object.keys(metricsOf(profileOf(BINARY, rows)))).toEqual([
    'confusion_matrix',
    'recall',
    'precision',
    'accuracy',
    'recall_best_constant_classifier',
    'precision_best_constant_classifier',
    'accuracy_best_constant_classifier',
    'true_positive_rate',
    'true_negative_rate',
    'false_positive_rate',
    'false_negative_rate',
    'receiver_operating_characteristic_curve',
    'precision_recall_curve',
    'auc',
    'au_prc',
    'f0_5',
    'f1',
    'f2',
    'f0_5_best_constant_classifier',
    'f1_best_constant_classifier',
    'f2_best_constant_classifier',
  ]);
  expect(metricsOf(profileOf(BINARY, rows), { generation: 'deequ-1.0' })).not.toHaveProperty('au_prc');
  expect(Object.keys(metricsOf(profileOf(REGRESSION, [{ actual: 1, predicted: 2 }])))).toEqual([
    'mae',
    'mse',
    'rmse',
    'r2',
  ]);
});

test('the dataset has the rows, and of a run its window and time of evaluation', () => {
  const profile = profileOf(REGRESSION, [{ actual: 1, predicted: 2 }]);
  expect(statisticsOf(profile).statistics.dataset).toEqual({ item_count: 1 });
  const window = { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' };
  expect(statisticsOf(profile, { window, evaluationTime: '2024-05-01T11:20:00Z' }).statistics.dataset).toEqual({
    item_count: 1,
    start_time: window.start,
    end_time: window.end,
    evaluation_time: '2024-05-01T11:20:00Z',
  });
});

test('r2 has no value when all true values are the same', () => {
  const metrics = metricsOf(
    profileOf(
      REGRESSION,
      [5, 6, 7].map((predicted) => ({ actual: 0.1, predicted })),
    ),
  );
  expect(metrics.r2.value).toBeNull();
  expect(metrics.mae.value).toBeCloseTo(5.9, 14);
  const sums = { count: 2, absoluteErrors: 2, squaredErrors: 2, labelDeviations: 0 };
  expect(regressionMetrics(sums).get('r2')).toBeNaN();
});

test('r2 keeps its digits beside a large mean', () => {
  const rows = [1, 2, 3, 4].map((value) => ({ actual: 1e9 + value, predicted: 1e9 + value + 0.5 }));
  expect(metricsOf(profileOf(REGRESSION, rows)).r2.value).toBe(0.8);
});

test('numbers whose squares overflow have no mean squared error', () => {
  const metrics = metricsOf(profileOf(REGRESSION, [{ actual: 1e200, predicted: -1e200 }]));
  expect(metrics.mse.value).toBeNull();
  expect(JSON.parse(JSON.stringify(metrics))).toEqual(metrics);
});

test('a sum keeps what a double alone would lose', () => {
  const sum = new PreciseSum();
  for (const value of [1e16, 1, 1, -1e16]) sum.add(value);
  expect(sum.value).toBe(2);
});

test('the area under a curve is a sum of trapezoids', () => {
  expect(areaUnderCurve([0, 0.5, 1], [0, 1, 1])).toBe(0.75);
  expect(areaUnderCurve([0], [1])).toBe(0);
  expect(areaUnderCurve([], [])).toBeNaN();
});

test('more probabilities than can be held give no curves, however they are divided', () => {
  const [table, rest] = [new ScoreTable(), new ScoreTable()];
  for (let index = 0; index < MAX_DISTINCT_SCORES; index++) table.add(index, index % 2 === 0, 1);
  table.add(0, true, 1);
  expect(table.isOverfull).toBe(false);
  expect(table.points(0).truePositives).toHaveLength(MAX_DISTINCT_SCORES);
  rest.add(0.5, true, 1);
  rest.merge(table);
  expect(rest.isOverfull).toBe(true);
  expect(rest.points(0).truePositives).toEqual([]);
  table.merge(rest);
  expect(table.isOverfull).toBe(true);
  table.add(0.7, true, 1);
  expect(table.points(0).truePositives).toEqual([]);
});

test('without rows there are no statistics but a reason', () => {
  expect(qualityStatistics(new QualityProfile(BINARY))).toEqual({
    refusal: 'no row has both a prediction and a label',
  });
});

test('more than 1000 labels are no classes', () => {
  const rows = Array.from({ length: 1001 }, (_, index) => row(String(index), '0'));
  const result = qualityStatistics(profileOf(MULTICLASS, rows));
  expect(result).toEqual({
    refusal: 'there are more than 1000 different labels: is it a regression, or another column?',
  });
  expect(qualityStatistics(profileOf(MULTICLASS, rows.slice(0, 1000)))).toHaveProperty('statistics');
});

test('labels are in the order of their numbers, then of their characters', () => {
  const confusion = new Confusion();
  for (const label of ['b', '10', '9', 'a', '-1', '1.5']) confusion.add({ actual: label, predicted: label }, 1);
  expect(confusion.counts(0).labels).toEqual(['-1', '9', '10', '1.5', 'a', 'b']);
});

test('a label may have the name of a property of every object', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const { statistics } = statisticsOf(
    profileOf(
      MULTICLASS,
      names.map((name) => row(name, '__proto__')),
    ),
  );
  const text = JSON.stringify(statistics.multiclass_classification_metrics?.confusion_matrix);
  expect(text).toContain('"__proto__":{"__proto__":1,"constructor":0,"toString":0}');
});

test.each([
  [{ type: 'Regression' as const }, 'needs an "inferenceAttribute"'],
  [{ type: 'Regression' as const, probabilityAttribute: '0' }, 'needs an "inferenceAttribute"'],
  [{ type: 'BinaryClassification' as const }, 'or a "probabilityAttribute"'],
  [{ ...BINARY, positiveLabel: '0' }, 'must differ'],
  [{ ...BINARY, positiveLabel: '0.0' }, 'must differ'],
  [{ ...BINARY, probabilityThreshold: Number.NaN }, 'must be a finite number'],
])('fails for a problem that makes no sense: %j', (problem, message) => {
  expect(() => new QualityProfile(problem)).toThrow(message);
});

test('fails when profiles of different problems are merged', () => {
  expect(() => new QualityProfile(BINARY).merge(new QualityProfile(REGRESSION))).toThrow('QualityMerge');
});
