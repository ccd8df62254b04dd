// What a test of two variants leaves of each window: names and shapes that its function, pages and messages share.
import type { FigureInterval } from '../comparison/contract';

/** Detail type of the event with which a test ends; its source is that of runs. */
export const TEST_ENDED = 'Model Variant Test Ended';

/** Beside each report of which a test knows: how far it is with this window. */
export const TEST_FILE = 'variant-test.json';

/** What a test comes to. */
export type TestOutcome = 'Better' | 'Worse' | 'NoDifference' | 'Undecided';

/** What a test has come to, of the candidate, before the name of the reference. */
export const OUTCOME_WORDS: { readonly [outcome in TestOutcome]: string } = {
  Better: 'better than',
  Worse: 'worse than',
  NoDifference: 'no different, by what matters, from',
  Undecided: 'neither known to be better nor to be worse than',
};

/** What a test knows of a metric. */
export interface TestedMetric {
  readonly metric: string;
  /** how much more the candidate has, whenever one looks, by the level of the test; absent of few rows */
  readonly difference?: FigureInterval;
}

/** What the number of a metric is, where it is no plain difference. */
export const METRIC_WORDS: { readonly [metric: string]: { readonly unit?: string; readonly of?: string } } = {
  modelLatency: { unit: ' ms' },
  disagreement: { of: 'between answers to the same requests' },
};

/** Rows of both variants, as far as they have answered the same requests: of a shadow variant. */
export interface SameRequests {
  /** rows of each */
  readonly reference: number;
  readonly candidate: number;
  /** that both have answered, found by the identifier of their request; the others met none */
  readonly shared: number;
  /** of classifications: of which both say the same */
  readonly agreeing?: number;
  /** of regressions: how far they are apart in the mean */
  readonly meanDistance?: number;
}

/** How far a test has come. Times are ISO 8601, UTC. */
export interface TestProgress {
  /** begin of its first window, and end of the last one that it counts */
  readonly since: string;
  readonly until: string;
  /** that it counts */
  readonly windows: number;
  readonly metrics: readonly TestedMetric[];
  /** of a shadow variant */
  readonly sameRequests?: SameRequests;
  /** absent while it goes on; from then on it counts no more windows */
  readonly outcome?: TestOutcome;
}

/** What is done when a test ends, in this order. */
export const END_STEPS = ['traffic', 'event', 'message'] as const;

/** One of {@link END_STEPS}. */
export type EndStep = (typeof END_STEPS)[number];

/** How far a test was with one of its windows. */
export interface TestPoint extends Pick<TestProgress, 'until' | 'windows'> {
  /** of each metric, in their order; null where too little was known */
  readonly differences: readonly (FigureInterval | null)[];
}

/** A metric of a test, as it is kept. */
export interface KeptMetric extends TestedMetric {
  readonly sums: object;
  /** what it is held to: absent in files of earlier versions */
  readonly leastEffect?: number;
  readonly better?: 'higher' | 'lower' | 'same';
}

/** `variant-test.json`: how far a test is with a window, for the next one to go on with. */
export interface KeptTest extends TestProgress {
  readonly version: '1';
  /** `key` of the test */
  readonly test: string;
  /** path of its construct; absent in files of earlier versions */
  readonly name?: string;
  readonly metrics: readonly KeptMetric[];
  /** how it went, the oldest first, of some windows of a long test; absent in files of earlier versions */
  readonly course?: readonly TestPoint[];
  /** whether this window has decided it */
  readonly isNew?: true;
  /** what of the end is done, of the window that has decided it */
  readonly done: readonly EndStep[];
}
