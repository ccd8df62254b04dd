import { countedEstimate, type Estimate } from '../numbers/delta-method';
import { type BinaryCounts, binaryRates } from './binary';
import type { CurvePoints } from './curves';
import type { ErrorMoments } from './error-moments';
import type { MetricValues } from './tally';

/** Standard errors of metrics, by their names; of those that chance says nothing about, none. */
export type StandardErrors = ReadonlyMap<string, number>;

/** Added to each count of a classification, so that what chance left out is nothing that cannot happen. */
export const HALF_A_ROW = 0.5;

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

/** Errors by the names of their metrics, without those that are no number. */
export const finite = (errors: readonly (readonly [string, number])[]): StandardErrors =>
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
