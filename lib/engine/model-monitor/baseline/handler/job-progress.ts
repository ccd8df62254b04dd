import {
  CreateProcessingJobCommand,
  type CreateProcessingJobCommandInput,
  DescribeProcessingJobCommand,
  type DescribeProcessingJobCommandOutput,
  SageMakerClient,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { AWAITED_SECONDS, type BaselineJobRequest, type ProcessingJobRequest } from '../../../../baseline/contract';
import { baselineFolder } from '../../../../baseline/handler/baseline-request';
import { nameOf, wordsOf } from '../../../../runtime/failure';
import { processingJobLog } from '../../../processing-job-log';
import type { Progress, WaiterState } from '../../../waiter/contract';
import { elapsedSeconds } from '../../../waiter/handler/waiter-handler';

const sageMaker = new SageMakerClient({});

/**
 * A deployment changes roles and policies just before they are used, and IAM is eventually consistent.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const ROLES_SETTLE_SECONDS = 180;

const STOPPED = 'it was stopped';

/** How far a job is. `InProgress` also stands for one that could not be started yet. */
export interface BaselineJobProgress extends Progress {
  readonly isStarted: boolean;
}

type State = WaiterState<BaselineJobRequest, BaselineJobProgress>;

/** Starts the job if there is none yet, else looks how it is; stops it when its time is over. */
export async function advance(state: State): Promise<BaselineJobProgress> {
  const obstacle = state.progress?.isStarted ? undefined : await start(state);
  if (obstacle === undefined) return progressOf(state);
  if (isOver(state)) return { status: 'TimedOut', isStarted: false, reason: overdue(state, obstacle) };
  return { status: 'InProgress', isStarted: false, reason: obstacle };
}

/**
 * Creates the job, and returns what stands in the way, if it will pass. A job of this name is ours: a repeated call finds it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
async function start(state: State): Promise<string | undefined> {
  try {
    await sageMaker.send(new CreateProcessingJobCommand(creation(state)));
    return undefined;
  } catch (error) {
    if (nameOf(error) === 'ResourceInUse') return undefined;
    if (isPassing(state, error)) return wordsOf(error);
    throw error;
  }
}

function creation({ request: { spec, jobName } }: State): CreateProcessingJobCommandInput {
  // the list of instance types in the client's types is that of its day
  const { ProcessingOutputConfig: outputs, ...request } = spec.job.request as CreateProcessingJobCommandInput &
    ProcessingJobRequest;
  const { bucket, prefix } = baselineFolder(spec).output;
  const [output] = outputs.Outputs;
  const S3Output = { ...output.S3Output, S3Uri: `s3://${bucket}/${prefix}` };
  return {
    ...request,
    ProcessingJobName: jobName,
    ProcessingOutputConfig: { ...outputs, Outputs: [{ ...output, S3Output }] },
  };
}

/** Whether it is worth while trying again: instances are in use, as by the baselines of other monitors, or the roles are too new. */
function isPassing(state: State, error: unknown): boolean {
  const [name, words] = [nameOf(error), wordsOf(error)];
  if (name === 'ResourceLimitExceeded') return isWithinLimit(words);
  const concernsRoles =
    name === 'AccessDeniedException' || (name === 'ValidationException' && /assume role/i.test(words));
  return concernsRoles && elapsedSeconds(state) < ROLES_SETTLE_SECONDS;
}

/**
 * Whether the account's limit would allow the job, were nothing else running: the service says "is 4 Instances, with current utilization of 4 Instances and
 * a request delta of 1 Instances". Other words are taken to pass.
 *
 * @see https://github.com/data-science-on-aws/data-science-on-aws/issues/200
 */
function isWithinLimit(words: string): boolean {
  const [, limit, delta = '1'] = /\bis (\d+) Instances\b(?:.*\brequest delta of (\d+))?/.exec(words) ?? [];
  return limit === undefined || Number(limit) >= Number(delta);
}

async function progressOf(state: State): Promise<BaselineJobProgress> {
  const { jobName } = state.request;
  const job = await sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: jobName }));
  switch (job.ProcessingJobStatus) {
    case 'Completed':
      return { status: 'Completed', isStarted: true, reason: '' };
    case 'Failed':
      return { status: 'Failed', isStarted: true, reason: jobWords(state, 'failed', job) };
    case 'Stopped':
      return isOver(state)
        ? { status: 'TimedOut', isStarted: true, reason: overdue(state, STOPPED) } // by its own limit of time
        : { status: 'Stopped', isStarted: true, reason: jobWords(state, 'was stopped', job) };
    default:
      return isOver(state) ? stop(state) : { status: 'InProgress', isStarted: true, reason: '' };
  }
}

/** Stops the job. One that ends at the same moment cannot be stopped: how it ended is seen next. */
async function stop(state: State): Promise<BaselineJobProgress> {
  try {
    await sageMaker.send(new StopProcessingJobCommand({ ProcessingJobName: state.request.jobName }));
  } catch (error) {
    if (nameOf(error) !== 'ValidationException') throw error;
    return { status: 'InProgress', isStarted: true, reason: wordsOf(error) };
  }
  return { status: 'TimedOut', isStarted: true, reason: overdue(state, STOPPED) };
}

function isOver(state: State): boolean {
  return elapsedSeconds(state) >= state.request.timeoutSeconds;
}

function overdue({ request: { jobName, timeoutSeconds } }: State, what: string): string {
  const longer = `allow up to 12 hours with the option 'timeout' of Baseline.fromDataset, or take larger instances`;
  const advice = timeoutSeconds < AWAITED_SECONDS ? `allow longer with 'timeout' of Baseline.fromDataset` : longer;
  const time = `processing job '${jobName}' did not complete within ${timeoutSeconds / 60} minutes`;
  return `BaselineTimedOut: ${time}: ${what}; ${advice}`;
}

/** The job's own words, after where its log is: they may be long, and the end is cut. */
function jobWords({ request: { jobName } }: State, how: string, job: DescribeProcessingJobCommandOutput): string {
  const said = [job.FailureReason, job.ExitMessage].filter((words) => words !== undefined && words !== '');
  const log = `its log is in ${processingJobLog(jobName)}`;
  return `BaselineJobFailed: processing job '${jobName}' ${how} (${log}): ${said.join('; ') || 'it does not say why'}`;
}
