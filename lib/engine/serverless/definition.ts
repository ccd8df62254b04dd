import { PASSING_ERRORS } from '../../core/contract';
import type { Plan } from './contract';

/** What the definition refers to; ARNs and partition may be tokens. */
export interface DefinitionProps {
  readonly partition: string;
  readonly planFunctionArn: string;
  readonly profileFunctionArn: string;
  readonly concludeFunctionArn: string;
  /** of the function that asks models; absent where no monitor of the stack does */
  readonly explainFunctionArn?: string;
}

const JITTER = { BackoffRate: 2, JitterStrategy: 'FULL' }; // whoever was refused at once, does not come back at once

/**
 * Errors that say nothing of the request: Lambda is unwell, or what a function asks is.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 */
const PASSING = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'ObjectNotServed', // what functions make of S3's own
  ...PASSING_ERRORS,
];

const PASSES = { IntervalSeconds: 2, MaxAttempts: 6, MaxDelaySeconds: 60, ...JITTER };

/**
 * The functions of the account take all that they may, or this one what is reserved for it: a run waits for its turn, 16 minutes at most and half of that by chance, rather than
 * that its window is lost.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
const NO_CAPACITY = { ...PASSES, ErrorEquals: ['Lambda.TooManyRequestsException'], MaxAttempts: 20 };

/** What passes is waited for, up to two minutes; anything else is tried again twice, as it may be the data's. */
const RETRY = [
  NO_CAPACITY,
  { ErrorEquals: PASSING, ...PASSES },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 2, ...JITTER },
];

/**
 * The list of items could not be read, so that none was begun. Whoever may not read it is told that as S3 says it after two minutes.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-error-representation
 */
const READ_AGAIN = [{ ErrorEquals: ['States.ItemReaderFailed'], ...PASSES }];
const CATCH = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'ConcludeFailure' }];

/**
 * What every state hands on, of the execution itself: the first state has it from there, as a state that only puts it together would be billed in each run.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
const BEGUN = { 'request.$': '$$.Execution.Input', 'execution.$': '$$.Execution.Name' };

/**
 * The definition of the state machine that makes baselines and runs monitors.
 *
 * It keeps to a small subset of the States Language (JSONPath), which the rehearsal interprets. Whatever fails ends in
 * `ConcludeFailure`, so every execution tells its outcome, to the event bus or to CloudFormation.
 *
 * @see https://states-language.net/spec.html
 * @internal
 */
export function analysisDefinition(props: DefinitionProps): object {
  return {
    StartAt: 'Plan',
    States: {
      Plan: {
        ...task(props, props.planFunctionArn, BEGUN),
        ResultSelector: { ...BEGUN, plan: planSelector() },
        Retry: RETRY,
        Catch: [{ ...CATCH[0], Next: 'PlanFailed' }],
        Next: 'AnythingToProfile',
      },
      PlanFailed: { Type: 'Pass', Parameters: { ...BEGUN, 'error.$': '$.error' }, Next: 'ConcludeFailure' },
      AnythingToProfile: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.plan.found.item', IsPresent: true, Next: 'ProfileOnly' },
          { Variable: '$.plan.itemCount', NumericGreaterThan: 0, Next: 'Profile' },
        ],
        Default: 'Conclude',
      },
      ProfileOnly: { ...profileOnly(props), ResultPath: null, Retry: RETRY, Catch: CATCH, Next: afterProfile(props) },
      Profile: { ...profileMap(props), ResultPath: null, Retry: READ_AGAIN, Catch: CATCH, Next: afterProfile(props) },
      ...explainStates(props),
      Conclude: { ...task(props, props.concludeFunctionArn), ResultPath: null, Retry: RETRY, Catch: CATCH, End: true },
      ConcludeFailure: {
        ...task(props, props.concludeFunctionArn),
        ResultPath: null,
        Retry: RETRY,
        Next: 'Failed',
      },
      Failed: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    },
  };
}

const afterProfile = ({ explainFunctionArn }: DefinitionProps): string =>
  explainFunctionArn === undefined ? 'Conclude' : 'AnythingToExplain';

/** Asking a model takes what nothing else takes: minutes, and a permission. */
function explainStates({ explainFunctionArn, ...props }: DefinitionProps): object {
  if (explainFunctionArn === undefined) return {};
  return {
    AnythingToExplain: {
      Type: 'Choice',
      Choices: [{ Variable: '$.request.explanation', IsPresent: true, Next: 'Explain' }],
      Default: 'Conclude',
    },
    Explain: {
      ...task(props, explainFunctionArn),
      ResultPath: null,
      Retry: RETRY,
      Catch: CATCH,
      Next: 'Conclude',
    },
  };
}

/** Calls a function with this payload; with all of the state where it is absent. */
function task(props: Pick<DefinitionProps, 'partition'>, functionArn: string, payload?: object) {
  return {
    Type: 'Task',
    Resource: `arn:${props.partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: functionArn, ...(payload ? { Payload: payload } : { 'Payload.$': '$' }) },
  };
}

function planSelector(): { [key: string]: string } {
  const fields = [
    'bucket',
    'bucketOwner',
    'key',
    'itemCount',
    'objectCount',
    'objectCountBefore',
    'maximumConcurrency',
    'found',
  ] satisfies (keyof Plan)[];
  return Object.fromEntries(fields.map((field) => [`${field}.$`, `$.Payload.${field}`]));
}

/** One item alone, as a child of the Map would read it. */
function profileOnly(props: DefinitionProps): object {
  const payload = { 'request.$': '$.request', 'execution.$': '$.execution', 'item.$': '$.plan.found.item' };
  return task(props, props.profileFunctionArn, payload);
}

function profileMap(props: DefinitionProps): object {
  return {
    Type: 'Map',
    MaxConcurrencyPath: '$.plan.maximumConcurrency',
    ItemReader: {
      Resource: `arn:${props.partition}:states:::s3:getObject`,
      ReaderConfig: { InputType: 'JSONL' },
      Parameters: {
        'Bucket.$': '$.plan.bucket',
        'Key.$': '$.plan.key',
        'ExpectedBucketOwner.$': '$.plan.bucketOwner', // without it, a bucket of another account is refused
      },
    },
    ItemSelector: {
      'request.$': '$.request',
      'execution.$': '$.execution',
      'item.$': '$$.Map.Item.Value',
    },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'ProfileObjects',
      States: {
        ProfileObjects: {
          ...task(props, props.profileFunctionArn),
          OutputPath: '$.Payload',
          Retry: RETRY,
          End: true,
        },
      },
    },
  };
}
