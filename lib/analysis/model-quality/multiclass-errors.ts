import { slopeAt } from '../numbers/delta-method';
import { sum } from '../numbers/sum';
import { type ConfusionCounts, F_SCORES, fScore, type LabelPair, type LabelRows, rowsOfLabels } from './confusion';
import { finite, HALF_A_ROW, type StandardErrors } from './sampling';

/** What the rows of a label add to a weighted metric, times all rows. */
const WEIGHTED: { readonly [metric: string]: (rows: LabelRows) => number } = {
  accuracy: ({ correct }) => correct,
  weighted_recall: ({ correct }) => correct,
  weighted_precision: ({ actual, predicted, correct }) => (actual * correct) / predicted,
  ...Object.fromEntries(
    Object.entries(F_SCORES).map(([name, beta]) => [
      `weighted_${name}`,
      ({ actual, predicted, correct }: LabelRows) => actual * fScore(correct / predicted, correct / actual, beta),
    ]),
  ),
};

/**
 * Standard errors of the weighted metrics of a multiclass classification, by the delta method: each is a mean over labels of what their own rows say, so that a
 * row changes it by its actual and its predicted label alone. All pairs of labels together have half a row more: what that comes to follows from the labels,
 * so that only pairs that have met are gone through.
 */
export function multiclassErrors(counts: ConfusionCounts): StandardErrors {
  const size = counts.labels.length;
  const added = HALF_A_ROW / size ** 2;
  const labels = rowsOfLabels(counts).map(({ actual, predicted, correct }) => ({
    actual: actual + size * added,
    predicted: predicted + size * added,
    correct: correct + added,
  }));
  // in one order, whichever met first: sums of fractions depend on it
  const pairs = [...counts.pairs].sort((a, b) => a.actual - b.actual || a.predicted - b.predicted);
  return finite(Object.entries(WEIGHTED).map(([name, of]) => [name, weightedError({ pairs, added, labels, of })]));
}

interface Weighted {
  readonly pairs: readonly LabelPair[];
  /** rows that each pair has more */
  readonly added: number;
  readonly labels: readonly LabelRows[];
  readonly of: (rows: LabelRows) => number;
}

function weightedError({ pairs, added, labels, of }: Weighted): number {
  const all = sum(labels.map(({ actual }) => actual));
  const value = sum(labels.map(of)) / all;
  const slopes = labels.map((rows) => ({
    actual: slopeAt(rows.actual, (actual) => of({ ...rows, actual })) - value,
    predicted: slopeAt(rows.predicted, (predicted) => of({ ...rows, predicted })),
    correct: slopeAt(rows.correct, (correct) => of({ ...rows, correct })),
  }));
  let variance = added * squaresOfAllPairs(slopes);
  for (const { actual, predicted, count } of pairs) {
    const own = actual === predicted ? slopes[actual].correct : 0;
    variance += count * (slopes[actual].actual + slopes[predicted].predicted + own) ** 2;
  }
  return Math.sqrt(variance) / all;
}

/** The sum over all pairs of labels of the square of what a row of them moves: one term of either label, and where both are the same a third. */
function squaresOfAllPairs(slopes: readonly LabelRows[]): number {
  const ofActual = spreadOf(slopes.map(({ actual }) => actual));
  const ofPredicted = spreadOf(slopes.map(({ predicted }) => predicted));
  const size = slopes.length;
  const all = size * (ofActual.squares + ofPredicted.squares) + (size * (ofActual.mean + ofPredicted.mean)) ** 2;
  const ofOneLabel = sum(slopes.map(({ actual, predicted }) => (actual + predicted) ** 2));
  return Math.max(0, all - ofOneLabel) + sum(slopes.map((one) => (one.actual + one.predicted + one.correct) ** 2));
}

/** The mean of numbers, and the sum of the squares of what they are off it. */
function spreadOf(values: readonly number[]): { readonly mean: number; readonly squares: number } {
  const mean = sum(values) / values.length;
  return { mean, squares: sum(values.map((value) => (value - mean) ** 2)) };
}
