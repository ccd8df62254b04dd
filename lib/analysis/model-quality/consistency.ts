import type { Generation } from '../profile/inferred-type';
import { bestConstantCounts, binaryRates } from './binary';
import { rowsOfLabels } from './confusion';
import { areaUnderCurve } from './curves';
import { bestConstant, weightedMetrics } from './multiclass';
import type { ConfusionMatrix, ModelQualityStatistics, QualityMetric } from './schemas';
import type { MetricValues } from './tally';

/** A metric of a file, and what follows for it from the rest of the file. */
export interface DerivedMetric {
  readonly metric: string;
  readonly expected: number | null;
  readonly actual: number | null;
}

const CONSTANT = '_best_constant_classifier';

/**
 * Those metrics of a `statistics.json` that follow from its own confusion matrix (labels 0 and 1 for binary ones), curves or squared error: for a comparison
 * with files whose rows are not at hand. Metrics that follow from nothing are left out; the list is empty for a file without metrics.
 */
export function metricsOfStatistics(statistics: ModelQualityStatistics, generation: Generation): DerivedMetric[] {
  const { regression_metrics, binary_classification_metrics, multiclass_classification_metrics } = statistics;
  if (regression_metrics) {
    const { mse, rmse } = regression_metrics;
    const meanSquare = defined(mse.value);
    return [
      { metric: 'rmse', expected: defined(rmse.value), actual: meanSquare === null ? null : Math.sqrt(meanSquare) },
    ];
  }
  const metrics = binary_classification_metrics ?? multiclass_classification_metrics;
  if (!metrics?.confusion_matrix) return [];
  const matrix = metrics.confusion_matrix;
  const derived = binary_classification_metrics
    ? new Map([...binaryValues(matrix), ...areas(binary_classification_metrics)])
    : multiclassValues(matrix, generation);
  const table = metrics as unknown as { readonly [metric: string]: QualityMetric | undefined };
  return [...derived].flatMap(([metric, value]) => {
    const expected = table[metric]?.value;
    return expected === undefined ? [] : [{ metric, expected: defined(expected), actual: defined(value) }];
  });
}

/** Null for what has no value, however a file writes that. */
const defined = (value: QualityMetric['value']): number | null => (Number.isFinite(value) ? Number(value) : null);

const withConstant = (values: MetricValues, constant: MetricValues): Map<string, number> =>
  new Map([...values, ...[...constant].map(([name, value]): [string, number] => [name + CONSTANT, value])]);

function binaryValues(matrix: ConfusionMatrix): Map<string, number> {
  const at = (actual: string, predicted: string) => matrix[actual]?.[predicted] ?? 0;
  if (!matrix['0'] && !matrix['1']) return new Map();
  const counts = {
    truePositives: at('1', '1'),
    falsePositives: at('0', '1'),
    trueNegatives: at('0', '0'),
    falseNegatives: at('1', '0'),
  };
  return withConstant(binaryRates(counts), binaryRates(bestConstantCounts(counts)));
}

function multiclassValues(matrix: ConfusionMatrix, generation: Generation): Map<string, number> {
  const labels = Object.keys(matrix);
  const pairs = labels.flatMap((label, actual) =>
    labels.map((other, predicted) => ({ actual, predicted, count: matrix[label][other] ?? 0 })),
  );
  const rows = rowsOfLabels({ labels, pairs });
  return withConstant(weightedMetrics(rows), weightedMetrics(bestConstant(rows, generation)));
}

type BinaryMetrics = NonNullable<ModelQualityStatistics['binary_classification_metrics']>;

function areas(metrics: BinaryMetrics): Map<string, number> {
  const { receiver_operating_characteristic_curve: roc, precision_recall_curve: pr } = metrics;
  const values = new Map<string, number>();
  if (roc) values.set('auc', areaUnderCurve(roc.false_positive_rates, roc.true_positive_rates));
  if (pr) values.set('au_prc', areaUnderCurve(pr.recalls, pr.precisions));
  return values;
}
