// Names that the construct of a test of variants and its handler share. Imports types only.
import type { FigureInterval } from '../outcome/comparison/contract';
import type { OutcomeClaim } from '../outcome/contract';

/** Detail type of the event with which a test ends; its source is that of runs. */
export const TEST_ENDED = 'Model Variant Test Ended';

/** Beside each report of which a test knows: how far it is with this window. */
export const TEST_FILE = 'variant-test.json';

/** What the rule of a test makes of the event of a run. */
export interface VariantTestRequest extends OutcomeClaim {
  readonly test: TestSettings;
}

/** What is tested beside the quality of predictions. */
export interface MeasureSettings {
  /** `modelLatency` in milliseconds */
  readonly metric: 'serverErrors' | 'modelLatency' | 'predictions' | 'disagreement';
  readonly leastEffect: number;
}

/** Those that SageMaker's metrics tell; the others are of records. */
export const METRIC_MEASURES: readonly MeasureSettings['metric'][] = ['serverErrors', 'modelLatency'];

/** What is tested, and what becomes of it. */
export interface TestSettings {
  /** tells it from others before and after it: a hash of all that makes it another one */
  readonly key: string;
  /** path of its construct: what people know it by */
  readonly name: string;
  readonly reference: string;
  readonly candidate: string;
  /** of accuracy, or of the mean absolute error */
  readonly leastEffect: number;
  /** nothing else where absent */
  readonly measures?: readonly MeasureSettings[];
  /** the probability of an end without a reason */
  readonly level: number;
  readonly leastHours: number;
  readonly largestHours: number;
  /** ARN of the topic that its end is told to; none where absent */
  readonly topicArn?: string;
  /** ARN of the bus that its end is told on; the account's default bus where absent */
  readonly eventBus?: string;
  /** whether the requests of a candidate that is worse go back to the reference; they do not where absent */
  readonly takesBack?: true;
  /** whether updates of the endpoint keep its weights; those of the code count again where absent */
  readonly keepsWeights?: true;
  /** of a candidate that is sent copies of the reference's requests; whether it is scaled is absent where nobody knows */
  readonly shadow?: { readonly isScaled?: boolean };
}

/** What a test comes to. */
export type TestOutcome = 'Better' | 'Worse' | 'NoDifference' | 'Undecided';

/** What a test knows of a metric. */
export interface TestedMetric {
  readonly metric: string;
  /** how much more the candidate has, whenever one looks, by the level of the test; absent of few rows */
  readonly difference?: FigureInterval;
}

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

/** `variant-test.json`: how far a test is with a window, for the next one to go on with. */
export interface KeptTest extends TestProgress {
  readonly version: '1';
  /** `key` of the test */
  readonly test: string;
  readonly metrics: readonly (TestedMetric & { readonly sums: object })[];
  /** whether this window has decided it */
  readonly isNew?: true;
  /** what of the end is done, of the window that has decided it */
  readonly done: readonly EndStep[];
}

/** What became of the candidate's requests. */
export type Traffic =
  /** all of them go to the reference since then, or did before */
  | 'TakenBack'
  /** the endpoint is not in service: it is tried again */
  | 'NotYet'
  /** nothing was to be done */
  | 'AsItWas';

/** `detail` of the event with which a test ends. */
export interface TestEndedDetail extends TestProgress {
  readonly version: '1';
  /** path of its construct */
  readonly test: string;
  readonly monitorId: string;
  readonly endpointName?: string;
  readonly reference: string;
  readonly candidate: string;
  /** whether the candidate is a shadow variant; it is none where absent */
  readonly isShadow?: true;
  readonly outcome: TestOutcome;
  readonly traffic: Traffic;
  /** `s3://bucket/prefix/` of the run whose window has decided it */
  readonly reportUri: string;
}
