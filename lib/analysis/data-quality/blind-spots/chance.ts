import type { ComparisonMethod } from '../../schemas';

/** The sizes of two samples as the distance sees them, and the comparison method. */
export interface Comparison {
  readonly n: number;
  readonly m: number;
  readonly method: ComparisonMethod;
}

/** The standard error that distances of two samples are measured in: sqrt(1/n + 1/m). Infinite when a sample is empty. */
export function standardError({ n, m }: { readonly n: number; readonly m: number }): number {
  return Math.sqrt((n + m) / (n * m));
}

/**
 * What Model Monitor takes off a distance before it compares it with the threshold: 1.8 standard errors with `Robust`, nothing with `Simple`.
 *
 * @see https://github.com/awslabs/deequ/blob/master/src/main/scala/com/amazon/deequ/analyzers/Distance.scala
 */
export function correction(comparison: Comparison): number {
  return comparison.method === 'Simple' ? 0 : 1.8 * standardError(comparison);
}

/**
 * How many standard errors the distance of two samples of one distribution exceeds by chance less than once in a million times:
 * sqrt(ln(2 / 0.000001) / 2).
 *
 * @see https://en.wikipedia.org/wiki/Dvoretzky%E2%80%93Kiefer%E2%80%93Wolfowitz_inequality
 */
export const ONE_IN_A_MILLION = Math.sqrt(Math.log(2_000_000) / 2);
