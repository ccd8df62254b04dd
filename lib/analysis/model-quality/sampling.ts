import { countedEstimate, type Estimate, slopeAt } from '../numbers/delta-method';
import { sum } from '../numbers/sum';
import { type BinaryCounts, binaryRates } from './binary';
import { type ConfusionCounts, F_SCORES, fScore } from './confusion';
import type { CurvePoints } from './curves';
import type { ErrorMoments } from './error-moments';
import type { MetricValues } from './tally';

/** Standard errors of metrics, by their names; of those that chance says nothing about, none. */
export type StandardErrors = ReadonlyMap<string, number>;

/** Added to each count of a binary classification, so that what chance left out is nothing that cannot happen. */
const HALF_A_ROW = 0.5;

/** Standard errors of the rates of a binary classification, by the delta method. */
export function binaryErrors(counts: BinaryCounts): StandardErrors {
  const names = [...binaryRates(counts).keys()];
  const cells = [counts.truePositives, counts.falsePositives, counts.trueNegatives, counts.falseNegatives];
  const rateOf = (name: string) => (moved: readonly number[]) => {
    const [truePositives, falsePositives, trueNegatives, falseNegatives] = moved;
    const rates = binaryRates({ truePositives, falsePositives, trueNegatives, falseNegatives });
    return rates.get(name) ?? Number.NaN;
  };
  return finite(names.map((name) => [name, errorOf(countedEstimate(cells, HALF_A_ROW, rateOf(name)))]));
}

const errorOf = ([, error]: Estimate): number => error;

const finite = (errors: readonly (readonly [string, number])[]): StandardErrors =>
  new Map(errors.filter(([, error]) => Number.isFinite(error)));

/**
 * The standard error of the area under the ROC curve, by DeLong: how much the share of rows of the other label that a row is beyond differs from row to
 * row. Half a pair more is taken for uncertain, so that a curve without a mistake is none that cannot have one. NaN where a label has no rows.
 *
 * @see https://doi.org/10.2307/2531595
 */
export function areaError({ truePositives, falsePositives }: CurvePoints): number {
  const [positives, negatives] = [truePositives.at(-1) ?? 0, falsePositives.at(-1) ?? 0];
  const [ofPositives, ofNegatives] = [new Spread(), new Spread()];
  let [positivesBefore, negativesBefore] = [0, 0];
  for (const [index, positivesNow] of truePositives.entries()) {
    const negativesNow = falsePositives[index];
    const beaten = (negatives - (negativesBefore + negativesNow) / 2) / negatives;
    const beating = (positivesBefore + positivesNow) / 2 / positives;
    ofPositives.add(beaten, positivesNow - positivesBefore);
    ofNegatives.add(beating, negativesNow - negativesBefore);
    [positivesBefore, negativesBefore] = [positivesNow, negativesNow];
  }
  const least = HALF_A_ROW / (Math.min(positives, negatives) + 1);
  return Math.sqrt(ofPositives.variance / positives + ofNegatives.variance / negatives + least ** 2);
}

/** The variance of numbers that come several times each. */
class Spread {
  private count = 0;
  private sum = 0;
  private squares = 0;

  add(value: number, times: number): void {
    this.count += times;
    this.sum += times * value;
    this.squares += times * value * value;
  }

  get variance(): number {
    const mean = this.sum / this.count;
    return Math.max(0, this.squares / this.count - mean * mean);
  }
}

/** Rows of a label: those that have it, those for which it was predicted, and those of both. */
interface LabelRows {
  readonly actual: number;
  readonly predicted: number;
  readonly correct: number;
}

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
 * row changes it by its actual and its predicted label alone. All pairs of labels together have half a row more.
 */
export function multiclassErrors({ counts }: ConfusionCounts): StandardErrors {
  const added = HALF_A_ROW / counts.length ** 2;
  const cells = counts.map((row) => row.map((count) => count + added));
  const labels = cells.map((row, index) => ({
    actual: sum(row),
    predicted: sum(cells.map((each) => each[index])),
    correct: row[index],
  }));
  const all = sum(labels.map(({ actual }) => actual));
  return finite(Object.entries(WEIGHTED).map(([name, of]) => [name, weightedError({ cells, labels, all, of })]));
}

interface Weighted {
  readonly cells: readonly (readonly number[])[];
  readonly labels: readonly LabelRows[];
  readonly all: number;
  readonly of: (rows: LabelRows) => number;
}

function weightedError({ cells, labels, all, of }: Weighted): number {
  const value = sum(labels.map(of)) / all;
  const slopes = labels.map((rows) => ({
    actual: slopeAt(rows.actual, (actual) => of({ ...rows, actual })),
    predicted: slopeAt(rows.predicted, (predicted) => of({ ...rows, predicted })),
    correct: slopeAt(rows.correct, (correct) => of({ ...rows, correct })),
  }));
  let variance = 0;
  for (const [actual, row] of cells.entries()) {
    for (const [predicted, count] of row.entries()) {
      const own = actual === predicted ? slopes[actual].correct : 0;
      variance += count * ((slopes[actual].actual + slopes[predicted].predicted + own - value) / all) ** 2;
    }
  }
  return Math.sqrt(variance);
}

/** How far means lean to one side of what they are of, by the names of metrics. Of those that are not named, they do not, or it is not known. */
export type Skews = ReadonlyMap<string, number>;

/** Standard errors of the metrics of a regression, from how much errors, and their squares, differ from row to row. */
export function regressionErrors(metrics: MetricValues, moments: ErrorMoments): StandardErrors {
  const { count, squaredErrors, products, fourthErrors, squaredDeviations, fourthDeviations } = moments.central();
  const mean = metrics.get('mae') ?? Number.NaN;
  const root = (variance: number) => Math.sqrt(Math.max(0, variance) / count);
  const mse = root(fourthErrors - squaredErrors ** 2);
  const share = squaredErrors / squaredDeviations;
  const explained = fourthErrors - 2 * share * products + share ** 2 * fourthDeviations;
  return finite([
    ['mae', root(squaredErrors - mean ** 2)],
    ['mse', mse],
    ['rmse', squaredErrors === 0 ? 0 : mse / (2 * Math.sqrt(squaredErrors))],
    ['r2', root(explained) / squaredDeviations],
  ]);
}

/**
 * How far the metrics of a regression lean: few large errors make most of a mean of squares. Of r2, which is less by them, only these are known. No rows lean
 * more than by 1: what is beyond are digits that were lost, and told as not known.
 */
export function regressionSkews(errors: StandardErrors, moments: ErrorMoments): Skews {
  const { count, squaredErrors, cubedErrors, fourthErrors, sixthErrors, squaredDeviations, absoluteErrors } =
    moments.central();
  const [mae, mse, r2] = ['mae', 'mse', 'r2'].map((name) => errors.get(name) ?? Number.NaN);
  const absolute = cubedErrors - 3 * absoluteErrors * squaredErrors + 2 * absoluteErrors ** 3;
  const squared = sixthErrors - 3 * squaredErrors * fourthErrors + 2 * squaredErrors ** 3;
  const ofSquares = squared / mse ** 3 / count ** 2;
  const skews = [
    ['mae', absolute / mae ** 3 / count ** 2],
    ['mse', ofSquares],
    ['rmse', ofSquares - (1.5 * mse) / squaredErrors],
    ['r2', -ofSquares * (mse / squaredDeviations / r2) ** 3],
  ] as const;
  return new Map(skews.filter(([, skew]) => Math.abs(skew) <= 1));
}
