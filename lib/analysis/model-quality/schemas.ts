import type { Estimate } from '../numbers/delta-method';
import type { MODEL_DECAY_CHECK } from './decay/decay';
import type { Calibration } from './estimation/calibration';
import type { ClassCalibration } from './estimation/class-calibration';
import type { CONCEPT_DRIFT_CHECK, QualityGap } from './estimation/concept-drift';

// The files of a model-quality monitor, exactly as Model Monitor reads and writes them, but for `sampling` and `calibration`.

/** What a metric is, over all rows. */
export interface QualityMetric {
  /** null (the containers of 2022: `NaN`) where it is undefined for these rows */
  readonly value: number | 'NaN' | null;
  /** over five random samples of 80 %; null (the containers of 2022: `NaN`) below 200 rows and where it is undefined */
  readonly standard_deviation: number | 'NaN' | null;
}

/** Metrics of a regression, in the file's order. */
export type RegressionMetricName = 'mae' | 'mse' | 'rmse' | 'r2';

/** Metrics of a binary classification that have a constraint. */
export type BinaryConstraintName =
  | 'recall'
  | 'precision'
  | 'accuracy'
  | 'true_positive_rate'
  | 'true_negative_rate'
  | 'false_positive_rate'
  | 'false_negative_rate'
  | 'auc'
  | 'f0_5'
  | 'f1'
  | 'f2';

type BinaryReference = `${'recall' | 'precision' | 'accuracy' | 'f0_5' | 'f1' | 'f2'}_best_constant_classifier`;

/** The areas under the two curves. */
type AreaName = 'auc' | 'au_prc';

/** Metrics of a binary classification; `au_prc` is from the newer containers only. */
export type BinaryMetricName = BinaryConstraintName | BinaryReference | 'au_prc';

/** Metrics of a multiclass classification that have a constraint. */
export type MulticlassConstraintName =
  | 'accuracy'
  | 'weighted_recall'
  | 'weighted_precision'
  | 'weighted_f0_5'
  | 'weighted_f1'
  | 'weighted_f2';

/** Metrics of a multiclass classification. */
export type MulticlassMetricName = MulticlassConstraintName | `${MulticlassConstraintName}_best_constant_classifier`;

/** The numbers of rows by actual label, then by predicted label: of each pair of labels that occur as either, zeros included. */
export interface ConfusionMatrix {
  readonly [actual: string]: { readonly [predicted: string]: number };
}

/** One point for each different probability, or group of them, from the greatest down, between (0, 0) and (1, 1). */
export interface ReceiverOperatingCharacteristic {
  readonly false_positive_rates: number[];
  readonly true_positive_rates: number[];
}

/** One point for each different probability, or group of them, from the greatest down, after (0, the first precision). */
export interface PrecisionRecall {
  readonly precisions: number[];
  readonly recalls: number[];
}

/** Metrics of a regression. */
export type RegressionMetrics = { readonly [name in RegressionMetricName]: QualityMetric };

/** Metrics of a binary classification. */
export type BinaryClassificationMetrics = {
  readonly confusion_matrix: ConfusionMatrix;
  /** absent without probabilities */
  readonly receiver_operating_characteristic_curve?: ReceiverOperatingCharacteristic;
  /** absent without probabilities */
  readonly precision_recall_curve?: PrecisionRecall;
} & { readonly [name in Exclude<BinaryMetricName, AreaName>]: QualityMetric } & {
  /** absent without probabilities */
  readonly [name in AreaName]?: QualityMetric;
};

/** Metrics of a multiclass classification. */
export type MulticlassClassificationMetrics = {
  readonly confusion_matrix: ConfusionMatrix;
} & { readonly [name in MulticlassMetricName]: QualityMetric };

/**
 * `statistics.json` of a model-quality baseline or run; it has the metrics of one problem type.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export interface ModelQualityStatistics {
  readonly version: number;
  readonly dataset: {
    /** rows that have both a prediction and a label */
    readonly item_count: number;
    /** ISO 8601; runs only */
    readonly start_time?: string;
    readonly end_time?: string;
    readonly evaluation_time?: string;
  };
  readonly regression_metrics?: RegressionMetrics;
  readonly binary_classification_metrics?: BinaryClassificationMetrics;
  readonly multiclass_classification_metrics?: MulticlassClassificationMetrics;
}

/** The side that violates: a value above, or below, the threshold. */
export type ComparisonOperator = 'GreaterThanThreshold' | 'LessThanThreshold';

/** The limit of one metric. */
export interface QualityConstraint {
  /** null (the containers of 2022: `NaN`) where the baseline's metric is undefined: such a constraint is not evaluated */
  readonly threshold: number | 'NaN' | null;
  readonly comparison_operator: ComparisonOperator;
}

/** How much chance is in metrics, which Model Monitor does not know: this library's own. */
export interface QualitySampling {
  /** that have both a prediction and a label */
  readonly rows: number;
  /** by metric; of those that chance says nothing about, none */
  readonly estimates: { readonly [metric: string]: Estimate };
  /** how skewed these estimates are, by metric; of those that are not named, and in files of earlier versions, that is not known, and taken for 0 */
  readonly skewness?: { readonly [metric: string]: number };
}

/** How the probabilities of a model are read: of the positive label, or of each of several; or why they are not. */
export type BaselineCalibration = Calibration | ClassCalibration | { readonly refusal: string };

/** Constraints by metric. */
export interface QualityConstraintTable {
  readonly [metric: string]: QualityConstraint;
}

/**
 * `constraints.json` of a model-quality baseline; it has the constraints of one problem type.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
 */
export interface ModelQualityConstraints {
  readonly version: number;
  readonly regression_constraints?: QualityConstraintTable;
  readonly binary_classification_constraints?: QualityConstraintTable;
  readonly multiclass_classification_constraints?: QualityConstraintTable;
  /** of what the constraints were suggested by; absent in files of Model Monitor, and of earlier versions */
  readonly sampling?: QualitySampling;
  /** of a classification with probabilities, how those are read, or why they are not; absent in files of Model Monitor, and of earlier versions */
  readonly calibration?: BaselineCalibration;
}

/** The metrics of a window as its probabilities let expect them, beside those that its labels show: this library's own. */
export interface EstimatedQualityFile {
  /** predictions, with or without a label */
  readonly rows: number;
  /** those whose probability is below 0 or above 1, which count as 0 and 1; absent where there are none */
  readonly outside?: number;
  /** by metric: the estimate for all predictions, and its standard error */
  readonly estimates: { readonly [metric: string]: Estimate };
  /** of the predictions that have a label; empty where too few have one */
  readonly gaps: readonly QualityGap[];
  /** why nothing is compared, and, where there are no estimates, why not; absent where there are gaps to tell */
  readonly notCompared?: string;
}

/**
 * One entry of `constraint_violations.json` of a model-quality run.
 *
 * `{"constraint_check_type":"LessThanThreshold","description":"Metric auc with 0.5 +/- 0.003 was LessThanThreshold '0.9'","metric_name":"auc"}`
 */
export interface ModelQualityViolation {
  readonly constraint_check_type: ComparisonOperator | typeof CONCEPT_DRIFT_CHECK | typeof MODEL_DECAY_CHECK;
  readonly description: string;
  /** as Model Monitor writes it: in camel case for the four rates (`truePositiveRate`), as in the constraints otherwise */
  readonly metric_name: string;
}
