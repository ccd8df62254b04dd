import type { IntervalFigure } from '../comparison';
import { type Counted, type CountedSums, countedInterval, NO_COUNTS, withCounts } from './counted-difference';
import { type GroupedSums, groupedInterval, NO_ROWS, withRows } from './grouped-difference';
import type { WindowTally } from './grouped-window';
import { type TestedMetric, type TestOutcome, testOutcome } from './outcome';
import { NO_MINUTES, type TimedPair, type TimedSums, timedInterval, withMinutes } from './timed-difference';
import type { Certainty } from './weighed-difference';

/** A metric of a test. */
export interface MetricSettings extends Omit<TestedMetric, 'difference'> {
  readonly metric: string;
  /**
   * What it is measured by: `shares` and `means` of rows of records, `counts` of requests none of which depends on another, `minutes` of what is measured in time
   */
  readonly by: 'shares' | 'means' | 'counts' | 'minutes';
}

/** What a test is asked. */
export interface TestSettings {
  readonly metrics: readonly MetricSettings[];
  /** the probability of an end that there is no reason for: of all metrics together, whenever one looks */
  readonly level: number;
  /** how long it goes on, in the unit of `elapsed` */
  readonly least: number;
  readonly largest: number;
}

/** What one window says of one metric. */
export interface MetricEvidence {
  readonly rows?: WindowTally;
  readonly counts?: { readonly reference: Counted; readonly candidate: Counted };
  readonly minutes?: readonly TimedPair[];
}

/** What is kept of a metric: all that a further window needs to know. */
export interface MetricSums {
  readonly rows?: GroupedSums;
  readonly counts?: CountedSums;
  readonly minutes?: TimedSums;
}

/** What is known of a metric. */
export interface MetricState {
  readonly metric: string;
  readonly sums: MetricSums;
  /** absent where too little is known */
  readonly difference?: IntervalFigure;
}

/** How far a test has come. */
export interface TestState {
  readonly windows: number;
  readonly metrics: readonly MetricState[];
  /** what it has come to; absent while it goes on */
  readonly outcome?: TestOutcome;
}

/** What a window adds to a test. */
export interface TestWindow {
  /** since the test began, until the end of the window */
  readonly elapsed: number;
  readonly evidence: { readonly [metric: string]: MetricEvidence };
}

const NOTHING: TestState = { windows: 0, metrics: [] };

/** A test after one window more. One that has come to something stays as it is, whatever is added. */
export function afterWindow(
  settings: TestSettings,
  { elapsed, evidence }: TestWindow,
  before: TestState = NOTHING,
): TestState {
  if (before.outcome) return before;
  const level = settings.level / settings.metrics.length;
  const metrics = settings.metrics.map((metric) => {
    const { sums = {} } = before.metrics.find((one) => one.metric === metric.metric) ?? {};
    const added = withEvidence(sums, evidence[metric.metric] ?? {});
    const difference = intervalOf(added, metric, { level, leastEffect: metric.leastEffect });
    return { metric: metric.metric, sums: added, difference };
  });
  const tested = settings.metrics.map((metric, index) => ({ ...metric, difference: metrics[index].difference }));
  return { windows: before.windows + 1, metrics, outcome: testOutcome(tested, { ...settings, elapsed }) };
}

function withEvidence(sums: MetricSums, { rows, counts, minutes }: MetricEvidence): MetricSums {
  return {
    ...sums,
    ...(rows && { rows: withRows(sums.rows ?? NO_ROWS, rows) }),
    ...(counts && { counts: withCounts(sums.counts ?? NO_COUNTS, counts.reference, counts.candidate) }),
    ...(minutes && { minutes: withMinutes(sums.minutes ?? NO_MINUTES, minutes) }),
  };
}

function intervalOf(
  { rows, counts, minutes }: MetricSums,
  { by }: MetricSettings,
  certainty: Certainty,
): IntervalFigure | undefined {
  if (rows) return groupedInterval(rows, certainty, by === 'shares' ? 1 : certainty.leastEffect);
  if (counts) return countedInterval(counts, certainty);
  return minutes && timedInterval(minutes, certainty);
}
