// Names and shapes that the drain's custom resource, its state machine and its functions share. Imports types only.
import type { CloudFormationCallback } from '../../serverless/contract';

/** Type of the custom resource that drains monitoring schedules. */
export const DRAIN_RESOURCE_TYPE = 'Custom::SageMakerMonitoringDrain';

/** Environment of the function that answers the custom resource. */
export const DRAIN_ENV = {
  /** ARN of the state machine that drains */
  stateMachineArn: 'STATE_MACHINE_ARN',
} as const;

/** Properties of the custom resource. */
export interface DrainProperties {
  readonly ServiceToken: string;
  /** names of all monitoring schedules of the stack */
  readonly ScheduleNames: string[];
}

/** Input of the state machine. */
export interface DrainRequest {
  /** schedules that are about to be deleted: stopped, and with nothing running before the answer */
  readonly drain: readonly string[];
  /** schedules that an earlier drain stopped and that stay after all: started again */
  readonly resume: readonly string[];
  readonly callback: CloudFormationCallback;
}

/**
 * What the state machine hands from step to step. The request keeps what is still to be done; with `error`, a step failed and
 * CloudFormation is told so.
 */
export interface DrainState {
  readonly request: DrainRequest;
  /** `$$.Execution.StartTime` */
  readonly startTime: string;
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

/** Answer of a step. `OPEN` asks for another one; otherwise CloudFormation has its answer, this one. */
export interface DrainStep extends DrainState {
  readonly status: 'OPEN' | 'SUCCESS' | 'FAILED';
}

/** Seconds between two steps. */
export const DRAIN_PAUSE_SECONDS = 15;

/**
 * Minutes after which a drain gives up, with words. CloudFormation itself waits an hour, and then has none.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
export const DRAIN_MINUTES = 50;
