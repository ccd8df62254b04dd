// Shapes that the state machine of a waiter and the function of its steps share. Imports types only.
import type { CloudFormationCallback } from '../../core/contract';
import type { ExecutionError } from '../../outcome/contract';

/** Work that a deployment waits for: the input of the state machine, which the handler of a custom resource starts. */
export interface AwaitedRequest {
  readonly callback: CloudFormationCallback;
}

/** How far the work is. */
export interface Progress {
  /** `InProgress` asks for another step; any other one is told to CloudFormation */
  readonly status: 'InProgress' | 'Completed' | 'Failed' | 'Stopped' | 'TimedOut';
  /** why it did not complete, or what it waits for; empty where there is nothing to say */
  readonly reason: string;
}

/** What the state machine hands from step to step. */
export interface WaiterState<R extends AwaitedRequest, P extends Progress> {
  readonly request: R;
  /** `$$.Execution.Id`; absent in executions that earlier versions started */
  readonly executionArn?: string;
  /** `$$.Execution.StartTime` */
  readonly startTime: string;
  /** of the step before; absent in the first one */
  readonly progress?: P;
  /** of a step that failed */
  readonly error?: ExecutionError;
}

/** Event of the function: do what can be done now, or tell what it came to. */
export interface WaiterEvent<R extends AwaitedRequest, P extends Progress> {
  readonly step: 'advance' | 'conclude';
  readonly state: WaiterState<R, P>;
}
