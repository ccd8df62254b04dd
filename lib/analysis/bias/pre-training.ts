import { type Outcomes, type Sides, total } from './counts';
import { divide } from './division';

// Input of all: rows by observed outcome on both sides of a facet. Formulas and names:
// https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-data-bias.html and smclarify/bias/metrics/pretraining.py

/**
 * CI = (n_a - n_d) / (n_a + n_d): -1 to 1, above 0 when the facet's group is the smaller one. Without rows 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-bias-metric-class-imbalance.html
 */
export function classImbalance({ advantaged, disadvantaged }: Sides<Outcomes>): number {
  return divide(total(advantaged) - total(disadvantaged), total(advantaged) + total(disadvantaged));
}

/**
 * DPL = q_a - q_d, with q the share of positive labels: -1 to 1, above 0 when the other group has more of them. A side without rows has the
 * share 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-true-label-imbalance.html
 */
export function differenceInProportions({ advantaged, disadvantaged }: Sides<Outcomes>): number {
  return divide(advantaged.positive, total(advantaged)) - divide(disadvantaged.positive, total(disadvantaged));
}

/** The shares of one outcome on both sides. */
interface SharePair {
  readonly a: number;
  readonly d: number;
}

/** The outcomes that both sides have: outcomes that one side lacks do not enter the distances below. Empty when there is none. */
export function commonShares({ advantaged, disadvantaged }: Sides<Outcomes>): SharePair[] {
  const outcomes = ['negative', 'positive'] as const;
  const common = outcomes.filter((outcome) => advantaged[outcome] > 0 && disadvantaged[outcome] > 0);
  return common.map((outcome) => ({
    a: advantaged[outcome] / total(advantaged),
    d: disadvantaged[outcome] / total(disadvantaged),
  }));
}

const sumOf = (sides: Sides<Outcomes>, term: (pair: SharePair) => number) =>
  commonShares(sides).reduce((sum, pair) => sum + term(pair), 0);

/**
 * KL = sum P_a ln(P_a / P_d) over the outcomes that both sides have ({@link commonShares}). Because outcomes of one side only are left out,
 * it can be below 0. Without a common outcome 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-kl-divergence.html
 */
export function kullbackLeibler(sides: Sides<Outcomes>): number {
  return sumOf(sides, ({ a, d }) => a * Math.log(a / d));
}

/**
 * JS = (KL(P_a, P) + KL(P_d, P)) / 2 with P = (P_a + P_d) / 2, over the outcomes that both sides have. Without a common outcome 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-jensen-shannon-divergence.html
 */
export function jensenShannon(sides: Sides<Outcomes>): number {
  const towardsMean = (own: (pair: SharePair) => number) =>
    sumOf(sides, (pair) => own(pair) * Math.log(own(pair) / ((pair.a + pair.d) / 2)));
  return (towardsMean(({ a }) => a) + towardsMean(({ d }) => d)) / 2;
}

/**
 * LP = square root of sum (P_a - P_d)^2, over the outcomes that both sides have: 0 to the root of 2. Without a common outcome 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-lp-norm.html
 */
export function lpNorm(sides: Sides<Outcomes>): number {
  return Math.sqrt(sumOf(sides, ({ a, d }) => (a - d) * (a - d)));
}

/**
 * TVD = half of sum |P_a - P_d|, over the outcomes that both sides have: 0 to 1. Without a common outcome 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-total-variation-distance.html
 */
export function totalVariation(sides: Sides<Outcomes>): number {
  return sumOf(sides, ({ a, d }) => Math.abs(a - d)) / 2;
}

/**
 * KS = greatest |P_a - P_d|, over the outcomes that both sides have: 0 to 1. Without a common outcome 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-kolmogorov-smirnov.html
 */
export function kolmogorovSmirnov(sides: Sides<Outcomes>): number {
  return Math.max(0, ...commonShares(sides).map(({ a, d }) => Math.abs(a - d)));
}
