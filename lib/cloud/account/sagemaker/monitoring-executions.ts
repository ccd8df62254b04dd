import { createHash } from 'node:crypto';
import type { Members } from '../../members';
import { ServiceError } from '../../stand-in/service';
import type { Simulation } from '../simulation';
import { endpointOf, outputOf } from './inventory';
import type { JobStorage } from './job-storage';
import type { MonitoringSchedule } from './monitoring-schedules';
import {
  CLIENT_ERROR,
  defined,
  type JobOutcome,
  type ProcessingJob,
  type ProcessingJobs,
  seconds,
} from './processing-jobs';

/** Statuses of an execution. */
export type ExecutionStatus =
  | 'Pending'
  | 'InProgress'
  | 'Completed'
  | 'CompletedWithViolations'
  | 'Failed'
  | 'Stopping'
  | 'Stopped';

/** How one execution of a schedule goes, if nobody stops it. */
export interface ExecutionPlan {
  /** how it ends; `InProgress` does not end by itself, `Pending` does not even begin */
  readonly outcome: 'Completed' | 'CompletedWithViolations' | 'Failed' | 'Stopped' | 'InProgress' | 'Pending';
  /**
   * the full hour that the execution is for
   * @default the virtual time of the call
   */
  readonly scheduledTime?: Date;
  /**
   * virtual seconds in Pending
   * @default 60
   */
  readonly pendingSeconds?: number;
  /**
   * virtual seconds in InProgress
   * @default 240
   */
  readonly runSeconds?: number;
  readonly failureReason?: string;
  /** fails without ever having a processing job, as when no data was captured: goes with the outcome `Failed` */
  readonly withoutJob?: boolean;
  /** what it writes to its report's folder before it completes, by file name */
  readonly files?: Readonly<Record<string, string>>;
}

/** One execution of a monitoring schedule. */
export interface MonitoringExecution {
  readonly scheduleName: string;
  readonly scheduleArn: string;
  readonly scheduledTime: Date;
  readonly creationTime: Date;
  readonly definitionName?: string;
  readonly endpointName?: string;
  readonly monitoringType?: string;
  lastModifiedTime: Date;
  status: ExecutionStatus;
  processingJobName?: string;
  processingJobArn?: string;
  failureReason?: string;
}

/** What executions work with. */
export interface MonitoringExecutionsProps {
  readonly simulation: Simulation;
  readonly jobs: ProcessingJobs;
  readonly storage: JobStorage;
}

/** Executions of monitoring schedules: Pending, then a processing job, whose end is the execution's. */
export class MonitoringExecutions {
  private readonly executions: MonitoringExecution[] = [];

  public constructor(private readonly props: MonitoringExecutionsProps) {}

  /** Of all schedules, deleted ones too; oldest first. */
  public all(): readonly MonitoringExecution[] {
    return this.executions;
  }

  /** Those of a schedule that have not ended. */
  public open(scheduleName: string): MonitoringExecution[] {
    return this.executions.filter(
      (execution) =>
        execution.scheduleName === scheduleName && ['Pending', 'InProgress', 'Stopping'].includes(execution.status),
    );
  }

  /** Begins an execution. */
  public begin(schedule: MonitoringSchedule, definition: Members, plan: ExecutionPlan): MonitoringExecution {
    const now = this.props.simulation.now;
    const execution: MonitoringExecution = {
      scheduleName: schedule.name,
      scheduleArn: schedule.arn,
      scheduledTime: plan.scheduledTime ?? now,
      creationTime: now,
      lastModifiedTime: now,
      status: 'Pending',
      ...described(schedule, definition),
    };
    this.executions.push(execution);
    if (plan.outcome !== 'Pending') {
      const start = () =>
        plan.withoutJob === true ? this.ended(execution, plan) : this.run({ execution, definition, plan });
      this.props.simulation.after((plan.pendingSeconds ?? 60) * 1000, start);
    }
    return execution;
  }

  /** What ListMonitoringExecutions says of it. */
  public summary(execution: MonitoringExecution): Members {
    const { scheduleName, scheduledTime, creationTime, lastModifiedTime, status } = execution;
    return defined({
      MonitoringScheduleName: scheduleName,
      ScheduledTime: seconds(scheduledTime),
      CreationTime: seconds(creationTime),
      LastModifiedTime: seconds(lastModifiedTime),
      MonitoringExecutionStatus: this.isStopping(execution) ? 'Stopping' : status,
      ProcessingJobArn: execution.processingJobArn,
      EndpointName: execution.endpointName,
      FailureReason: execution.failureReason,
      MonitoringJobDefinitionName: execution.definitionName,
      MonitoringType: execution.monitoringType,
    });
  }

  private run({ execution, definition, plan }: Run): void {
    const name = jobName(execution);
    execution.status = 'InProgress';
    execution.lastModifiedTime = this.props.simulation.now;
    try {
      const job = this.props.jobs.start({
        request: jobRequest(name, definition),
        outcome: jobOutcome(plan),
        monitoringScheduleArn: execution.scheduleArn,
        onEnd: (ended) => this.jobEnded({ execution, definition, plan }, ended),
      });
      execution.processingJobName = name;
      execution.processingJobArn = job.arn;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.ended(execution, { outcome: 'Failed', failureReason: error.message });
    }
  }

  /** A job that was stopped, or ran out of time, ends the execution as Stopped whatever the plan was. */
  private jobEnded({ execution, definition, plan }: Run, job: ProcessingJob): void {
    if (job.status !== 'Completed') {
      this.ended(execution, {
        ...plan,
        outcome: job.status === 'Stopped' ? 'Stopped' : 'Failed',
        failureReason: job.failureReason,
      });
      return;
    }
    const refusal = this.writeReport(execution, definition, plan);
    this.ended(execution, refusal === undefined ? plan : { ...plan, outcome: 'Failed', failureReason: refusal });
  }

  /**
   * Endpoint reports are at `{S3Uri}/{endpoint}/{schedule}/yyyy/mm/dd/hh/`, those of batch transforms lack the endpoint; the hour is the
   * scheduled one.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-results.html
   */
  private writeReport(execution: MonitoringExecution, definition: Members, plan: ExecutionPlan): string | undefined {
    const output = outputOf(definition);
    const hour = execution.scheduledTime.toISOString().slice(0, 13).replace(/[-T]/g, '/');
    const folder = [output, execution.endpointName, execution.scheduleName, hour].filter((part) => part !== undefined);
    for (const [file, content] of Object.entries(plan.files ?? {})) {
      const refusal = this.props.storage.put(`${folder.join('/')}/${file}`, content, String(definition.RoleArn));
      if (refusal !== undefined) {
        return `${CLIENT_ERROR}: Failed to upload: ${refusal}`;
      }
    }
    return undefined;
  }

  private ended(execution: MonitoringExecution, { outcome, failureReason }: ExecutionPlan): void {
    execution.status = outcome;
    execution.failureReason = failureReason;
    execution.lastModifiedTime = this.props.simulation.now;
  }

  private isStopping({ processingJobName, status }: MonitoringExecution): boolean {
    return (
      status === 'InProgress' &&
      processingJobName !== undefined &&
      this.props.jobs.get(processingJobName).status === 'Stopping'
    );
  }
}

interface Run {
  readonly execution: MonitoringExecution;
  readonly definition: Members;
  readonly plan: ExecutionPlan;
}

function described({ config, type }: MonitoringSchedule, definition: Members) {
  const definitionName = config.MonitoringJobDefinitionName;
  const endpointName = endpointOf(definition);
  return {
    ...(typeof definitionName === 'string' ? { definitionName } : {}),
    ...(endpointName === undefined ? {} : { endpointName }),
    ...(type === undefined ? {} : { monitoringType: type }),
  };
}

/** A name as seen of such jobs: the scheduled time, and something unique. */
function jobName({ scheduleName, scheduledTime, creationTime }: MonitoringExecution): string {
  const hash = createHash('sha256').update(`${scheduleName} ${scheduledTime.getTime()} ${creationTime.getTime()}`);
  const minute = scheduledTime.toISOString().slice(0, 16).replace(/\D/g, '');
  return `monitoring-${minute}-${hash.digest('hex').slice(0, 24)}`;
}

/** The job as far as others see it; its inputs are the service's own affair. */
function jobRequest(name: string, definition: Members): Members {
  return defined({
    ProcessingJobName: name,
    RoleArn: definition.RoleArn,
    ProcessingResources: definition.JobResources ?? definition.MonitoringResources,
    StoppingCondition: definition.StoppingCondition,
    NetworkConfig: definition.NetworkConfig,
    AppSpecification: Object.entries(definition).find(([key]) => key.endsWith('AppSpecification'))?.[1],
  });
}

/** @see https://github.com/aws/sagemaker-python-sdk/blob/master/src/sagemaker/model_monitor/model_monitoring.py (the exit messages' prefixes) */
function jobOutcome({ outcome, runSeconds, failureReason }: ExecutionPlan): JobOutcome {
  const time = runSeconds === undefined ? {} : { afterSeconds: runSeconds };
  switch (outcome) {
    case 'Completed':
      return {
        status: 'Completed',
        exitMessage: `${outcome}: Job completed successfully with no violations.`,
        ...time,
      };
    case 'CompletedWithViolations':
      return {
        status: 'Completed',
        exitMessage: `${outcome}: Job completed successfully with violations.`,
        ...time,
      };
    case 'Failed':
      return { status: 'Failed', ...(failureReason === undefined ? {} : { failureReason }), ...time };
    default:
      return { status: outcome === 'Stopped' ? 'Stopped' : 'InProgress', ...time };
  }
}
