import type { BaselineJobEvent, BaselineJobProgress } from '../../../baseline/contract';

/** What the definition refers to; ARN and partition may be tokens. */
export interface BaselineDefinitionProps {
  readonly partition: string;
  readonly jobFunctionArn: string;
}

/** Between two looks at a job; jobs take minutes. In 12 hours, looks make about 13,000 of the 25,000 events that an execution's history may have. */
const WAIT_SECONDS = 30;

/**
 * What passes by itself: Lambda's own failures, and throttling by SageMaker beyond what its client tries again.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html
 */
const PASSING = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'ThrottlingException',
  'ServiceUnavailable',
  'InternalFailure',
];

const RETRY_PASSING = [
  { ErrorEquals: PASSING, IntervalSeconds: 5, MaxAttempts: 6, BackoffRate: 2, MaxDelaySeconds: 60 },
];
const RETRY_ALL = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 2 }];
const CATCH = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'ConcludeFailure' }];

/**
 * The definition of the state machine that awaits the processing job of a baseline, and tells CloudFormation how it ended.
 *
 * It keeps to a small subset of the States Language (JSONPath), which the rehearsal interprets. Whatever fails ends in
 * `ConcludeFailure`, so that CloudFormation is always answered.
 *
 * @see https://states-language.net/spec.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @internal
 */
export function baselineDefinition(props: BaselineDefinitionProps): object {
  return {
    StartAt: 'Prepare',
    States: {
      Prepare: { Type: 'Pass', Parameters: { 'request.$': '$' }, Next: 'Advance' },
      Advance: {
        ...step(props, 'advance'),
        ResultSelector: progressSelector(),
        ResultPath: '$.job',
        Retry: RETRY_PASSING,
        Catch: CATCH,
        Next: 'InProgress',
      },
      InProgress: {
        Type: 'Choice',
        Choices: [{ Variable: '$.job.status', StringEquals: 'InProgress', Next: 'Wait' }],
        Default: 'Conclude',
      },
      Wait: { Type: 'Wait', Seconds: WAIT_SECONDS, Next: 'Advance' },
      Conclude: { ...step(props, 'conclude'), ResultPath: null, Retry: RETRY_ALL, Catch: CATCH, End: true },
      ConcludeFailure: { ...step(props, 'conclude'), ResultPath: null, Retry: RETRY_ALL, Next: 'Failed' },
      Failed: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    },
  };
}

function step(props: BaselineDefinitionProps, name: BaselineJobEvent['step']): object {
  return {
    Type: 'Task',
    Resource: `arn:${props.partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: props.jobFunctionArn, Payload: { step: name, 'state.$': '$' } },
  };
}

function progressSelector(): { [key: string]: string } {
  const fields: (keyof BaselineJobProgress)[] = ['status', 'isStarted', 'reason'];
  return Object.fromEntries(fields.map((field) => [`${field}.$`, `$.Payload.${field}`]));
}
