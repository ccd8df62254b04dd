import type { Estimate } from '../../numbers/delta-method';
import { sum } from '../../numbers/sum';
import { type BinaryCounts, binaryRates } from '../binary';
import { blockOf, type Calibration, calibrated } from './calibration';
import type { ScoreBin, ScoreCounts } from './score-counts';
import { PREDICTED_NEGATIVE, PREDICTED_POSITIVE } from './window-scores';

/** Rows that have to be expected on either side of a rate, so that its error can be told. */
export const MIN_EXPECTED = 10;

/** Metrics that the labels would show, each with its standard error. */
export type EstimatedQuality = ReadonlyMap<string, Estimate>;

/** The rows of one bin, as they are expected. */
interface ExpectedBin extends ScoreBin {
  /** how likely one of them is positive */
  readonly probability: number;
  /** the index of its block */
  readonly block: number;
}

/**
 * Estimates the quality of a binary classification without labels (confidence-based performance estimation): of each row, the probability of the model says how
 * likely its label is the predicted one. Sums of them are the expected confusion matrix, and areas under curves follow from it at each probability.
 *
 * An error is how far chance puts the metric of these rows' labels, if the probabilities are right, from the estimate; with it the chance that was in the rows by
 * which the probabilities were calibrated. Metrics of fewer than 10 expected rows on a side of their ratio are absent: nothing can be said of their error.
 * The estimate is blind to a change of the relation of labels to features, which only labels show.
 *
 * @see https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html
 */
export function estimatedQuality(scores: ScoreCounts, calibration: Calibration): EstimatedQuality {
  const bins = scores.bins().map((bin) => ({
    ...bin,
    probability: calibrated(calibration, bin.score),
    block: blockOf(calibration.blocks, bin.score),
  }));
  const counts = expectedCounts(bins);
  const rates = [...binaryRates(counts)].flatMap(([name, value]): [string, Estimate][] => {
    if (isUncertain(name, counts)) return [];
    const slopes = slopesOf(name, counts);
    return [[name, [value, errorOf(bins, calibration, (_, group) => slopes[group])]]];
  });
  const area = areaOf(bins);
  return new Map([...rates, ...(area ? [['auc', areaEstimate(area, bins, calibration)] as const] : [])]);
}

function expectedCounts(bins: readonly ExpectedBin[]): BinaryCounts {
  const expected = (group: number, probability: (bin: ExpectedBin) => number) =>
    sum(bins.map((bin) => bin.rows[group] * probability(bin)));
  return {
    truePositives: expected(PREDICTED_POSITIVE, (bin) => bin.probability),
    falsePositives: expected(PREDICTED_POSITIVE, (bin) => 1 - bin.probability),
    trueNegatives: expected(PREDICTED_NEGATIVE, (bin) => 1 - bin.probability),
    falseNegatives: expected(PREDICTED_NEGATIVE, (bin) => bin.probability),
  };
}

type Divisor = (counts: BinaryCounts) => number;

/** What each metric divides by, or is made of that divides. */
const DIVISORS: { readonly [metric: string]: readonly Divisor[] } = {
  accuracy: [rowsOf],
  recall: [positives],
  precision: [predictedPositives],
  true_positive_rate: [positives],
  false_negative_rate: [positives],
  true_negative_rate: [negatives],
  false_positive_rate: [negatives],
  f0_5: [positives, predictedPositives],
  f1: [positives, predictedPositives],
  f2: [positives, predictedPositives],
};

function positives({ truePositives, falseNegatives }: BinaryCounts): number {
  return truePositives + falseNegatives;
}

function negatives({ trueNegatives, falsePositives }: BinaryCounts): number {
  return trueNegatives + falsePositives;
}

function predictedPositives({ truePositives, falsePositives }: BinaryCounts): number {
  return truePositives + falsePositives;
}

function rowsOf(counts: BinaryCounts): number {
  return positives(counts) + negatives(counts);
}

const isUncertain = (metric: string, counts: BinaryCounts): boolean =>
  DIVISORS[metric].some((divisor) => divisor(counts) < MIN_EXPECTED);

/** How a metric changes with each positive row, among those predicted negative and those predicted positive. */
function slopesOf(metric: string, counts: BinaryCounts): readonly number[] {
  const step = rowsOf(counts) * 1e-5;
  const moved = (missed: number, found: number) =>
    binaryRates({
      truePositives: counts.truePositives + found,
      falsePositives: counts.falsePositives - found,
      trueNegatives: counts.trueNegatives - missed,
      falseNegatives: counts.falseNegatives + missed,
    }).get(metric) ?? Number.NaN;
  return [(moved(step, 0) - moved(-step, 0)) / (2 * step), (moved(0, step) - moved(0, -step)) / (2 * step)];
}

/** How a metric changes with each positive row of a bin and a group. */
type Slope = (bin: ExpectedBin, group: number) => number;

function errorOf(bins: readonly ExpectedBin[], { blocks }: Calibration, slope: Slope): number {
  const shifts = new Float64Array(blocks.length);
  let variance = 0;
  for (const bin of bins) {
    for (const [group, rows] of bin.rows.entries()) {
      const by = slope(bin, group);
      variance += rows * bin.probability * (1 - bin.probability) * by ** 2;
      shifts[bin.block] += rows * by;
    }
  }
  for (const [index, { rows, positives: found }] of blocks.entries()) {
    const probability = (found + 0.5) / (rows + 1); // what has not occurred can
    variance += shifts[index] ** 2 * ((probability * (1 - probability)) / rows);
  }
  return Math.sqrt(variance);
}

/** The area under the ROC curve, and what it is made of. */
interface Area {
  readonly value: number;
  readonly positives: number;
  readonly negatives: number;
}

/** By trapezoids over the bins; undefined where too few rows of a label are expected. */
function areaOf(bins: readonly ExpectedBin[]): Area | undefined {
  let [below, area, found] = [0, 0, 0];
  for (const bin of bins) {
    const rows = sum(bin.rows);
    const [positive, negative] = [rows * bin.probability, rows * (1 - bin.probability)];
    area += positive * (below + negative / 2);
    below += negative;
    found += positive;
  }
  if (Math.min(found, below) < MIN_EXPECTED) return undefined;
  return { value: area / found / below, positives: found, negatives: below };
}

function areaEstimate(area: Area, bins: readonly ExpectedBin[], calibration: Calibration): Estimate {
  const slopes = new Map<ExpectedBin, number>();
  let [negativesBelow, positivesBelow] = [0, 0];
  for (const bin of bins) {
    const rows = sum(bin.rows);
    const [positive, negative] = [rows * bin.probability, rows * (1 - bin.probability)];
    const won = negativesBelow + negative / 2;
    const lost = area.positives - positivesBelow - positive / 2;
    const gained = (won - lost) / area.positives / area.negatives;
    slopes.set(bin, gained - area.value * (1 / area.positives - 1 / area.negatives));
    negativesBelow += negative;
    positivesBelow += positive;
  }
  return [area.value, errorOf(bins, calibration, (bin) => slopes.get(bin) ?? 0)];
}
