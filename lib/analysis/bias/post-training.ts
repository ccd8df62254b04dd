import type { Confusion, Outcomes, Sides } from './counts';
import { difference, divide } from './division';

// Input of all: rows by observed and predicted outcome on both sides of a facet. A share of nothing is 0, a ratio to nothing Infinity.
// Formulas and names: https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-post-training-bias.html and
// smclarify/bias/metrics/posttraining.py, common.py

const rows = (c: Confusion) => c.truePositive + c.falsePositive + c.falseNegative + c.trueNegative;
const observedPositive = (c: Confusion) => c.truePositive + c.falseNegative;
const observedNegative = (c: Confusion) => c.falsePositive + c.trueNegative;
const predictedPositive = (c: Confusion) => c.truePositive + c.falsePositive;
const predictedNegative = (c: Confusion) => c.falseNegative + c.trueNegative;

/** The outcomes that were observed: positive with true positives and false negatives. */
export const observedOutcomes = (c: Confusion): Outcomes => ({
  positive: observedPositive(c),
  negative: observedNegative(c),
});

/** The outcomes that were predicted: positive with true and false positives. */
export const predictedOutcomes = (c: Confusion): Outcomes => ({
  positive: predictedPositive(c),
  negative: predictedNegative(c),
});

const aLessD = ({ advantaged, disadvantaged }: Sides<Confusion>, rate: (c: Confusion) => number) =>
  difference(rate(advantaged), rate(disadvantaged));
const dLessA = ({ advantaged, disadvantaged }: Sides<Confusion>, rate: (c: Confusion) => number) =>
  difference(rate(disadvantaged), rate(advantaged));

/**
 * DPPL = q'_a - q'_d, with q' the share of positive predictions: -1 to 1, above 0 when the other group gets more of them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-dppl.html
 */
export function differenceInPredictedProportions(sides: Sides<Confusion>): number {
  return aLessD(sides, (c) => divide(predictedPositive(c), rows(c)));
}

/**
 * DI = q'_d / q'_a: from 0, and 1 when both groups get the same share of positive predictions. Infinity when only the facet's group gets
 * any, 0 when none does.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-di.html
 */
export function disparateImpact({ advantaged, disadvantaged }: Sides<Confusion>): number {
  const share = (c: Confusion) => divide(predictedPositive(c), rows(c));
  return divide(share(disadvantaged), share(advantaged));
}

/**
 * DCA = c_a - c_d, with c the observed positives by the predicted ones. Infinite when one side has observed but no predicted positives.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-dcacc.html
 */
export function differenceInConditionalAcceptance(sides: Sides<Confusion>): number {
  return aLessD(sides, (c) => divide(observedPositive(c), predictedPositive(c)));
}

/**
 * DCR = r_d - r_a, with r the observed negatives by the predicted ones. Infinite when one side has observed but no predicted negatives.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-dcr.html
 */
export function differenceInConditionalRejection(sides: Sides<Confusion>): number {
  return dLessA(sides, (c) => divide(observedNegative(c), predictedNegative(c)));
}

/**
 * RD = recall_a - recall_d, the shares of observed positives that are predicted so: -1 to 1.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-rd.html
 */
export function recallDifference(sides: Sides<Confusion>): number {
  return aLessD(sides, (c) => divide(c.truePositive, observedPositive(c)));
}

/**
 * SD = specificity_d - specificity_a, the shares of observed negatives that are predicted so: -1 to 1.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-sd.html
 */
export function specificityDifference(sides: Sides<Confusion>): number {
  return dLessA(sides, (c) => divide(c.trueNegative, observedNegative(c)));
}

/**
 * DAR = precision_a - precision_d, the shares of predicted positives that are right: -1 to 1.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-dar.html
 */
export function differenceInAcceptanceRates(sides: Sides<Confusion>): number {
  return aLessD(sides, (c) => divide(c.truePositive, predictedPositive(c)));
}

/**
 * DRR = t_d - t_a, with t the share of predicted negatives that are right: -1 to 1.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-drr.html
 */
export function differenceInRejectionRates(sides: Sides<Confusion>): number {
  return dLessA(sides, (c) => divide(c.trueNegative, predictedNegative(c)));
}

/**
 * AD = accuracy_a - accuracy_d: -1 to 1.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-ad.html
 */
export function accuracyDifference(sides: Sides<Confusion>): number {
  return aLessD(sides, (c) => divide(c.truePositive + c.trueNegative, rows(c)));
}

/**
 * TE = t_d - t_a, with t the false negatives by the false positives. Infinite when one side has false negatives but no false positives.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-te.html
 */
export function treatmentEquality(sides: Sides<Confusion>): number {
  return dLessA(sides, (c) => divide(c.falseNegative, c.falsePositive));
}

/**
 * GE = sum ((b_i / mean b)^2 - 1) / 2n, the generalized entropy of the benefits b = y' - y + 1 with alpha 2, over all rows of both sides: a
 * false negative has the benefit 0, a false positive 2, others 1. From 0 (equal benefits). NaN without rows or when all are false negatives.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-post-training-bias-metric-ge.html
 */
export function generalizedEntropy({ advantaged: a, disadvantaged: d }: Sides<Confusion>): number {
  const n = rows(a) + rows(d);
  const counts = [
    a.falseNegative + d.falseNegative,
    a.truePositive + a.trueNegative + d.truePositive + d.trueNegative,
    a.falsePositive + d.falsePositive,
  ];
  const mean = (counts[1] + 2 * counts[2]) / n;
  const sum = counts.reduce((all, count, benefit) => all + count * ((benefit / mean) ** 2 - 1), 0);
  return sum / (2 * n);
}
