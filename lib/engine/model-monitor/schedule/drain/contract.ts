// Names and shapes that the custom resources, the state machine and the functions of the drain share. Imports types only.
import type { ExpectedMonitor } from '../../../reconciler/contract';
import type { AwaitedRequest, Progress } from '../../../waiter/contract';

/** Type of the custom resource that drains monitoring schedules. */
export const DRAIN_RESOURCE_TYPE = 'Custom::SageMakerMonitoringDrain';

/**
 * Type of the custom resource that waits before schedules are changed: SageMaker refuses to change one that has a running execution.
 *
 * @see https://github.com/aws-controllers-k8s/sagemaker-controller/blob/main/pkg/resource/monitoring_schedule/hooks.go
 */
export const REST_RESOURCE_TYPE = 'Custom::SageMakerMonitoringRest';

/** Environment of the function that answers both custom resources. */
export const DRAIN_ENV = {
  /** ARN of the state machine that drains */
  stateMachineArn: 'STATE_MACHINE_ARN',
} as const;

/** Properties of the custom resource that drains. */
export interface DrainProperties {
  readonly ServiceToken: string;
  /** names of all monitoring schedules of the stack */
  readonly ScheduleNames: string[];
  /** JSON of `ExpectedMonitor[]`, those of the schedules: CloudFormation makes texts of numbers. Absent in what earlier versions deployed */
  readonly Monitors?: string;
}

/** Properties of the custom resource that waits. */
export interface RestProperties {
  readonly ServiceToken: string;
  /** how all monitoring schedules of the stack are to be */
  readonly Schedules: ScheduleConfiguration[];
}

/** What of a schedule an update may change. */
export interface ScheduleConfiguration {
  readonly Name: string;
  readonly JobDefinitionName: string;
  readonly ScheduleExpression: string;
}

/** What there is to do. */
export interface DrainTasks {
  /** schedules that are about to be changed to this: without a running execution before the answer, but not stopped */
  readonly settle: readonly ScheduleConfiguration[];
  /** schedules that are about to be deleted: stopped, and with nothing running before the answer */
  readonly drain: readonly LeavingSchedule[];
  /** schedules that an earlier drain stopped and that stay after all: started again */
  readonly resume: readonly string[];
  /** monitors that came to this engine: the runs that their engine before this one owes are waited for */
  readonly succeed: readonly ExpectedMonitor[];
}

/** A schedule that is about to be deleted. */
export interface LeavingSchedule {
  readonly name: string;
  /** that it belongs to: where it goes on with another engine, what this one still owes is told first */
  readonly monitor?: ExpectedMonitor;
}

/** Input of the state machine. */
export interface DrainRequest extends AwaitedRequest, DrainTasks {}

/** How far a drain is. */
export interface DrainProgress extends Progress {
  readonly left: DrainTasks;
}

/**
 * Minutes after which a drain gives up, with words. CloudFormation itself waits an hour, and then has none.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
export const DRAIN_MINUTES = 50;

/**
 * Minutes in which the executions of a schedule that is about to be changed, or to give way to another engine, may end by themselves, so that their
 * windows are analysed; then their jobs are stopped. As long, runs of an engine that gives way to this one are waited for. One may be Pending for 20 minutes before it starts.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ScheduleConfig.html
 */
export const PATIENCE_MINUTES = 30;
