import { isMembers, type Members, optionalText, textMember } from '../../members';
import { ServiceError } from '../../stand-in/service';
import type { Recorder } from '../recorder';
import { dueTimes, parseSchedule } from '../schedule-expression';
import type { Simulation } from '../simulation';
import { endpointOf, type SageMakerInventory } from './inventory';
import type { ExecutionPlan, MonitoringExecution, MonitoringExecutions } from './monitoring-executions';
import { defined, seconds } from './processing-jobs';

/** Statuses of a schedule. */
export type ScheduleStatus = 'Pending' | 'Scheduled' | 'Stopped' | 'Failed';

/** One monitoring schedule. */
export interface MonitoringSchedule {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: Date;
  /** `MonitoringScheduleConfig` */
  config: Members;
  type?: string;
  lastModifiedTime: Date;
  status: ScheduleStatus;
  failureReason?: string;
}

/** What schedules work with. */
export interface MonitoringSchedulesProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly inventory: SageMakerInventory;
  readonly executions: MonitoringExecutions;
  /** `arn:aws:sagemaker:{region}:{account}` */
  readonly arnPrefix: string;
}

/** Virtual seconds in Pending after every change. */
const SETTLE_SECONDS = 10;

/**
 * SageMaker monitoring schedules: every change takes a while as Pending. Nothing runs by itself: `execute` or `plan` begin executions,
 * and say how these go.
 *
 * A stopped schedule begins no execution; what it has begun goes on until its processing job is stopped.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopMonitoringSchedule.html
 */
export class MonitoringSchedules {
  private readonly schedules = new Map<string, MonitoringSchedule>();
  private plansOfNew?: Omit<PlannedExecutions, 'name' | 'start'>;

  public constructor(private readonly props: MonitoringSchedulesProps) {}

  public all(): MonitoringSchedule[] {
    return [...this.schedules.values()];
  }

  public arnOf(name: string): string {
    return `${this.props.arnPrefix}:monitoring-schedule/${name}`;
  }

  /** Throws as the service does for a name that no schedule has. */
  public get(name: string): MonitoringSchedule {
    const schedule = this.schedules.get(name);
    if (schedule === undefined) {
      throw new ServiceError('ResourceNotFound', `there is no monitoring schedule with the name ${name}`);
    }
    return schedule;
  }

  /** Creates one from the input of CreateMonitoringSchedule; its endpoint and its definition have to exist. */
  public create(input: Members): MonitoringSchedule {
    const name = textMember(input, 'MonitoringScheduleName', 'CreateMonitoringSchedule');
    if (this.schedules.has(name)) {
      throw new ServiceError('ResourceInUse', `Monitoring Schedule ${this.arnOf(name)} already exists`);
    }
    const config = this.checkedConfig(input);
    const now = this.props.simulation.now;
    const schedule: MonitoringSchedule = {
      name,
      arn: this.arnOf(name),
      config,
      creationTime: now,
      lastModifiedTime: now,
      status: 'Pending',
    };
    schedule.type = optionalText(config, 'MonitoringType', name);
    this.schedules.set(name, schedule);
    this.settle(schedule, 'Scheduled');
    if (this.plansOfNew) this.plan({ ...this.plansOfNew, name, start: now.getTime() });
    return schedule;
  }

  /**
   * Changes the configuration; the input is that of UpdateMonitoringSchedule. Refused while the schedule is Pending or an execution runs.
   *
   * @see https://github.com/aws-controllers-k8s/sagemaker-controller/blob/main/pkg/resource/monitoring_schedule/hooks.go (AWS's own controller waits for both)
   * @see https://github.com/awslabs/aiops-modules/pull/168
   */
  public update(input: Members): void {
    const schedule = this.changeable(textMember(input, 'MonitoringScheduleName', 'UpdateMonitoringSchedule'));
    if (this.props.executions.open(schedule.name).length > 0) {
      throw new ServiceError(
        'ValidationException',
        `can't update schedule as it has in-progress executions: ${schedule.arn}`,
      );
    }
    schedule.config = this.checkedConfig(input);
    schedule.type = optionalText(schedule.config, 'MonitoringType', schedule.name);
    this.settle(schedule, schedule.status === 'Stopped' ? 'Stopped' : 'Scheduled');
  }

  public start(name: string): void {
    this.settle(this.changeable(name), 'Scheduled');
  }

  public stop(name: string): void {
    this.settle(this.changeable(name), 'Stopped');
  }

  /** Deletes it, unless it is Pending or one of its executions has not ended; executions that have ended stay listed. */
  public delete(name: string): void {
    const schedule = this.changeable(name);
    if (this.props.executions.open(name).length > 0) {
      throw new ServiceError(
        'ValidationException',
        `can't delete schedule as it has in-progress executions: ${schedule.arn}`,
      );
    }
    this.schedules.delete(name);
    this.props.recorder.happened('deployment', `monitoring schedule ${name} is deleted`);
  }

  /** Begins an execution at once, whatever the schedule's status. */
  public execute(name: string, plan: ExecutionPlan): MonitoringExecution {
    const schedule = this.get(name);
    return this.props.executions.begin(schedule, this.props.inventory.definitionOf(schedule.config), plan);
  }

  /**
   * Lets executions begin at every due time from `start` up to `end` (epoch milliseconds) at which the schedule exists and is Scheduled.
   * `planOf` says how each goes; undefined skips it, as if the service had missed it.
   */
  public plan({ name, start, end, planOf }: PlannedExecutions): void {
    const schedule = this.get(name);
    for (const time of dueTimes(parseSchedule(expressionOf(schedule), start), start, end)) {
      this.props.simulation.at(time, () => {
        const isThere = this.schedules.get(name) === schedule; // not another one of this name
        const plan = isThere && schedule.status === 'Scheduled' ? planOf(new Date(time)) : undefined;
        if (plan !== undefined) {
          this.execute(name, { scheduledTime: new Date(time), ...plan });
        }
      });
    }
  }

  /** Plans the executions of every schedule that is created from now on, from its creation on. */
  public planNew(plans: Omit<PlannedExecutions, 'name' | 'start'>): void {
    this.plansOfNew = plans;
  }

  /** What DescribeMonitoringSchedule answers. */
  public describe(schedule: MonitoringSchedule): Members {
    const { config, failureReason } = schedule;
    const last = this.props.executions
      .all()
      .filter(({ scheduleName }) => scheduleName === schedule.name)
      .at(-1);
    const { MonitoringJobDefinitionName: _, ...summary } = this.summary(schedule);
    return defined({
      ...summary,
      MonitoringScheduleConfig: config,
      FailureReason: failureReason,
      LastMonitoringExecutionSummary: last && this.props.executions.summary(last),
    });
  }

  /** What ListMonitoringSchedules says of it. */
  public summary({ name, arn, config, type, status, creationTime, lastModifiedTime }: MonitoringSchedule): Members {
    return defined({
      MonitoringScheduleName: name,
      MonitoringScheduleArn: arn,
      MonitoringScheduleStatus: status,
      CreationTime: seconds(creationTime),
      LastModifiedTime: seconds(lastModifiedTime),
      EndpointName: endpointOf(this.props.inventory.definitionOf(config)),
      MonitoringJobDefinitionName: config.MonitoringJobDefinitionName,
      MonitoringType: type,
    });
  }

  private checkedConfig(input: Members): Members {
    const config = isMembers(input.MonitoringScheduleConfig) ? input.MonitoringScheduleConfig : {};
    const endpoint = endpointOf(this.props.inventory.definitionOf(config));
    if (endpoint !== undefined) {
      this.props.inventory.checkMonitored(endpoint);
    }
    return config;
  }

  private changeable(name: string): MonitoringSchedule {
    const schedule = this.get(name);
    if (schedule.status === 'Pending') {
      throw new ServiceError('ValidationException', `Monitoring schedule in status Pending: ${schedule.arn}`);
    }
    return schedule;
  }

  private settle(schedule: MonitoringSchedule, status: ScheduleStatus): void {
    schedule.status = 'Pending';
    schedule.lastModifiedTime = this.props.simulation.now;
    this.props.simulation.after(SETTLE_SECONDS * 1000, () => {
      schedule.status = status;
      schedule.lastModifiedTime = this.props.simulation.now;
      this.props.recorder.happened('deployment', `monitoring schedule ${schedule.name}: ${status}`);
    });
  }
}

/** When executions are due; daily at midnight where a schedule does not say. */
export function expressionOf({ name, config: { ScheduleConfig: timing } }: MonitoringSchedule): string {
  return optionalText(isMembers(timing) ? timing : {}, 'ScheduleExpression', name) ?? 'cron(0 0 ? * * *)';
}

/** Executions of one schedule over a time. */
export interface PlannedExecutions {
  readonly name: string;
  /** epoch milliseconds, inclusive */
  readonly start: number;
  /** epoch milliseconds, exclusive */
  readonly end: number;
  readonly planOf: (scheduledTime: Date) => ExecutionPlan | undefined;
}
