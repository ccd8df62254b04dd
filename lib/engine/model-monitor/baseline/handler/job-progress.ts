import {
  CreateProcessingJobCommand,
  type CreateProcessingJobCommandInput,
  DescribeProcessingJobCommand,
  type DescribeProcessingJobCommandOutput,
  SageMakerClient,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import {
  AWAITED_SECONDS,
  type BaselineJobProgress,
  type BaselineJobRequest,
  type ProcessingJobRequest,
} from '../../../../baseline/contract';
import { baselineFolder } from '../../../../baseline/handler/baseline-request';
import { nameOf, wordsOf } from '../../../../runtime/failure';

const sageMaker = new SageMakerClient({});

/**
 * A deployment changes roles and policies just before they are used, and IAM is eventually consistent.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const ROLES_SETTLE_MILLISECONDS = 3 * 60_000;

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html */
const LOG_GROUP = '/aws/sagemaker/ProcessingJobs';

const STOPPED = 'it was stopped';

/** Starts the job if there is none yet, else looks how it is; stops it when its time is over. */
export async function advance(request: BaselineJobRequest, before?: BaselineJobProgress): Promise<BaselineJobProgress> {
  if (before?.isStarted) return progressOf(request);
  const obstacle = await start(request);
  if (obstacle === undefined) return progressOf(request);
  if (isOver(request)) return { status: 'TimedOut', isStarted: false, reason: overdue(request, obstacle) };
  return { status: 'InProgress', isStarted: false, reason: obstacle };
}

/**
 * Creates the job, and returns what stands in the way, if it will pass. A job of this name is ours: a repeated call finds it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
async function start(request: BaselineJobRequest): Promise<string | undefined> {
  try {
    await sageMaker.send(new CreateProcessingJobCommand(creation(request)));
    return undefined;
  } catch (error) {
    if (nameOf(error) === 'ResourceInUse') return undefined;
    if (isPassing(request, error)) return wordsOf(error);
    throw error;
  }
}

function creation({ spec, jobName }: BaselineJobRequest): CreateProcessingJobCommandInput {
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
function isPassing({ startedAt }: BaselineJobRequest, error: unknown): boolean {
  const [name, words] = [nameOf(error), wordsOf(error)];
  if (name === 'ResourceLimitExceeded') return isWithinLimit(words);
  const concernsRoles =
    name === 'AccessDeniedException' || (name === 'ValidationException' && /assume role/i.test(words));
  return concernsRoles && Date.now() - Date.parse(startedAt) < ROLES_SETTLE_MILLISECONDS;
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

async function progressOf(request: BaselineJobRequest): Promise<BaselineJobProgress> {
  const { jobName } = request;
  const job = await sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: jobName }));
  switch (job.ProcessingJobStatus) {
    case 'Completed':
      return { status: 'Completed', isStarted: true, reason: '' };
    case 'Failed':
      return { status: 'Failed', isStarted: true, reason: jobWords(request, 'failed', job) };
    case 'Stopped':
      return isOver(request)
        ? { status: 'TimedOut', isStarted: true, reason: overdue(request, STOPPED) } // by its own limit of time
        : { status: 'Stopped', isStarted: true, reason: jobWords(request, 'was stopped', job) };
    default:
      return isOver(request) ? stop(request) : { status: 'InProgress', isStarted: true, reason: '' };
  }
}

/** Stops the job. One that ends at the same moment cannot be stopped: how it ended is seen next. */
async function stop(request: BaselineJobRequest): Promise<BaselineJobProgress> {
  try {
    await sageMaker.send(new StopProcessingJobCommand({ ProcessingJobName: request.jobName }));
  } catch (error) {
    if (nameOf(error) !== 'ValidationException') throw error;
    return { status: 'InProgress', isStarted: true, reason: wordsOf(error) };
  }
  return { status: 'TimedOut', isStarted: true, reason: overdue(request, STOPPED) };
}

function isOver({ deadline }: BaselineJobRequest): boolean {
  return Date.now() >= Date.parse(deadline);
}

function overdue({ jobName, startedAt, deadline }: BaselineJobRequest, what: string): string {
  const seconds = (Date.parse(deadline) - Date.parse(startedAt)) / 1000;
  const longer = `allow up to 12 hours with the option 'timeout' of Baseline.fromDataset, or take larger instances`;
  const advice = seconds < AWAITED_SECONDS ? `allow longer with 'timeout' of Baseline.fromDataset` : longer;
  const time = `processing job '${jobName}' did not complete within ${seconds / 60} minutes`;
  return `BaselineTimedOut: ${time}: ${what}; ${advice}`;
}

/** The job's own words, after where its log is: they may be long, and the end is cut. */
function jobWords({ jobName }: BaselineJobRequest, how: string, job: DescribeProcessingJobCommandOutput): string {
  const said = [job.FailureReason, job.ExitMessage].filter((words) => words !== undefined && words !== '');
  const log = `its log is in ${LOG_GROUP}, streams ${jobName}/`;
  return `BaselineJobFailed: processing job '${jobName}' ${how} (${log}): ${said.join('; ') || 'it does not say why'}`;
}
