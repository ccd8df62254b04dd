import type { PrecisionRecall, ReceiverOperatingCharacteristic } from './schemas';

/** For each different probability, or group of them, from the greatest down: the rows that have at least it. */
export interface CurvePoints {
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
}

/** About as many points do curves have that are grouped. */
const GROUP_COUNT = 1000;

/**
 * Groups the points of a curve as Spark 3 does, by which the newer containers compute theirs: floor(n / 1000) neighbours of n points become one,
 * from the greatest probability down, and what is left over at the end is a smaller group. Of a group the last point remains, so that none is
 * moved. Below 2,000 points there is nothing to group. Spark groups within each partition of its data; here all points are one.
 *
 * @see https://github.com/apache/spark/blob/v3.3.0/mllib/src/main/scala/org/apache/spark/mllib/evaluation/BinaryClassificationMetrics.scala
 */
export function groupedPoints({ truePositives, falsePositives }: CurvePoints): CurvePoints {
  const [size, end] = [Math.floor(truePositives.length / GROUP_COUNT), truePositives.length - 1];
  if (size < 2) return { truePositives, falsePositives };
  const remains = (_: number, index: number) => index % size === size - 1 || index === end;
  return { truePositives: truePositives.filter(remains), falsePositives: falsePositives.filter(remains) };
}

const last = (counts: readonly number[]): number => counts[counts.length - 1] ?? 0;

/**
 * The ROC curve: (false positive rate, true positive rate) for each point, from the greatest probability down, between (0, 0) and (1, 1). A rate
 * that has no rows to divide by is 0, as observed in a baseline with positive rows only. Without points: the two ends alone.
 *
 * @see https://github.com/apache/spark/blob/master/mllib/src/main/scala/org/apache/spark/mllib/evaluation/BinaryClassificationMetrics.scala
 */
export function receiverOperatingCharacteristic(points: CurvePoints): ReceiverOperatingCharacteristic {
  const rates = (counts: readonly number[]) => counts.map((count) => (count === 0 ? 0 : count / last(counts)));
  return {
    false_positive_rates: [0, ...rates(points.falsePositives), 1],
    true_positive_rates: [0, ...rates(points.truePositives), 1],
  };
}

/**
 * The precision-recall curve: (recall, precision) for each point, from the greatest probability down, after (0, the first precision).
 * Recall is 0 without positive rows. Without points: both empty.
 *
 * @see https://github.com/apache/spark/blob/master/mllib/src/main/scala/org/apache/spark/mllib/evaluation/BinaryClassificationMetrics.scala
 */
export function precisionRecallCurve({ truePositives, falsePositives }: CurvePoints): PrecisionRecall {
  const precisions = truePositives.map((count, index) => count / (count + falsePositives[index]));
  const recalls = truePositives.map((count) => (count === 0 ? 0 : count / last(truePositives)));
  return {
    precisions: [...precisions.slice(0, 1), ...precisions],
    recalls: [...recalls.slice(0, 1).fill(0), ...recalls],
  };
}

/**
 * The area under a curve by trapezoids: the sum of (x2 - x1) * (y1 + y2) / 2 over neighbouring points. `x` ascends; both are of the same length.
 * 0 for one point, NaN for none.
 *
 * @see https://github.com/apache/spark/blob/master/mllib/src/main/scala/org/apache/spark/mllib/evaluation/AreaUnderCurve.scala
 */
export function areaUnderCurve(x: readonly number[], y: readonly number[]): number {
  if (x.length === 0) return Number.NaN;
  let area = 0;
  for (let index = 1; index < x.length; index++) area += ((x[index] - x[index - 1]) * (y[index] + y[index - 1])) / 2;
  return area;
}
