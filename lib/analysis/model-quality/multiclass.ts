import { sum } from '../numbers/sum';
import type { Generation } from '../profile/inferred-type';
import { Confusion, F_SCORES, fScore, type LabelRows, MAX_CLASSES, rowsOfLabels } from './confusion';
import { multiclassErrors } from './multiclass-errors';
import type { QualityRow } from './problem';
import type { StandardErrors } from './sampling';
import type { MetricValues, Tally } from './tally';

/**
 * The metrics of a multiclass classification: accuracy, and recall, precision and F scores of each label, weighted by the rows that have it. A label
 * that is never predicted has the precision 0; one that no row has weighs nothing. All are NaN without rows.
 *
 * @see https://github.com/apache/spark/blob/master/mllib/src/main/scala/org/apache/spark/mllib/evaluation/MulticlassMetrics.scala
 */
export function weightedMetrics(rows: readonly LabelRows[]): MetricValues {
  const rowCount = sum(rows.map(({ actual }) => actual));
  const correct = sum(rows.map((row) => row.correct));
  const recalls = rows.map((row) => (row.actual === 0 ? 0 : row.correct / row.actual));
  const precisions = rows.map((row) => (row.predicted === 0 ? 0 : row.correct / row.predicted));
  const weighted = (values: readonly number[]) =>
    rowCount === 0 ? Number.NaN : sum(values.map((value, index) => (value * rows[index].actual) / rowCount));
  return new Map([
    ['accuracy', correct / rowCount],
    ['weighted_recall', weighted(recalls)],
    ['weighted_precision', weighted(precisions)],
    ...Object.entries(F_SCORES).map(([name, beta]): [string, number] => [
      `weighted_${name}`,
      weighted(recalls.map((recall, index) => fScore(precisions[index], recall, beta))),
    ]),
  ]);
}

/**
 * The rows of the classifier that always gives the same label: the one that most predictions are (the last in order of equals), as the
 * container does for two labels; no output of the newer containers with more is known. For the older generation the last label in order,
 * as in the developer guide's example.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export function bestConstant(rows: readonly LabelRows[], generation: Generation): LabelRows[] {
  const predicted = rows.map((row) => row.predicted);
  const most = generation === 'deequ-1.0' ? rows.length - 1 : predicted.lastIndexOf(Math.max(...predicted));
  const all = sum(rows.map(({ actual }) => actual));
  return rows.map(({ actual }, index) =>
    index === most ? { actual, predicted: all, correct: actual } : { actual, predicted: 0, correct: 0 },
  );
}

/** Counts a multiclass classification, in memory bounded by the square of the number of labels. */
export class MulticlassTally implements Tally {
  readonly confusion = new Confusion();

  add(row: QualityRow, samples: number, count: number): void {
    this.confusion.add(row, samples, count);
  }

  merge(that: MulticlassTally): void {
    this.confusion.merge(that.confusion);
  }

  metrics(sample: number, generation: Generation): MetricValues {
    const rows = rowsOfLabels(this.confusion.counts(sample));
    const constant = weightedMetrics(bestConstant(rows, generation));
    return new Map([
      ...weightedMetrics(rows),
      ...[...constant].map(([name, value]): [string, number] => [`${name}_best_constant_classifier`, value]),
    ]);
  }

  standardErrors(): StandardErrors {
    return multiclassErrors(this.confusion.counts(0));
  }

  refusal(): string | undefined {
    if (!this.confusion.isOverfull) return undefined;
    return `there are more than ${MAX_CLASSES} different labels: is it a regression, or another column?`;
  }

  absent(): [] {
    return [];
  }
}
