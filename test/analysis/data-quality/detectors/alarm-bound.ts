/**
 * The most alarms that a promised rate explains: the smallest count that independent windows exceed in at most one of so many seeds, by the binomial
 * distribution, exactly.
 */
export function alarmBound(windows: number, rate: number, seeds = 10_000): number {
  let term = (1 - rate) ** windows;
  let above = 1 - term;
  let count = 0;
  while (above > 1 / seeds) {
    term *= ((windows - count) / (count + 1)) * (rate / (1 - rate));
    count += 1;
    above -= term;
  }
  return count;
}
