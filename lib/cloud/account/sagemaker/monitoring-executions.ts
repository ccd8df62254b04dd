import { createHash } from 'node:crypto';
import type { Members } from '../../members';
import type { ObjectStore } from '../../stand-in/object-store';
import { ServiceError } from '../../stand-in/service';
import { analysedWindow } from '../schedule-expression';
import type { Simulation } from '../simulation';
import { endpointOf, type SageMakerInventory } from './inventory';
import type { JobStorage } from './job-storage';
import { monitoringJob, outlinedJob, reportFolderOf } from './monitoring-job';
import { expressionOf, type MonitoringSchedule } from './monitoring-schedules';
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
export type ExecutionPlan = GivenExecution | WorkedExecution;

interface PlannedExecution {
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
}

/** An execution whose outcome is given; its job has no inputs. */
export interface GivenExecution extends PlannedExecution {
  /** how it ends; `InProgress` does not end by itself, `Pending` does not even begin */
  readonly outcome: 'Completed' | 'CompletedWithViolations' | 'Failed' | 'Stopped' | 'InProgress' | 'Pending';
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

/** An execution that ends as its job does, about whose container the scripts of jobs decide; without captured data there is no job. */
export interface WorkedExecution extends PlannedExecution {
  readonly outcome: 'AsItsJob';
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
  readonly objects: ObjectStore;
  readonly inventory: SageMakerInventory;
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
        plan.outcome !== 'AsItsJob' && plan.withoutJob === true
          ? this.ended(execution, plan)
          : this.run({ execution, definition, plan, schedule });
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

  private run(run: Run): void {
    const { execution, plan } = run;
    const name = jobName(execution);
    const made = this.jobOf(run, name);
    if ('refusal' in made) {
      this.ended(execution, { outcome: 'Failed', failureReason: made.refusal });
      return;
    }
    execution.status = 'InProgress';
    execution.lastModifiedTime = this.props.simulation.now;
    try {
      const job = this.props.jobs.start({
        request: made.request,
        ...(plan.outcome === 'AsItsJob' ? {} : { outcome: jobOutcome(plan) }),
        monitoringScheduleArn: execution.scheduleArn,
        onEnd: (ended) => this.jobEnded(run, ended),
      });
      execution.processingJobName = name;
      execution.processingJobArn = job.arn;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.ended(execution, { outcome: 'Failed', failureReason: error.message });
    }
  }

  private jobOf({ execution, definition, plan, schedule }: Run, name: string) {
    if (plan.outcome !== 'AsItsJob') {
      return { request: outlinedJob(name, definition) };
    }
    const { objects, inventory } = this.props;
    const { scheduleName, scheduledTime } = execution;
    const window = analysedWindow(expressionOf(schedule), scheduledTime.getTime());
    return monitoringJob({ name, scheduleName, scheduledTime, window, definition, objects, inventory });
  }

  /** A job that was stopped, or ran out of time, ends the execution as Stopped whatever the plan was. */
  private jobEnded({ execution, definition, plan }: Run, job: ProcessingJob): void {
    if (job.status !== 'Completed') {
      const outcome = job.status === 'Stopped' ? 'Stopped' : 'Failed';
      this.ended(execution, { outcome, failureReason: job.failureReason });
      return;
    }
    if (plan.outcome === 'AsItsJob') {
      this.ended(execution, { outcome: saidBy(job) });
      return;
    }
    const refusal = this.writeReport(execution, definition, plan);
    this.ended(execution, refusal === undefined ? plan : { outcome: 'Failed', failureReason: refusal });
  }

  private writeReport(execution: MonitoringExecution, definition: Members, plan: GivenExecution): string | undefined {
    const folder = reportFolderOf(definition, execution.scheduleName, execution.scheduledTime);
    for (const [file, content] of Object.entries(plan.files ?? {})) {
      const refusal = this.props.storage.put(`${folder}/${file}`, content, String(definition.RoleArn));
      if (refusal !== undefined) {
        return `${CLIENT_ERROR}: Failed to upload: ${refusal}`;
      }
    }
    return undefined;
  }

  private ended(execution: MonitoringExecution, { outcome, failureReason }: ExecutionEnd): void {
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

/** How an execution ended. */
interface ExecutionEnd {
  readonly outcome: GivenExecution['outcome'];
  readonly failureReason?: string;
}

interface Run {
  readonly schedule: MonitoringSchedule;
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

/** What the exit message of a completed job begins with. */
function saidBy({ exitMessage = '' }: ProcessingJob): 'Completed' | 'CompletedWithViolations' {
  return exitMessage.startsWith('CompletedWithViolations:') ? 'CompletedWithViolations' : 'Completed';
}

/** @see https://github.com/aws/sagemaker-python-sdk/blob/master/src/sagemaker/model_monitor/model_monitoring.py (the exit messages' prefixes) */
function jobOutcome({ outcome, runSeconds, failureReason }: GivenExecution): JobOutcome {
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
