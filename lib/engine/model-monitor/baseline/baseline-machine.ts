import { Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BASELINE_ENV } from '../../../baseline/contract';
import { allow } from '../../../core/allow';
import { HandlerFunction } from '../../../core/handler-function';
import { localArn } from '../../../core/local-arn';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../../core/s3-grants';
import { stackFragment } from '../../../core/stack-fragment';
import { stackSingleton } from '../../../core/stack-singleton';
import { allowStarting } from '../../logged-machine';
import { type Retrier, waiterMachine } from '../../waiter/waiter-machine';

/** Between two looks at a job; jobs take minutes. In 12 hours, looks make about 13,000 of the 25,000 events that an execution's history may have. */
const PAUSE_SECONDS = 30;

/**
 * What passes by itself: Lambda's own failures, a function that was ended, and what SageMaker had no time for, or whose answer was lost, beyond what its client
 * tries again. Anything else fails the baseline at once.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html
 */
const RETRY_PASSING: Retrier = {
  ErrorEquals: [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.Unknown',
    'Sandbox.Timedout',
    'ThrottlingException',
    'ServiceUnavailable',
    'InternalFailure',
    'InternalError',
    'TimeoutError',
  ],
  IntervalSeconds: 5,
  MaxAttempts: 6,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
};

/**
 * The state machine that awaits the processing jobs of baselines, and the function that it calls. One per stack.
 *
 * @internal
 */
export class BaselineMachine extends Construct {
  /** The machine of a stack; made when a baseline first needs it, and made known to the function that starts it. */
  public static of(scope: Construct, handler: HandlerFunction): BaselineMachine {
    return stackSingleton(scope, 'BaselineJobs', (stack, id) => new BaselineMachine(stack, id, handler));
  }

  /** Starts the jobs, looks after them, and tells how they ended. */
  public readonly job: HandlerFunction;

  constructor(scope: Construct, id: string, handler: HandlerFunction) {
    super(scope, id);
    const prefix = jobNamePrefix(Stack.of(this));
    this.job = this.makeJobFunction(prefix);
    const stateMachine = waiterMachine(this, {
      description: 'Awaits the baselines of model monitors',
      steps: this.job,
      pauseSeconds: PAUSE_SECONDS,
      retry: RETRY_PASSING,
    });
    allowStarting(handler, stateMachine, BASELINE_ENV.jobMachineArn);
    handler.addEnvironment(BASELINE_ENV.jobNamePrefix, prefix);
  }

  /** Lets jobs run with a role, and nothing else be given it. */
  public allowPassing(role: iam.IRole): void {
    this.job.addStatement(['iam:PassRole'], [role.roleArn], {
      StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' },
    });
  }

  /** Lets the function look at what jobs wrote, and write beside it. */
  public allowKeeping(bucket: IBucket, keyPattern: string): void {
    grantListPrefixes(this.job, bucket, keyPattern);
    grantGetObjects(this.job, bucket, keyPattern);
    grantPutObjects(this.job, bucket, keyPattern);
  }

  /** Only jobs whose names begin as ours do; their tags are added as they are created. */
  private makeJobFunction(prefix: string): HandlerFunction {
    const job = new HandlerFunction(this, 'Job', {
      handler: 'baseline-job',
      description: 'Runs the processing jobs of baselines of model monitors at deployment',
      timeout: Duration.minutes(1),
      memorySize: 512,
    });
    const actions = ['CreateProcessingJob', 'DescribeProcessingJob', 'StopProcessingJob', 'AddTags'];
    const jobs = localArn(Stack.of(this), 'sagemaker', `processing-job/${prefix}-*`);
    allow(job, {
      actions: actions.map((action) => `sagemaker:${action}`),
      resources: [jobs],
      because: 'jobs of this stack, each named at deployment by the request that it answers',
    });
    return job;
  }
}

/** With a fragment of the stack, so that the policy of one stack does not reach the jobs of another. */
function jobNamePrefix(stack: Stack): string {
  return `baseline-${stackFragment(stack)}`;
}
