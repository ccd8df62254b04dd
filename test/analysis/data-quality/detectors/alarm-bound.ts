/** How often a promise that is kept exactly fails its test: one seed in so many. */
const SEEDS = 10_000;

/**
 * The most alarms that a promised rate explains: the smallest count that independent windows exceed in at most one of 10,000 seeds, by the binomial
 * distribution, exactly.
 */
export function alarmBound(windows: number, rate: number): number {
  let term = (1 - rate) ** windows;
  let above = 1 - term;
  let count = 0;
  while (above > 1 / SEEDS) {
    term *= ((windows - count) / (count + 1)) * (rate / (1 - rate));
    count += 1;
    above -= term;
  }
  return count;
}
