import { ResourceNotFound } from '@aws-sdk/client-sagemaker';
import { handler as drainingHandler } from '../../lib/engine/model-monitor/schedule/drain/handler/draining.lambda';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { invoked } from '../handlers/invocation';
import { awsError } from '../handlers/s3-store';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../monitor/fixtures';
import { readable, resourceOf } from '../monitor/readable-template';
import { DeploymentCloud, type Put } from './deployment-cloud';
import type { MachineProps } from './machine';
import { standingOfRun } from './switching';

/** ARN of the machine that drains. */
export const MACHINE = 'drain';

/** The machine that drains, as a template has it, with the time of its function, but that it looks every five minutes: a trial has fewer steps. */
function drainMachine(): Omit<MachineProps, 'read'> {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack));
  newMonitor(stack, { engine: MonitoringEngine.modelMonitor(), data, baseline: givenBaseline(stack) });
  const machine = resourceOf(stack, 'AWS::StepFunctions::StateMachine', 'DrainMachine');
  const definition = String(readable(machine.Properties.DefinitionString)).replaceAll(`\${AWS::Partition}`, 'aws');
  const { Timeout } = resourceOf(stack, 'AWS::Lambda::Function', 'Draining').Properties;
  return {
    definition: definition.replace('"Seconds":20', '"Seconds":300'),
    functions: { Draining: invoked(drainingHandler) },
    limitSeconds: Number(Timeout),
  };
}

const MACHINES = { [MACHINE]: drainMachine() };

/** An execution of a schedule. */
export interface Execution {
  readonly job: string;
  /** epoch milliseconds */
  ends: number;
  status: 'InProgress' | 'Stopping' | 'Completed' | 'Stopped';
}

/** A monitoring schedule, whose every change takes a while as Pending. */
export interface Schedule {
  readonly name: string;
  status: 'Scheduled' | 'Stopped';
  /** epoch milliseconds */
  pendingUntil: number;
  readonly executions: Execution[];
}

/** How a schedule stands, in words. */
export function standing({ status, pendingUntil, executions }: Schedule): string {
  const open = executions.some((one) => one.status === 'InProgress' || one.status === 'Stopping');
  return [Date.now() < pendingUntil ? 'Pending' : status, ...(open ? ['busy'] : [])].join(', ');
}

const SETTLE_MILLISECONDS = 10_000;
const STOPPING_MILLISECONDS = 60_000;

/** How a cloud is made. */
export interface DrainCloudOptions {
  /** false for a service that starts an execution of one name again: what rests on names has to break */
  readonly knowsNames?: boolean;
  /** in S3, by `bucket/key` */
  readonly objects?: ReadonlyMap<string, string>;
}

/** Schedules and their executions, beside what deployments call. */
export class DrainCloud extends DeploymentCloud {
  /** how schedules stood when a success was told for the first time, by its URL */
  public readonly stood = new Map<string, ReadonlyMap<string, string>>();

  /** how the run of an engine that gives way stood then, and when that was, in epoch milliseconds, by its URL */
  public readonly stoodRuns = new Map<
    string,
    { readonly run: ReturnType<typeof standingOfRun>; readonly at: number }
  >();
  private pending?: { readonly time: number; readonly act: () => void };

  constructor(
    public readonly schedules: readonly Schedule[],
    { knowsNames = true, objects = new Map() }: DrainCloudOptions = {},
  ) {
    super(objects, MACHINES, knowsNames);
  }

  /** Lets something happen at a time, in epoch milliseconds. */
  public at(time: number, act: () => void): void {
    this.pending = { time, act };
  }

  public override answer(command: string, input: Record<string, unknown>): object {
    for (const { executions } of this.schedules) for (const one of executions) pass(one);
    if (this.pending && Date.now() >= this.pending.time) this.pending.act();
    const schedule = () => this.schedule(input.MonitoringScheduleName);
    switch (command) {
      case 'DescribeMonitoringScheduleCommand':
        return described(schedule());
      case 'StopMonitoringScheduleCommand':
        return changed(schedule(), 'Stopped');
      case 'StartMonitoringScheduleCommand':
        return changed(schedule(), 'Scheduled');
      case 'ListMonitoringExecutionsCommand':
        return { MonitoringExecutionSummaries: listed(schedule(), input.StatusEquals) };
      case 'StopProcessingJobCommand':
        return this.stopJob(input.ProcessingJobName);
      case 'PutCommand':
        this.look(input as unknown as Put);
        return super.answer(command, input);
      default:
        return super.answer(command, input);
    }
  }

  private schedule(name: unknown): Schedule {
    const found = this.schedules.find((one) => one.name === name);
    if (!found) throw new ResourceNotFound({ message: String(name), $metadata: {} });
    return found;
  }

  private stopJob(name: unknown): object {
    const execution = this.schedules.flatMap(({ executions }) => executions).find(({ job }) => job === name);
    if (execution?.status !== 'InProgress') throw awsError('ValidationException');
    execution.status = 'Stopping';
    execution.ends = Date.now() + STOPPING_MILLISECONDS;
    return {};
  }

  private look({ url, Status }: Put): void {
    if (Status !== 'SUCCESS' || this.stood.has(url)) return;
    this.stoodRuns.set(url, { run: standingOfRun(this), at: Date.now() });
    this.stood.set(url, new Map(this.schedules.map((one) => [one.name, standing(one)])));
  }
}

function pass(execution: Execution): void {
  if (Date.now() < execution.ends) return;
  if (execution.status === 'InProgress') execution.status = 'Completed';
  if (execution.status === 'Stopping') execution.status = 'Stopped';
}

function described({ name, status, pendingUntil }: Schedule): object {
  return {
    MonitoringScheduleStatus: Date.now() < pendingUntil ? 'Pending' : status,
    MonitoringScheduleConfig: {
      MonitoringJobDefinitionName: `${name}-before`,
      ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
    },
  };
}

function changed(schedule: Schedule, status: Schedule['status']): object {
  if (Date.now() < schedule.pendingUntil) throw awsError('ValidationException');
  schedule.status = status;
  schedule.pendingUntil = Date.now() + SETTLE_MILLISECONDS;
  return {};
}

function listed({ executions }: Schedule, wanted: unknown): object[] {
  return executions
    .filter(({ status }) => wanted === undefined || status === wanted)
    .map(({ job, status }) => ({
      ScheduledTime: new Date('2026-03-04T10:00:00Z'),
      MonitoringExecutionStatus: status,
      ProcessingJobArn: `arn:aws:sagemaker:eu-west-1:111122223333:processing-job/${job}`,
    }));
}
