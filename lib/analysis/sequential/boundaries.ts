import { chiSquaredSurvival, logGamma } from '../numbers/tail-probabilities';

/** What a sum crosses with a probability of at most `level`, however often it is looked at. */
export interface Boundary {
  /** above 0, below 1 */
  readonly level: number;
  /** above 0: how much has to be known where the boundary is lowest, beside others of its level */
  readonly scale: number;
}

/**
 * How far a sum is from what is expected of it, on either side, at a variance: Robbins' mixture of normal distributions. Of a variance of 0 not 0.
 *
 * @see https://arxiv.org/abs/1810.08240 on mixtures
 */
export function normalBoundary(variance: number, { level, scale }: Boundary): number {
  return Math.sqrt((variance + scale) * (Math.log1p(variance / scale) - 2 * Math.log(level)));
}

/** The scale by which `normalBoundary` is lowest at a variance above 0. */
export function bestScale(variance: number, level: number): number {
  const twice = -2 * Math.log(level);
  return variance / (twice + Math.log1p(twice));
}

const STEPS = 60;

/**
 * How far a sum of numbers that are -1 at the least is below what is expected of it, when the sum of their squares is given: a gamma mixture of exponential
 * supermartingales, which holds of however few numbers.
 *
 * @see https://arxiv.org/abs/1810.08240 on empirical Bernstein bounds
 */
export function exponentialBoundary(squares: number, { level, scale }: Boundary): number {
  const shape = squares + scale;
  const lead = scale * Math.log(scale) - logGamma(scale) - Math.log(lowerGamma(scale, scale)) + logGamma(shape);
  const sought = -Math.log(level);
  let sum = Math.sqrt(2 * squares * sought) + sought;
  for (let step = 0; step < STEPS; step += 1) {
    const x = sum + shape;
    const lower = lowerGamma(shape, x);
    const excess = lead - shape * Math.log(x) + sum + squares + Math.log(lower) - sought;
    const slope = sum / x + Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape)) / lower;
    const change = excess / slope;
    sum -= change;
    if (Math.abs(change) <= 1e-12 * x) break;
  }
  return sum;
}

/** The regularized lower incomplete gamma function. */
const lowerGamma = (shape: number, x: number) => 1 - chiSquaredSurvival(2 * x, 2 * shape);
