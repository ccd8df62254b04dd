import type {
  BinaryConstraintName,
  ComparisonOperator,
  ModelQualityConstraints,
  ModelQualityStatistics,
  MulticlassConstraintName,
  QualityConstraintTable,
  QualityMetric,
  RegressionMetricName,
} from './schemas';

const MORE = 'GreaterThanThreshold';
const LESS = 'LessThanThreshold';

const REGRESSION: { readonly [name in RegressionMetricName]: ComparisonOperator } = {
  mae: MORE,
  mse: MORE,
  rmse: MORE,
  r2: LESS,
};

const BINARY: { readonly [name in BinaryConstraintName]: ComparisonOperator } = {
  recall: LESS,
  precision: LESS,
  accuracy: LESS,
  true_positive_rate: LESS,
  true_negative_rate: LESS,
  false_positive_rate: MORE,
  false_negative_rate: MORE,
  auc: LESS,
  f0_5: LESS,
  f1: LESS,
  f2: LESS,
};

const MULTICLASS: { readonly [name in MulticlassConstraintName]: ComparisonOperator } = {
  accuracy: LESS,
  weighted_recall: LESS,
  weighted_precision: LESS,
  weighted_f0_5: LESS,
  weighted_f1: LESS,
  weighted_f2: LESS,
};

/** Metrics that a constraint may be of, by the member of `constraints.json` that has the constraints of their problem. */
export const CONSTRAINT_METRICS = {
  regression_constraints: Object.keys(REGRESSION),
  binary_classification_constraints: Object.keys(BINARY),
  multiclass_classification_constraints: Object.keys(MULTICLASS),
} as const;

/**
 * The `constraints.json` that Model Monitor suggests for a baseline: each metric may not be worse than the baseline's own value, without slack. The
 * threshold is null (`NaN` of 2022) where the baseline's metric is undefined (the rates of negative rows of a baseline that has none). A metric
 * that the baseline does not have (`auc` without probabilities) gets none. Curves, `au_prc` and the best constant classifier have no constraints.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
 */
export function suggestQualityConstraints(statistics: ModelQualityStatistics): ModelQualityConstraints {
  const { regression_metrics, binary_classification_metrics, multiclass_classification_metrics } = statistics;
  return {
    version: 0,
    ...(regression_metrics && { regression_constraints: table(regression_metrics, REGRESSION) }),
    ...(binary_classification_metrics && {
      binary_classification_constraints: table(binary_classification_metrics, BINARY),
    }),
    ...(multiclass_classification_metrics && {
      multiclass_classification_constraints: table(multiclass_classification_metrics, MULTICLASS),
    }),
  };
}

function table<Name extends string>(
  metrics: { readonly [name in NoInfer<Name>]?: QualityMetric },
  operators: { readonly [name in Name]: ComparisonOperator },
): QualityConstraintTable {
  const names = Object.keys(operators) as Name[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const metric: QualityMetric | undefined = metrics[name];
      return metric ? [[name, { threshold: metric.value, comparison_operator: operators[name] }]] : [];
    }),
  );
}
