/**
 * How many standard errors a mean is off as a normal variable is. Of numbers most of which are small and few are large, a mean that is too low has too small a
 * standard error, so that fewer than 95 of 100 intervals hold what they should: a mean is studentized by what it leans with. The first term of its expansion is
 * s (2 t^2 + 1) / 6 for a skewness s, which is added; the cube of t keeps the order of what is given. Without skewness it is the number itself.
 *
 * @param skewness that of the mean: of the numbers, over the root of how many there are; -1 to 1
 * @see https://en.wikipedia.org/wiki/Edgeworth_series
 */
export function unskewed(standardErrors: number, skewness: number): number {
  if (skewness === 0) return standardErrors;
  const bent = skewness * standardErrors;
  return standardErrors * (1 + bent / 3 + bent ** 2 / 27) + skewness / 6;
}
