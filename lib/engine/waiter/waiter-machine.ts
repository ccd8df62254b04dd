import { Stack } from 'aws-cdk-lib';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { HandlerFunction } from '../../core/handler-function';
import { loggedMachine, machineRole } from '../logged-machine';
import type { Progress, WaiterEvent } from './contract';

/** Props of a waiter. */
export interface WaiterMachineProps {
  readonly description: string;
  /** Does the steps: its handler is a `waiterHandler`. */
  readonly steps: HandlerFunction;
  /** Between two steps. */
  readonly pauseSeconds: number;
  /** For a step that throws; whatever it throws is tried six times again unless told otherwise. */
  readonly retry?: Retrier;
}

/** @see https://states-language.net/spec.html#retrying-after-error */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
  /** A deployment starts the machines of all its monitors at once: who was refused with others does not come back with them. */
  readonly JitterStrategy: 'FULL';
}

const RETRY_ALL: Retrier = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 5,
  MaxAttempts: 6,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
};
/** For what tells CloudFormation: longer, since nobody else does. Another state must not tell something else after it, as the answer may have arrived. */
const RETRY_TELLING: Retrier = { ...RETRY_ALL, MaxAttempts: 8 };
const CATCH = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'ConcludeFailure' }];

/**
 * The state machine, the default child of the scope, that does what a deployment waits for and no function has the time for: step by step, until it
 * has ended, and then answers CloudFormation.
 *
 * @internal
 */
export function waiterMachine(scope: Construct, props: WaiterMachineProps): sfn.StateMachine {
  const { steps, description } = props;
  const role = machineRole(scope, { description, functions: [steps] });
  return loggedMachine(scope, { definition: definitionOf(props, Stack.of(scope).partition), role });
}

/**
 * A step and a pause until the work has ended, and then a step that tells how. A step that fails ends in `ConcludeFailure`, so that CloudFormation is
 * answered, and fails the execution.
 *
 * It keeps to a small subset of the States Language (JSONPath), which the rehearsal interprets.
 *
 * @see https://states-language.net/spec.html
 */
function definitionOf({ steps, pauseSeconds, retry = RETRY_ALL }: WaiterMachineProps, partition: string): object {
  const step = (name: WaiterEvent<never, never>['step']) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: steps.functionArn, Payload: { step: name, 'state.$': '$' } },
  });
  const conclude = { ...step('conclude'), ResultPath: null, Retry: [RETRY_TELLING] };
  const Parameters = {
    'request.$': '$',
    'executionArn.$': '$$.Execution.Id',
    'startTime.$': '$$.Execution.StartTime',
  };
  return {
    StartAt: 'Prepare',
    States: {
      Prepare: { Type: 'Pass', Parameters, Next: 'Advance' },
      Advance: { ...step('advance'), OutputPath: '$.Payload', Retry: [retry], Catch: CATCH, Next: 'InProgress' },
      InProgress: {
        Type: 'Choice',
        Choices: [after('InProgress', 'Wait'), after('Completed', 'Conclude')],
        Default: 'ConcludeFailure',
      },
      Wait: { Type: 'Wait', Seconds: pauseSeconds, Next: 'Advance' },
      Conclude: { ...conclude, End: true },
      ConcludeFailure: { ...conclude, Next: 'Failed' },
      Failed: { Type: 'Fail', Error: 'NotCompleted', Cause: 'CloudFormation was told why, and so was the log.' },
    },
  };
}

function after(status: Progress['status'], next: string): object {
  return { Variable: '$.progress.status', StringEquals: status, Next: next };
}
