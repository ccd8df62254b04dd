import {
  DescribeMonitoringScheduleCommand,
  type DescribeMonitoringScheduleCommandOutput,
  type MonitoringExecutionSummary,
  ResourceNotFound,
  SageMakerClient,
  StartMonitoringScheduleCommand,
  StopMonitoringScheduleCommand,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import type { Home } from '../../../../../core/contract';
import { mayPass, nameOf, wordsOf } from '../../../../../runtime/failure';
import { log } from '../../../../../runtime/log';
import type { LeavingSchedule, ScheduleConfiguration } from '../contract';
import { executionWords, jobName, openExecutions } from './open-executions';
import { isOwed, tellOwed, turnsIfSwitched } from './owed-runs';

/** The SDK tries again by itself, later and later, before a step gives the call up until the next. */
const sageMaker = new SageMakerClient({ maxAttempts: 4 });

/**
 * Errors that say "not now": the state has changed since it was looked at, or there are too many calls. The next step looks again, and
 * when time is up the words are told.
 *
 * `ValidationException` is how SageMaker refuses to stop what is Pending or has ended.
 */
const NOT_NOW = [
  'ValidationException',
  'ResourceNotFound',
  'ResourceInUse',
  'ConflictException',
  'ThrottlingException',
];

/**
 * Stops a schedule and the jobs of its executions, as far as that is possible now. Where its monitor goes on with another engine, executions whose runs
 * are this one's to tell may end by themselves while there is `patience`, and are told.
 *
 * Returns what is still open, in words; undefined when the schedule can be deleted, or does not exist. An execution that is Pending and
 * has no job yet cannot be stopped: it is waited for.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopMonitoringSchedule.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopProcessingJob.html
 */
export async function drainSchedule(
  leaving: LeavingSchedule,
  patience: boolean,
  home: Home,
): Promise<string | undefined> {
  const { name, monitor } = leaving;
  return nowOrNotNow(name, async () => {
    const status = (await described(name))?.MonitoringScheduleStatus;
    if (status === undefined) return undefined;
    const command = new StopMonitoringScheduleCommand({ MonitoringScheduleName: name });
    if (status === 'Scheduled') await sageMaker.send(command);
    const turns = await turnsIfSwitched(monitor, patience);
    const executions = await openExecutions(sageMaker, name);
    const mayEnd = (one: MonitoringExecutionSummary) => turns && patience && isOwed(turns, one.ScheduledTime);
    const open = await Promise.all(executions.map((one) => (mayEnd(one) ? executionWords(one) : stopExecution(one))));
    if (open.length > 0) return open.join(', ');
    if (status === 'Scheduled') return 'it was asked to stop, and has not been seen to be Stopped yet';
    if (status === 'Pending') return 'it is Pending';
    const untold = monitor && turns ? await tellOwed(monitor, home) : undefined;
    return patience ? untold : undefined;
  });
}

/**
 * Starts a schedule again that is Stopped; leaves any other alone.
 *
 * Returns why that is not possible now, in words; undefined when it is done, or the schedule does not exist.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartMonitoringSchedule.html
 */
export async function resumeSchedule(name: string): Promise<string | undefined> {
  return nowOrNotNow(name, async () => {
    const status = (await described(name))?.MonitoringScheduleStatus;
    if (status === 'Pending') return 'it is Pending';
    const command = new StartMonitoringScheduleCommand({ MonitoringScheduleName: name });
    if (status === 'Stopped') await sageMaker.send(command);
    return undefined;
  });
}

/**
 * Looks whether a schedule can be changed to a configuration, and when `patience` is over stops the jobs that keep it from that.
 *
 * Returns what is still open, in words; undefined when the schedule can be changed, is already as wanted, or does not exist. The schedule
 * itself is not stopped: were the deployment to fail then, nobody would start it again.
 */
export async function settleSchedule(wanted: ScheduleConfiguration, patience: boolean): Promise<string | undefined> {
  return nowOrNotNow(wanted.Name, async () => {
    const schedule = await described(wanted.Name);
    if (schedule === undefined || isAsWanted(schedule, wanted)) return undefined;
    const executions = await openExecutions(sageMaker, wanted.Name);
    const open = patience ? executions.map(executionWords) : await Promise.all(executions.map(stopExecution));
    if (open.length > 0) return open.join(', ');
    return schedule.MonitoringScheduleStatus === 'Pending' ? 'it is Pending' : undefined;
  });
}

function isAsWanted({ MonitoringScheduleConfig: config }: Description, wanted: ScheduleConfiguration): boolean {
  return (
    config?.MonitoringJobDefinitionName === wanted.JobDefinitionName &&
    config.ScheduleConfig?.ScheduleExpression === wanted.ScheduleExpression
  );
}

type Description = DescribeMonitoringScheduleCommandOutput;

/** Undefined where there is no such schedule. */
async function described(name: string): Promise<Description | undefined> {
  try {
    return await sageMaker.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: name }));
  } catch (error) {
    if (error instanceof ResourceNotFound) return undefined;
    throw error;
  }
}

/** Stops the execution's job, if it has one that runs; says how the execution stands. */
async function stopExecution(execution: MonitoringExecutionSummary): Promise<string> {
  const job = jobName(execution);
  const words = executionWords(execution);
  if (job === undefined || execution.MonitoringExecutionStatus === 'Stopping') return words;
  const refusal = await nowOrNotNow(job, async () => {
    await sageMaker.send(new StopProcessingJobCommand({ ProcessingJobName: job }));
    return undefined;
  });
  return refusal === undefined ? words : `${words}: ${refusal}`;
}

/** The words of a refusal that another step may find gone; throws any other. */
export async function nowOrNotNow(what: string, act: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!NOT_NOW.includes(nameOf(error)) && !mayPass(error)) throw error;
    log('not now', { what, error: nameOf(error), words: wordsOf(error) });
    return wordsOf(error);
  }
}
