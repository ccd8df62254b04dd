import { DRAIN_PAUSE_SECONDS, type DrainStep } from './contract';

/** What the definition refers to; ARNs and partition may be tokens. */
export interface DrainDefinitionProps {
  readonly partition: string;
  readonly drainingFunctionArn: string;
}

const RETRY = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 2 }];

/**
 * The definition of the state machine that drains: a step, and a pause, until a step has answered CloudFormation.
 *
 * It keeps to a small subset of the States Language (JSONPath), which the rehearsal interprets. A step that fails is followed by one that
 * tells CloudFormation so, in the failure's words.
 *
 * @see https://states-language.net/spec.html
 * @internal
 */
export function drainDefinition(props: DrainDefinitionProps): object {
  return {
    StartAt: 'Prepare',
    States: {
      Prepare: {
        Type: 'Pass',
        Parameters: { 'request.$': '$', 'startTime.$': '$$.Execution.StartTime' },
        Next: 'Drain',
      },
      Drain: {
        ...step(props),
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'AnswerFailure' }],
        Next: 'HasAnswered',
      },
      HasAnswered: {
        Type: 'Choice',
        Choices: [choice('OPEN', 'Pause'), choice('FAILED', 'Failed')],
        Default: 'Drained',
      },
      Pause: { Type: 'Wait', Seconds: DRAIN_PAUSE_SECONDS, Next: 'Drain' },
      Drained: { Type: 'Succeed' },
      AnswerFailure: { ...step(props), Next: 'Failed' },
      Failed: { Type: 'Fail', Error: 'NotDrained', Cause: 'CloudFormation was told why, and so was the log.' },
    },
  };
}

function step({ partition, drainingFunctionArn }: DrainDefinitionProps): object {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: drainingFunctionArn, 'Payload.$': '$' },
    OutputPath: '$.Payload',
    Retry: RETRY,
  };
}

function choice(status: DrainStep['status'], next: string): object {
  return { Variable: '$.status', StringEquals: status, Next: next };
}
