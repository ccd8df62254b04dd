import { ErrorMoments } from './error-moments';
import { PreciseSum } from './precise-sum';
import type { QualityRow } from './problem';
import { regressionErrors, regressionSkews, type Skews, type StandardErrors } from './sampling';
import { isIn, SAMPLE_COUNT } from './subsamples';
import type { MetricValues, Tally } from './tally';

/** Sums over the rows of a regression; an error is the label less the prediction. */
export interface ErrorSums {
  readonly count: number;
  readonly absoluteErrors: number;
  readonly squaredErrors: number;
  /** squared deviations of the labels from their mean */
  readonly labelDeviations: number;
}

/**
 * The metrics of a regression: mae = sum of |error| / n, mse = sum of squared errors / n, rmse = its root, and r2 = 1 - squared errors / squared
 * deviations of the labels. Without rows all are NaN; r2 is NaN when all labels are the same, as it has nothing to explain (scikit-learn
 * says 0 or 1 then).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 * @see https://github.com/apache/spark/blob/master/mllib/src/main/scala/org/apache/spark/mllib/evaluation/RegressionMetrics.scala
 */
export function regressionMetrics({ count, absoluteErrors, squaredErrors, labelDeviations }: ErrorSums): MetricValues {
  const mse = squaredErrors / count;
  const r2 = labelDeviations > 0 ? 1 - squaredErrors / labelDeviations : Number.NaN;
  return new Map([
    ['mae', absoluteErrors / count],
    ['mse', mse],
    ['rmse', Math.sqrt(mse)],
    ['r2', r2],
  ]);
}

/** Sums the errors of a regression, in constant memory. */
export class RegressionTally implements Tally {
  private readonly sums = Array.from({ length: SAMPLE_COUNT }, () => new SampleErrors());
  private readonly moments = new ErrorMoments();

  add(row: QualityRow, samples: number, count: number): void {
    for (let each = 0; each < count; each++) this.addOne(row, samples);
  }

  private addOne(row: QualityRow, samples: number): void {
    this.moments.add(Number(row.actual), Number(row.actual) - Number(row.predicted));
    for (let sample = 0; sample < SAMPLE_COUNT; sample++) {
      if (isIn(samples, sample)) this.sums[sample].add(Number(row.actual), Number(row.predicted));
    }
  }

  merge(that: RegressionTally): void {
    for (const [sample, sums] of that.sums.entries()) this.sums[sample].merge(sums);
    this.moments.merge(that.moments);
  }

  metrics(sample: number): MetricValues {
    return regressionMetrics(this.sums[sample].sums());
  }

  standardErrors(): StandardErrors {
    return regressionErrors(this.metrics(0), this.moments);
  }

  skews(): Skews {
    return regressionSkews(this.standardErrors(), this.moments);
  }

  refusal(): undefined {
    return undefined;
  }

  absent(): [] {
    return [];
  }
}

class SampleErrors {
  private count = 0;
  private min = Number.POSITIVE_INFINITY;
  private max = Number.NEGATIVE_INFINITY;
  private readonly labels = new PreciseSum();
  private readonly labelSquares = new PreciseSum();
  private readonly absolute = new PreciseSum();
  private readonly squared = new PreciseSum();

  add(actual: number, predicted: number): void {
    this.count += 1;
    this.min = Math.min(this.min, actual);
    this.max = Math.max(this.max, actual);
    this.labels.add(actual);
    this.labelSquares.addSquare(actual);
    this.absolute.add(Math.abs(actual - predicted));
    this.squared.addSquare(actual - predicted);
  }

  merge(that: SampleErrors): void {
    this.count += that.count;
    this.min = Math.min(this.min, that.min);
    this.max = Math.max(this.max, that.max);
    this.labels.merge(that.labels);
    this.labelSquares.merge(that.labelSquares);
    this.absolute.merge(that.absolute);
    this.squared.merge(that.squared);
  }

  sums(): ErrorSums {
    const { count, min, max, labels, labelSquares } = this;
    // of equal labels a remainder of rounding would be left
    const labelDeviations = min < max ? PreciseSum.squaredDeviations(labelSquares, labels, count) : 0;
    return { count, absoluteErrors: this.absolute.value, squaredErrors: this.squared.value, labelDeviations };
  }
}
