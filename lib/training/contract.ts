// Names that the construct that watches training and its handler share. Imports types only.
import type { PrefixLocation } from '../core/contract';

/** Detail type of the event that tells an issue of a training; its source is that of runs. */
export const TRAINING_ISSUE = 'Model Training Issue';

/** What may be wrong with a training. */
export type TrainingIssueName = 'Failed' | 'Stopped' | 'Stuck' | 'OverLong' | 'RuleFoundIssues';

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
  /** issues for which a training is stopped */
  readonly stopOn: readonly TrainingIssueName[];
  /** where is noted what was told */
  readonly notes: PrefixLocation;
  /** ARN of the topic that is told; none where absent */
  readonly topicArn?: string;
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
