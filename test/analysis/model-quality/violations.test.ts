import {
  checkModelQuality,
  type ModelQualityConstraints,
  type ModelQualityStatistics,
  suggestQualityConstraints,
} from '../../../lib/analysis/model-quality';
import { BINARY, MULTICLASS, profileOf, REGRESSION, statisticsOf } from './rows';

type Figures = { readonly [metric: string]: readonly [value: number | null, deviation?: number] };

/** Statistics with these metrics; without a deviation it is `NaN`. */
function statisticsWith(group: 'regression_metrics' | 'binary_classification_metrics', figures: Figures) {
  const metrics = Object.fromEntries(
    Object.entries(figures).map(([name, [value, deviation = 'NaN']]) => [
      name,
      { value, standard_deviation: deviation },
    ]),
  );
  return { version: 0, dataset: { item_count: 1 }, [group]: metrics } as unknown as ModelQualityStatistics;
}

const texts = (statistics: ModelQualityStatistics, baselineConstraints: ModelQualityConstraints) =>
  checkModelQuality({ statistics, baselineConstraints }).violations.map(({ description }) => description);

// the weeks from 2020-01-06 on of a real monitor
// https://github.com/aws-samples/aws-ml-jp, sagemaker/sagemaker-model-monitor/black-belt-part2/model_quality_samples
const TAXI_BASELINE = statisticsWith('regression_metrics', {
  mae: [38.29501488095238, 0.24146914041470052],
  mse: [2809.991443452381, 41.9839494650476],
  rmse: [53.00935241495015, 0.39589778065391784],
  r2: [0.9499197226669486, 0.0010604830245174754],
});

test('the suggested constraints of a regression are the baseline itself', () => {
  expect(suggestQualityConstraints(TAXI_BASELINE)).toEqual({
    version: 0,
    regression_constraints: {
      mae: { threshold: 38.29501488095238, comparison_operator: 'GreaterThanThreshold' },
      mse: { threshold: 2809.991443452381, comparison_operator: 'GreaterThanThreshold' },
      rmse: { threshold: 53.00935241495015, comparison_operator: 'GreaterThanThreshold' },
      r2: { threshold: 0.9499197226669486, comparison_operator: 'LessThanThreshold' },
    },
  });
});

test('violations of a regression read as those of the container', () => {
  const week = statisticsWith('regression_metrics', {
    mae: [220.1421441329153],
    mse: [57067.68515940581],
    rmse: [238.88843663812153],
    r2: [-176.48436990668674],
  });
  expect(
    checkModelQuality({ statistics: week, baselineConstraints: suggestQualityConstraints(TAXI_BASELINE) }),
  ).toMatchObject({
    violations: [
      {
        constraint_check_type: 'GreaterThanThreshold',
        description: "Metric mae with 220.1421441329153 was GreaterThanThreshold '38.29501488095238'",
        metric_name: 'mae',
      },
      {
        constraint_check_type: 'GreaterThanThreshold',
        description: "Metric mse with 57067.68515940581 was GreaterThanThreshold '2809.991443452381'",
        metric_name: 'mse',
      },
      {
        constraint_check_type: 'GreaterThanThreshold',
        description: "Metric rmse with 238.88843663812153 was GreaterThanThreshold '53.00935241495015'",
        metric_name: 'rmse',
      },
      {
        constraint_check_type: 'LessThanThreshold',
        description: "Metric r2 with -176.48436990668674 was LessThanThreshold '0.9499197226669486'",
        metric_name: 'r2',
      },
    ],
    notEvaluated: [],
  });
});

// figures of 2024: https://github.com/ShariqtheOne/aai540-finalproject/blob/main/ModelTrainDeployMonitor.ipynb
test('violations of a binary classification read as those of the container, without f0_5', () => {
  const baseline = statisticsWith('binary_classification_metrics', {
    recall: [0.37209302325581395],
    precision: [0.8],
    accuracy: [0.845771144278607],
    true_positive_rate: [0.37209302325581395],
    true_negative_rate: [0.9746835443037974],
    false_positive_rate: [0.02531645569620253],
    false_negative_rate: [0.627906976744186],
    auc: [0.8914483367677364],
    f0_5: [0.6504065040650406],
    f1: [0.5079365079365079],
    f2: [0.4166666666666667],
  });
  const run = statisticsWith('binary_classification_metrics', {
    recall: [0.10560785918952108, 0.001846086152908384],
    precision: [0.7392550143266475, 0.003554522062886566],
    accuracy: [0.3282172373081464, 0.001345362168470444],
    true_positive_rate: [0.10560785918952108, 0.001846086152908384],
    true_negative_rate: [0.9037037037037037, 0.001844060048889958],
    false_positive_rate: [0.0962962962962963, 0.0018440600488899641],
    false_negative_rate: [0.8943921408104789, 0.0018460861529083826],
    auc: [0.5056490090464711, 0.0031109808156736616],
    f0_5: [0.3, 0.003],
    f1: [0.18481375358166188, 0.0028788232510558176],
    f2: [0.1274577610908013, 0.0021609393857349407],
  });
  const { violations, notEvaluated } = checkModelQuality({
    statistics: run,
    baselineConstraints: suggestQualityConstraints(baseline),
  });
  expect(violations.map(({ metric_name }) => metric_name)).toEqual([
    'recall',
    'precision',
    'accuracy',
    'truePositiveRate',
    'trueNegativeRate',
    'falsePositiveRate',
    'falseNegativeRate',
    'auc',
    'f1',
    'f2',
  ]);
  expect(violations.map(({ description }) => description)).toEqual([
    "Metric recall with 0.10560785918952108 +/- 0.001846086152908384 was LessThanThreshold '0.37209302325581395'",
    "Metric precision with 0.7392550143266475 +/- 0.003554522062886566 was LessThanThreshold '0.8'",
    "Metric accuracy with 0.3282172373081464 +/- 0.001345362168470444 was LessThanThreshold '0.845771144278607'",
    "Metric truePositiveRate with 0.10560785918952108 +/- 0.001846086152908384 was LessThanThreshold '0.37209302325581395'",
    "Metric trueNegativeRate with 0.9037037037037037 +/- 0.001844060048889958 was LessThanThreshold '0.9746835443037974'",
    "Metric falsePositiveRate with 0.0962962962962963 +/- 0.0018440600488899641 was GreaterThanThreshold '0.02531645569620253'",
    "Metric falseNegativeRate with 0.8943921408104789 +/- 0.0018460861529083826 was GreaterThanThreshold '0.627906976744186'",
    "Metric auc with 0.5056490090464711 +/- 0.0031109808156736616 was LessThanThreshold '0.8914483367677364'",
    "Metric f1 with 0.18481375358166188 +/- 0.0028788232510558176 was LessThanThreshold '0.5079365079365079'",
    "Metric f2 with 0.1274577610908013 +/- 0.0021609393857349407 was LessThanThreshold '0.4166666666666667'",
  ]);
  expect(notEvaluated).toEqual([
    {
      feature: 'f0_5',
      check: 'LessThanThreshold',
      reason: 'it is beyond its threshold, but Model Monitor does not report this metric',
    },
  ]);
});

test('f0_5 is reported as every other metric where all are asked for', () => {
  const baselineConstraints: ModelQualityConstraints = {
    version: 0,
    binary_classification_constraints: {
      f0_5: { threshold: 0.65, comparison_operator: 'LessThanThreshold' },
      auc: { threshold: 0.5, comparison_operator: 'LessThanThreshold' },
    },
  };
  const statistics = statisticsWith('binary_classification_metrics', { f0_5: [0.3], auc: [0.9] });
  const asked = checkModelQuality({ statistics, baselineConstraints, reportsAll: true });
  expect(asked.findings).toMatchObject([{ entry: { metric_name: 'f0_5' }, observed: 0.3, expected: 0.65 }]);
  expect(asked.notEvaluated).toEqual([]);
  expect(checkModelQuality({ statistics, baselineConstraints }).findings).toEqual([]);
});

test('small numbers and whole ones are printed as Java prints them', () => {
  const baselineConstraints: ModelQualityConstraints = {
    version: 0,
    regression_constraints: { mae: { threshold: 0, comparison_operator: 'GreaterThanThreshold' } },
  };
  const statistics = statisticsWith('regression_metrics', { mae: [0.00001, 0] });
  expect(texts(statistics, baselineConstraints)).toEqual([
    "Metric mae with 1.0E-5 +/- 0.0 was GreaterThanThreshold '0.0'",
  ]);
});

test.each([
  [0.5, []],
  [0.5 - Number.EPSILON, ["Metric r2 with 0.4999999999999998 was LessThanThreshold '0.5'"]],
  [0.6, []],
])('only a value beyond the threshold violates: %d of at least 0.5', (value, expected) => {
  const baselineConstraints = suggestQualityConstraints(statisticsWith('regression_metrics', { r2: [0.5] }));
  expect(texts(statisticsWith('regression_metrics', { r2: [value] }), baselineConstraints)).toEqual(expected);
});

test('a standard deviation does not widen the threshold', () => {
  const baselineConstraints = suggestQualityConstraints(statisticsWith('regression_metrics', { r2: [0.5] }));
  expect(texts(statisticsWith('regression_metrics', { r2: [0.49, 0.2] }), baselineConstraints)).toHaveLength(1);
});

test('a run that is its own baseline violates nothing', () => {
  for (const [problem, actual, predicted] of [
    [REGRESSION, 1, 2],
    [BINARY, '1', '0'],
    [MULTICLASS, 'a', 'b'],
  ] as const) {
    const { statistics } = statisticsOf(profileOf(problem, [{ actual, predicted }]));
    const baselineConstraints = suggestQualityConstraints(statistics);
    expect(checkModelQuality({ statistics, baselineConstraints }).violations).toEqual([]);
  }
});

test('all metrics of a multiclass classification but the constant ones have a constraint', () => {
  const { statistics } = statisticsOf(profileOf(MULTICLASS, [{ actual: 'a', predicted: 'a' }]));
  const { multiclass_classification_constraints: constraints } = suggestQualityConstraints(statistics);
  expect(Object.entries(constraints ?? {})).toEqual(
    ['accuracy', 'weighted_recall', 'weighted_precision', 'weighted_f0_5', 'weighted_f1', 'weighted_f2'].map((name) => [
      name,
      { threshold: 1, comparison_operator: 'LessThanThreshold' },
    ]),
  );
});

test('what the baseline has no value of gets the threshold null, and is not evaluated', () => {
  const { statistics } = statisticsOf(profileOf(BINARY, [{ actual: '1', predicted: '1', score: 0.9 }]));
  const baselineConstraints = suggestQualityConstraints(statistics);
  expect(baselineConstraints.binary_classification_constraints?.true_negative_rate.threshold).toBeNull();
  const run = statisticsOf(profileOf(BINARY, [{ actual: '0', predicted: '1', score: 0.9 }]));
  const { violations, notEvaluated } = checkModelQuality({
    statistics: run.statistics,
    baselineConstraints,
    undefinedMetrics: run.undefinedMetrics,
  });
  const reasons = Object.fromEntries(notEvaluated.map(({ feature, reason }) => [feature, reason]));
  expect(reasons.true_negative_rate).toBe('its threshold is not a number: the baseline has no value of it');
  expect(violations.map(({ description }) => description)).toContain(
    "Metric recall with 0.0 was LessThanThreshold '1.0'",
  );
});

test('what the run has no value of is not evaluated', () => {
  const [baseline, run] = [
    [{ actual: '0', predicted: '0', score: 0.1 }],
    [{ actual: '1', predicted: '1', score: 0.9 }],
  ].map((rows) => statisticsOf(profileOf(BINARY, rows)));
  const { notEvaluated } = checkModelQuality({
    statistics: run.statistics,
    baselineConstraints: suggestQualityConstraints(baseline.statistics),
    undefinedMetrics: run.undefinedMetrics,
  });
  expect(notEvaluated.map(({ feature, reason }) => [feature, reason])).toEqual(
    ['true_negative_rate', 'false_positive_rate'].map((name) => [
      name,
      'these rows do not define it: they have only one label or value, or numbers too large to square',
    ]),
  );
});

test.each([
  [
    'neither',
    undefined,
    undefined,
    "there are no probabilities: give ModelProblem a 'probability', if the model answers one",
  ],
  [
    'the baseline alone',
    0.9,
    undefined,
    "there are no probabilities: give ModelProblem a 'probability', if the model answers one",
  ],
  [
    'the run alone',
    undefined,
    0.9,
    'the baseline has no constraint of it, as baselines without probabilities have none',
  ],
])('the area is not evaluated when %s has probabilities', (_, baselineScore, runScore, reason) => {
  const [baseline, run] = [baselineScore, runScore].map((score) =>
    statisticsOf(
      profileOf(BINARY, [
        { actual: '1', predicted: '1', score },
        { actual: '0', predicted: '0', score: score && 1 - score },
      ]),
    ),
  );
  const result = checkModelQuality({
    statistics: run.statistics,
    baselineConstraints: suggestQualityConstraints(baseline.statistics),
    undefinedMetrics: run.undefinedMetrics,
  });
  expect(result.violations).toEqual([]);
  const isUnasked = baselineScore === undefined && { isUnasked: true };
  expect(result.notEvaluated).toEqual([{ feature: 'auc', check: 'LessThanThreshold', reason, ...isUnasked }]);
});

test.each<[string, ModelQualityConstraints, string]>([
  ['no group', { version: 0 }, 'the baseline has no constraints of a regression, binary or multiclass classification'],
  [
    'the group of another problem',
    suggestQualityConstraints(statisticsOf(profileOf(MULTICLASS, [{ actual: 'a', predicted: 'a' }])).statistics),
    'the statistics do not have this metric',
  ],
  [
    'a text as threshold',
    { version: 0, regression_constraints: { mae: { threshold: 'NaN', comparison_operator: 'GreaterThanThreshold' } } },
    'its threshold is not a number: the baseline has no value of it',
  ],
  [
    'another operator',
    {
      version: 0,
      regression_constraints: { mae: { threshold: 1, comparison_operator: 'Equal' as 'LessThanThreshold' } },
    },
    'its comparison operator is none of GreaterThanThreshold, LessThanThreshold',
  ],
  [
    'a metric that every object has',
    JSON.parse(
      '{"version":0,"regression_constraints":{"toString":{"threshold":1,"comparison_operator":"LessThanThreshold"}}}',
    ),
    'the statistics do not have this metric',
  ],
])('constraints with %s say why they are not evaluated', (_, baselineConstraints, reason) => {
  const { violations, notEvaluated } = checkModelQuality({ statistics: TAXI_BASELINE, baselineConstraints });
  expect(violations).toEqual([]);
  expect(new Set(notEvaluated.map((each) => each.reason))).toEqual(new Set([reason]));
});
