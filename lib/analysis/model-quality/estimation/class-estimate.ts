import { type Estimate, slopeAt } from '../../numbers/delta-method';
import { sum } from '../../numbers/sum';
import { fScore } from '../confusion';
import { PROBABILITY_STEPS } from '../problem';
import type { MetricValues } from '../tally';
import { blockOf } from './calibration';
import { AREA, type ClassScores, PRODUCT_SCALE } from './class-scores';
import { type EstimatedQuality, MIN_EXPECTED } from './estimate';

/** Rows of a label, known or expected. */
interface ClassRows {
  readonly actual: number;
  readonly predicted: number;
  readonly correct: number;
}

/** What a label adds to a metric, of so many rows and labels. */
type Part = (rows: ClassRows, all: number, labels: number) => number;

const f1 = ({ actual, predicted, correct }: ClassRows) => fScore(correct / predicted, correct / actual, 1);

/** Each a sum over labels. Of the macro ones, all labels weigh the same. */
const METRICS: { readonly [metric: string]: Part } = {
  accuracy: ({ correct }, all) => correct / all,
  macro_precision: ({ predicted, correct }, _, labels) => correct / predicted / labels,
  macro_recall: ({ actual, correct }, _, labels) => correct / actual / labels,
  macro_true_negative_rate: ({ actual, predicted, correct }, all, labels) =>
    (all - actual - predicted + correct) / (all - actual) / labels,
  macro_f1: (rows, _, labels) => f1(rows) / labels,
  weighted_precision: ({ actual, predicted, correct }, all) => (actual * correct) / predicted / all,
  weighted_f1: (rows, all) => (rows.actual * f1(rows)) / all,
};
const MACRO_AREA = 'macro_auc';

/**
 * The metrics of rows whose labels are known, by the names of the estimates. NaN where a label that they divide by has no rows.
 */
export function realizedQuality(scores: ClassScores): MetricValues {
  const { counted } = scores;
  const rows = classRows(scores, scores.actual, 1);
  const values = Object.entries(METRICS).map(([name, part]): [string, number] => [name, total(part, rows, counted)]);
  const areas = scores.areas.map((bins) => areaOf(bins.amounts(), AREA.actual, 1).value);
  return new Map([...values, [MACRO_AREA, sum(areas) / areas.length]]);
}

/**
 * Estimates the quality of a classification by several labels without knowing any (confidence-based performance estimation): one label against the rest, each by its
 * calibrated probability, of which those of a row are 1 together.
 *
 * An error is how far chance puts the metric of these rows' labels from the estimate, if the probabilities are right; of the areas under ROC curves, and of the rows
 * by which probabilities were calibrated, at most so far, as labels that exclude each other are taken for independent there. Metrics are absent where fewer than 10 rows of a label are expected on a side of their ratio.
 *
 * @see https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html
 */
export function estimatedClassQuality(scores: ClassScores): EstimatedQuality {
  const { counted } = scores;
  const rows = classRows(scores, scores.expected, PROBABILITY_STEPS);
  if (counted < MIN_EXPECTED || rows.length === 0) return new Map();
  const isKnown = rows.every(({ actual, predicted }) => Math.min(actual, predicted, counted - actual) >= MIN_EXPECTED);
  const names = isKnown ? Object.keys(METRICS) : ['accuracy'];
  const estimates = names.map((name): [string, Estimate] => {
    const value = total(METRICS[name], rows, counted);
    return [name, [value, errorOf(scores, rows, METRICS[name])]];
  });
  return new Map(isKnown ? [...estimates, [MACRO_AREA, areaEstimate(scores)]] : estimates);
}

const total = (part: Part, rows: readonly ClassRows[], all: number): number =>
  sum(rows.map((each) => part(each, all, rows.length)));

/** By predicted and actual label, where one row is `unit`. */
function classRows({ predicted }: ClassScores, cells: Float64Array, unit: number): ClassRows[] {
  const size = predicted.length;
  return [...predicted].map((count, label) => ({
    predicted: count,
    correct: cells[label * size + label] / unit,
    actual: sum([...predicted].map((_, other) => cells[other * size + label])) / unit,
  }));
}

/**
 * A row changes a metric by `base` of its label, and by `bonus` of it where it was predicted.
 */
function errorOf(scores: ClassScores, rows: readonly ClassRows[], part: Part): number {
  const slope = (of: (moved: number) => ClassRows, count: number) =>
    slopeAt(count, (moved) => part(of(moved), scores.counted, rows.length));
  const base = rows.map((each) => slope((actual) => ({ ...each, actual }), each.actual));
  const bonus = rows.map((each) => (each.correct === 0 ? 0 : slope((correct) => ({ ...each, correct }), each.correct)));
  const gain = (predicted: number, label: number) => base[label] + (predicted === label ? bonus[label] : 0);
  return Math.sqrt(labelVariance(scores, base, bonus) + calibrationVariance(scores, gain));
}

/** Of the labels of the rows: what a row adds is of one of several labels, each as likely as it is. */
function labelVariance(scores: ClassScores, base: readonly number[], bonus: readonly number[]): number {
  const { expected, products, predictedProducts } = scores;
  const size = base.length;
  let [squares, means] = [0, 0];
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other < size; other += 1) {
      const gain = base[other] + (one === other ? bonus[one] : 0);
      squares += expected[one * size + other] * gain ** 2;
      means += base[one] * base[other] * products[one * size + other];
      means += 2 * bonus[one] * base[other] * predictedProducts[one * size + other];
    }
    means += bonus[one] ** 2 * predictedProducts[one * size + one];
  }
  return Math.max(0, squares / PROBABILITY_STEPS - means / PRODUCT_SCALE);
}

type Gain = (predicted: number, label: number) => number;

/** Of the rows by which probabilities were calibrated, at most. */
function calibrationVariance(scores: ClassScores, gain: Gain): number {
  const { expected, predicted, blocks } = scores;
  const size = predicted.length;
  const means = [...predicted].map((count, one) => {
    const all = [...predicted].map((_, label) => expected[one * size + label] * gain(one, label));
    return count === 0 ? 0 : sum(all) / PROBABILITY_STEPS / count;
  });
  return varianceOfBlocks(scores, (label, block) => {
    let shift = 0;
    for (let one = 0; one < size; one += 1)
      shift += blocks[label][block * size + one] * (gain(one, label) - means[one]);
    return shift;
  });
}

/** @param shiftOf how the metric changes with how likely a label is in all rows of a block */
function varianceOfBlocks({ calibrations }: ClassScores, shiftOf: (label: number, block: number) => number): number {
  let variance = 0;
  for (const [label, { blocks }] of calibrations.entries()) {
    for (const [block, { rows, positives }] of blocks.entries())
      variance += (shiftOf(label, block) ** 2 * ((positives + 0.5) / (rows + 1))) / rows; // what has not occurred can
  }
  return variance;
}

/** The area under a ROC curve, and what it is made of. */
interface Area {
  readonly value: number;
  readonly positives: number;
  readonly negatives: number;
}

/** By trapezoids over rows from the least probability up. NaN where a side has none. */
function areaOf(bins: readonly Float64Array[], counted: number, unit: number): Area {
  let [below, area, found] = [0, 0, 0];
  for (const bin of bins) {
    const positive = bin[counted] / unit;
    const negative = bin[AREA.rows] - positive;
    area += positive * (below + negative / 2);
    below += negative;
    found += positive;
  }
  return { value: area / found / below, positives: found, negatives: below };
}

/** The rows of a bin of a label, and what each that has the label adds to the metric. */
interface AreaGain {
  readonly rows: number;
  readonly expected: number;
  readonly block: number;
  readonly gain: number;
}

function areaEstimate(scores: ClassScores): Estimate {
  const { areas, calibrations, counted } = scores;
  const ofLabels = areas.map((bins, label) => {
    const [amounts, places] = [bins.amounts(), bins.places()];
    const area = areaOf(amounts, AREA.expected, PROBABILITY_STEPS);
    return {
      area,
      gains: gainsOf(
        amounts,
        area,
        places.map((place) => blockOf(calibrations[label].blocks, place)),
      ),
    };
  });
  const value = sum(ofLabels.map(({ area }) => area.value)) / areas.length;
  const all = ofLabels.flatMap(({ gains }) => gains);
  const mean = sum(all.map(({ expected, gain }) => expected * gain)) / counted;
  const ofRows = sum(all.map(({ expected, gain }) => expected * (gain - mean) ** 2));
  const shifts = ofLabels.map(({ gains }, label) => {
    const shift = new Float64Array(calibrations[label].blocks.length);
    for (const { rows, block, gain } of gains) shift[block] += rows * (gain - mean);
    return shift;
  });
  const ofCalibration = varianceOfBlocks(scores, (label, block) => shifts[label][block]);
  return [value, Math.sqrt(ofRows + ofCalibration) / areas.length];
}

function gainsOf(bins: readonly Float64Array[], area: Area, blocks: readonly number[]): AreaGain[] {
  let [negativesBelow, positivesBelow] = [0, 0];
  return bins.map((bin, index) => {
    const expected = bin[AREA.expected] / PROBABILITY_STEPS;
    const rows = bin[AREA.rows];
    const negative = rows - expected;
    const won = negativesBelow + negative / 2;
    const lost = area.positives - positivesBelow - expected / 2;
    negativesBelow += negative;
    positivesBelow += expected;
    const gain =
      (won - lost) / area.positives / area.negatives - area.value * (1 / area.positives - 1 / area.negatives);
    return { rows, expected, block: blocks[index], gain };
  });
}
