// Names that the construct that watches training and its handler share. Imports types only.
import type { PrefixLocation } from '../core/contract';
import type { MessageSettings } from '../notification/contract';

/** Detail type of the event that tells an issue of a training; its source is that of runs. */
export const TRAINING_ISSUE = 'Model Training Issue';

/** What may be wrong with a training. */
export type TrainingIssueName = 'Failed' | 'Stopped' | 'Stuck' | 'OverLong' | 'RuleFoundIssues' | MetricIssueName;

/** What may be wrong with the metrics of a training. */
export type MetricIssueName = 'NotFalling' | 'Apart' | 'NotANumber';

/** A loss that has to fall. */
export interface FallingSettings {
  readonly issue: 'NotFalling';
  readonly metric: string;
  /** for which it may fall no further */
  readonly patienceMinutes: number;
  /** by which its lowest value has to fall in that time, of itself */
  readonly leastPercentage: number;
}

/** A metric of validation that has to stay near that of training. */
export interface TogetherSettings {
  readonly issue: 'Apart';
  /** of validation */
  readonly metric: string;
  readonly trainingMetric: string;
  /** over which both are averaged */
  readonly patienceMinutes: number;
  /** of the metric of training */
  readonly largestPercentage: number;
}

/** A metric that has a value only where a log says that another has none. */
export interface FiniteSettings {
  readonly issue: 'NotANumber';
  readonly metric: string;
}

/** What is looked at in the metrics of a job. */
export type CheckSettings = FallingSettings | TogetherSettings | FiniteSettings;

/** Names of the metrics that checks look at, each once. */
export function metricNames(checks: readonly CheckSettings[]): string[] {
  const names = checks.flatMap((check) =>
    check.issue === 'Apart' ? [check.metric, check.trainingMetric] : [check.metric],
  );
  return [...new Set(names)];
}

/** What is watched, and what becomes of it. */
export interface TrainingSettings {
  /** path of the construct: what people know it by */
  readonly name: string;
  /** jobs whose names begin so; executions of `pipelineName` where absent */
  readonly jobPrefix?: string;
  readonly pipelineName?: string;
  /** minutes from its begin; any where absent */
  readonly longestMinutes?: number;
  /** minutes without a sign of life of a job; any where absent */
  readonly stuckMinutes?: number;
  /** of its metrics, where any are looked at */
  readonly checks?: readonly CheckSettings[];
  /** issues for which a training is stopped */
  readonly stopOn: readonly TrainingIssueName[];
  /** where is noted what was told */
  readonly notes: PrefixLocation;
  /** ARN of the topic that is told; none where absent */
  readonly topicArn?: string;
  /** absent where messages are as by default, and in what watches of earlier versions say */
  readonly message?: Pick<MessageSettings, 'format' | 'consoleSignIn' | 'dashboardName'>;
  /** ARN of the bus that is told; the account's default bus where absent */
  readonly eventBus?: string;
}

/** What the function is called with: by a rule about one training, by its schedule about all that are under way. */
export interface TrainingWatchRequest {
  readonly settings: TrainingSettings;
  /** name of a job, or ARN of a pipeline's execution */
  readonly work?: string;
}

/** What is wrong with a training. */
export interface TrainingIssueFound {
  readonly issue: TrainingIssueName;
  /** of Debugger, that found it */
  readonly rule?: string;
  /** of which it is */
  readonly metric?: string;
  /** in words */
  readonly reason: string;
}

/** `detail` of the event that tells an issue. */
export interface TrainingIssueDetail extends TrainingIssueFound {
  readonly version: '1';
  /** path of the construct that watches */
  readonly watch: string;
  /** name of the job, or ARN of the execution */
  readonly work: string;
  readonly arn: string;
  /** whether it was stopped because of it */
  readonly isStopped: boolean;
}
