import type { IntervalFigure } from '../comparison';

/** What a test comes to. */
export type TestOutcome = 'Better' | 'Worse' | 'NoDifference' | 'Undecided';

/** A metric that is tested, and where its difference is, candidate less reference. */
export interface TestedMetric {
  /** `same` where neither is better: then a difference that matters is worse */
  readonly better: 'higher' | 'lower' | 'same';
  /** the least difference that matters, above 0 */
  readonly leastEffect: number;
  /** absent where too little is known */
  readonly difference?: IntervalFigure;
}

/** What is known of one metric. `NotWorse` than by what matters, and maybe better. */
export type MetricFinding = 'Better' | 'Worse' | 'NoDifference' | 'NotWorse' | 'Unknown';

/** How long a test has gone on, and how long it may; in one unit. */
export interface TestTime {
  readonly elapsed: number;
  /** before this a candidate may be found to be worse, and nothing else */
  readonly least: number;
  readonly largest: number;
}

/** What the difference of a metric says: none that matters counts as none, however certain it is. */
export function findingOf({ better, leastEffect, difference }: TestedMetric): MetricFinding {
  if (!difference) return 'Unknown';
  if (better === 'same') return sameness(difference, leastEffect);
  const [low, high] = better === 'higher' ? [difference.low, difference.high] : [-difference.high, -difference.low];
  if (low > -leastEffect && high < leastEffect) return 'NoDifference';
  if (high < 0) return 'Worse';
  if (low > 0) return 'Better';
  return low > -leastEffect ? 'NotWorse' : 'Unknown';
}

/** Of what is to stay the same. */
function sameness({ low, high }: IntervalFigure, leastEffect: number): MetricFinding {
  if (low > -leastEffect && high < leastEffect) return 'NoDifference';
  return low > leastEffect || high < -leastEffect ? 'Worse' : 'Unknown';
}

/**
 * What a test comes to, undefined while it goes on. Worse by one metric is worse, at once; better is one that is better by one metric and not worse by any other.
 *
 * @param metrics one at least
 */
export function testOutcome(
  metrics: readonly TestedMetric[],
  { elapsed, least, largest }: TestTime,
): TestOutcome | undefined {
  const findings = metrics.map(findingOf);
  if (findings.includes('Worse')) return 'Worse';
  if (elapsed >= least) {
    if (findings.every((finding) => finding === 'NoDifference')) return 'NoDifference';
    if (findings.includes('Better') && !findings.includes('Unknown')) return 'Better';
  }
  return elapsed >= largest ? 'Undecided' : undefined;
}
