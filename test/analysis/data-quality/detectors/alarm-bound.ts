/**
 * The most alarms that a promised rate explains: the smallest count that independent windows exceed in at most one of so many seeds, by the binomial
 * distribution, exactly.
 */
export function alarmBound(windows: number, rate: number, seeds = 10_000): number {
  let logTerm = windows * Math.log1p(-rate); // the term itself is 0 in doubles where windows are many
  let above = 1 - Math.exp(logTerm);
  let count = 0;
  while (above > 1 / seeds) {
    logTerm += Math.log(((windows - count) / (count + 1)) * (rate / (1 - rate)));
    count += 1;
    above -= Math.exp(logTerm);
  }
  return count;
}
