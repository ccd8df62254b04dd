import type { Generation } from '../profile/inferred-type';
import { Confusion, F_SCORES, fScore } from './confusion';
import {
  areaUnderCurve,
  type CurvePoints,
  groupedPoints,
  precisionRecallCurve,
  receiverOperatingCharacteristic,
} from './curves';
import { negativeLabel, positiveLabel, type QualityProblem, type QualityRow } from './problem';
import { areaError, binaryErrors, type StandardErrors } from './sampling';
import { MAX_DISTINCT_SCORES, ScoreTable } from './scores';
import type { MetricValues, Tally, UndefinedMetric } from './tally';

/** Numbers of rows of a binary classification. */
export interface BinaryCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/**
 * The metrics of a binary classification that follow from its confusion matrix. Without positive rows recall and the F scores are 0, as the
 * container writes them, and so is precision when nothing was predicted positive; without negative rows their two rates are NaN. The
 * negative rates are 1 less the positive ones, as the container prints them (0.33333333333333337 for 1/3). Without rows accuracy is NaN.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export function binaryRates(counts: BinaryCounts): MetricValues {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  const recall = truePositives === 0 ? 0 : truePositives / (truePositives + falseNegatives);
  const predictedPositives = truePositives + falsePositives;
  const precision = truePositives === 0 ? 0 : truePositives / predictedPositives;
  const falsePositiveRate = falsePositives / (falsePositives + trueNegatives);
  const rowCount = predictedPositives + trueNegatives + falseNegatives;
  return new Map([
    ['recall', recall],
    ['precision', precision],
    ['accuracy', (truePositives + trueNegatives) / rowCount],
    ['true_positive_rate', recall],
    ['true_negative_rate', 1 - falsePositiveRate],
    ['false_positive_rate', falsePositiveRate],
    ['false_negative_rate', 1 - recall],
    ...Object.entries(F_SCORES).map(([name, beta]): [string, number] => [name, fScore(precision, recall, beta)]),
  ]);
}

/**
 * The counts of the classifier that always gives the same label: the one that most predictions are (the positive one of equals: not known of the
 * container). So recall is 0 where most predictions are negative, whatever the labels are. This fits the example in the developer
 * guide, of the older generation, and every output of the container that is known, from 2021 to 2025.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export function bestConstantCounts(counts: BinaryCounts): BinaryCounts {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  const positives = truePositives + falseNegatives;
  const negatives = trueNegatives + falsePositives;
  return truePositives + falsePositives >= trueNegatives + falseNegatives
    ? { truePositives: positives, falsePositives: negatives, trueNegatives: 0, falseNegatives: 0 }
    : { truePositives: 0, falsePositives: 0, trueNegatives: negatives, falseNegatives: positives };
}

/** The metrics of the file, in its order; those with the ending are the best constant classifier's. */
const ORDER = [
  ['recall', 'precision', 'accuracy'],
  ['recall', 'precision', 'accuracy'].map((name) => `${name}_best_constant_classifier`),
  ['true_positive_rate', 'true_negative_rate', 'false_positive_rate', 'false_negative_rate'],
  ['auc', 'au_prc', 'f0_5', 'f1', 'f2'],
  ['f0_5', 'f1', 'f2'].map((name) => `${name}_best_constant_classifier`),
].flat();

/** Counts a binary classification, in memory bounded by the number of different probabilities. */
export class BinaryTally implements Tally {
  readonly confusion = new Confusion();
  private readonly scores = new ScoreTable();
  private readonly positive: string;
  private readonly negative: string;

  constructor(problem: QualityProblem) {
    this.positive = positiveLabel(problem);
    this.negative = negativeLabel(problem);
  }

  add(row: QualityRow, samples: number, count: number): void {
    this.confusion.add(row, samples, count);
    if (row.score !== undefined) this.addScore(row.score, row.actual === this.positive, samples);
  }

  addScore(score: number, isPositive: boolean, samples: number): void {
    this.scores.add(score, isPositive, samples);
  }

  merge(that: BinaryTally): void {
    this.confusion.merge(that.confusion);
    this.scores.merge(that.scores);
  }

  metrics(sample: number, generation: Generation): MetricValues {
    const counts = this.counts(sample);
    const rates = binaryRates(counts);
    const constant = binaryRates(bestConstantCounts(counts));
    const areas = this.areas(sample, generation);
    const absent = this.absent(generation).map(({ metric }) => metric);
    const names = ORDER.filter((name) => name !== 'au_prc' || generation !== 'deequ-1.0');
    return new Map(
      names
        .filter((name) => !absent.includes(name))
        .map((name) => {
          const [metric, isConstant] = [name.replace('_best_constant_classifier', ''), name.endsWith('_classifier')];
          return [name, (isConstant ? constant.get(metric) : (rates.get(metric) ?? areas.get(metric))) ?? Number.NaN];
        }),
    );
  }

  /** The points of both curves, in the newer generation grouped; undefined when there are no probabilities, or too many different ones. */
  curve(sample: number, generation: Generation): CurvePoints | undefined {
    if (this.noCurve() !== undefined) return undefined;
    const points = this.scores.points(sample);
    return generation === 'deequ-1.0' ? points : groupedPoints(points);
  }

  standardErrors(): StandardErrors {
    const rates = binaryErrors(this.counts(0));
    if (this.noCurve() !== undefined) return rates;
    const auc = areaError(this.scores.points(0));
    return Number.isFinite(auc) ? new Map([...rates, ['auc', auc]]) : rates;
  }

  refusal(): undefined {
    return undefined;
  }

  /** The areas, where there are no curves. */
  absent(generation: Generation): UndefinedMetric[] {
    const reason = this.noCurve();
    if (reason === undefined) return [];
    const areas = generation === 'deequ-1.0' ? ['auc'] : ['auc', 'au_prc'];
    return areas.map((metric) => ({ metric, reason }));
  }

  private noCurve(): string | undefined {
    if (this.scores.isOverfull) return `there are more than ${MAX_DISTINCT_SCORES} different probabilities`;
    return this.scores.isEmpty
      ? "there are no probabilities: give ModelProblem a 'probability', if the model answers one"
      : undefined;
  }

  private counts(sample: number): BinaryCounts {
    const count = (actual: string, predicted: string) => this.confusion.count({ actual, predicted, sample });
    return {
      truePositives: count(this.positive, this.positive),
      falsePositives: count(this.negative, this.positive),
      trueNegatives: count(this.negative, this.negative),
      falseNegatives: count(this.positive, this.negative),
    };
  }

  private areas(sample: number, generation: Generation): Map<string, number> {
    const points = this.curve(sample, generation);
    if (!points) return new Map();
    const roc = receiverOperatingCharacteristic(points);
    const pr = precisionRecallCurve(points);
    return new Map([
      ['auc', areaUnderCurve(roc.false_positive_rates, roc.true_positive_rates)],
      ['au_prc', areaUnderCurve(pr.recalls, pr.precisions)],
    ]);
  }
}
