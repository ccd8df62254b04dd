/** The least count that a binomial distribution exceeds in at most 0.1 % of the cases. */
export function binomialLimit(trials: number, rate: number): number {
  let term = (1 - rate) ** trials;
  let below = term;
  let count = 0;
  while (below < 0.999) {
    term *= ((trials - count) / (count + 1)) * (rate / (1 - rate));
    count += 1;
    below += term;
  }
  return count;
}
