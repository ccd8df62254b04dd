// Names that the construct of a test of variants and its handler share. Imports types only.
import type { OutcomeClaim } from '../outcome/contract';
import type { TestOutcome, TestProgress } from '../outcome/tested/contract';

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
  /** whether requests are of units, which callers keep with one variant; each is one by itself where absent */
  readonly hasUnits?: true;
  /** of a candidate that is sent copies of the reference's requests; whether it is scaled is absent where nobody knows */
  readonly shadow?: { readonly isScaled?: boolean };
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
