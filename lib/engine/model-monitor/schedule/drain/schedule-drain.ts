import { CfnResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { allow } from '../../../../core/allow';
import { HandlerFunction } from '../../../../core/handler-function';
import { localArn } from '../../../../core/local-arn';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../../../core/s3-grants';
import { stackSingleton } from '../../../../core/stack-singleton';
import type { MonitorSpec } from '../../../../monitor/monitoring-engine';
import { FILES } from '../../../../outcome/contract';
import { allowMetrics } from '../../../../outcome/publishing-grant';
import { LISTING } from '../../../execution-listing';
import { allowStarting } from '../../../logged-machine';
import { Reconciler } from '../../../reconciler/reconciler';
import { SharedGrants } from '../../../reconciler/shared-grants';
import { waiterMachine } from '../../../waiter/waiter-machine';
import { scheduleNamePattern } from '../schedule-name';
import { DRAIN_ENV, DRAIN_RESOURCE_TYPE, REST_RESOURCE_TYPE, type ScheduleConfiguration } from './contract';

/** Between two looks at schedules and their executions. */
const PAUSE_SECONDS = 20;

/** A schedule, and what of it an update may change. */
export interface DrainedSchedule {
  readonly resource: sagemaker.CfnMonitoringSchedule;
  readonly jobDefinitionName: string;
  readonly scheduleExpression: string;
}

/**
 * Brings monitoring schedules to rest before CloudFormation changes or deletes them: SageMaker refuses both while an execution runs, and
 * while the schedule is Pending. One per stack, made of two custom resources.
 *
 * Every schedule depends on the first, which knows what they are to be. So CloudFormation updates it before it updates schedules.
 * The second depends on every schedule. So CloudFormation updates it after new schedules were made and before removed ones are deleted, and
 * deletes it before all of them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 * @internal
 */
export class ScheduleDrain extends Construct {
  /** The drain of a stack, created when it is first asked for. */
  public static of(scope: Construct): ScheduleDrain {
    return stackSingleton(scope, 'Drain', (stack, id) => new ScheduleDrain(stack, id));
  }

  /** Tells of the last executions, too, where a monitor goes on with another engine. */
  public readonly draining: HandlerFunction;
  private readonly grants: SharedGrants;
  private readonly rest: CfnResource;
  private readonly drain: CfnResource;
  private readonly schedules: DrainedSchedule[] = [];

  private constructor(stack: Stack, id: string) {
    super(stack, id);
    this.draining = this.makeDraining();
    this.grants = new SharedGrants(this.draining);
    const machine = this.makeMachine(this.draining);
    const ServiceToken = this.makeHandler(machine).functionArn;
    const Schedules = Lazy.any({ produce: () => this.inOrder().map(configurationOf) });
    this.rest = new CfnResource(this, 'Rest', { type: REST_RESOURCE_TYPE, properties: { ServiceToken, Schedules } });
    const ScheduleNames = Lazy.list({
      produce: () => this.inOrder().map(({ resource }) => resource.monitoringScheduleName),
    });
    const Monitors = Lazy.string({ produce: () => Reconciler.of(stack).expectedOn('model-monitor') });
    this.drain = new CfnResource(this, 'Resource', {
      type: DRAIN_RESOURCE_TYPE,
      properties: { ServiceToken, ScheduleNames, Monitors },
    });
    const listing = { actions: ['states:ListExecutions'], resources: [machine.stateMachineArn] };
    const mayLook = this.draining.permitBeside('OtherDrains', listing);
    for (const resource of [this.rest, this.drain]) resource.node.addDependency(mayLook);
    // whose list no longer has the schedules that are stopped: what a stopped execution comes to is not told
    this.drain.node.addDependency(Reconciler.of(stack).schedule);
  }

  /** Settles and drains this schedule, too. */
  public add(schedule: DrainedSchedule): void {
    this.schedules.push(schedule);
    schedule.resource.node.addDependency(this.rest);
    this.drain.node.addDependency(schedule.resource);
  }

  /** Allows to tell the last runs of a monitor that goes on with another engine. */
  public allowTelling({ reports, eventBus }: MonitorSpec): void {
    this.grants.events(eventBus);
    this.grants.onReports(reports, 'telling', ({ bucket, stackPattern }) => {
      grantGetObjects(this.draining, bucket, stackPattern);
      grantListPrefixes(this.draining, bucket, stackPattern); // without it a missing report looks like a denied one
      grantPutObjects(this.draining, bucket, `${stackPattern}/${FILES.report}`);
    });
  }

  /** In the order of their paths: the order in which an app makes its monitors is no change. */
  private inOrder(): DrainedSchedule[] {
    const byPath = this.schedules.map((schedule) => [schedule.resource.node.path, schedule] as const);
    return byPath.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, schedule]) => schedule);
  }

  private makeDraining(): HandlerFunction {
    const stack = Stack.of(this);
    const draining = new HandlerFunction(this, 'Draining', {
      handler: 'draining',
      description: 'Model monitoring: stops schedules and their jobs, or waits for them',
      timeout: Duration.minutes(5),
      memorySize: 512,
    });
    allowMetrics(draining);
    allow(draining, {
      actions: ['Describe', 'Start', 'Stop'].map((verb) => `sagemaker:${verb}MonitoringSchedule`),
      resources: [localArn(stack, 'sagemaker', `monitoring-schedule/${scheduleNamePattern(stack)}`)],
      because: 'the names of all schedules of this stack, and of no other, end in this part of the hash of its name',
    });
    allow(draining, LISTING);
    // SageMaker names the jobs of executions itself: it documents no prefix, and for three of the four kinds none has been seen. Nor do
    // jobs carry a tag by which a condition could know them. The function stops those alone that its schedules' executions list.
    allow(draining, {
      actions: ['sagemaker:StopProcessingJob'],
      resources: [localArn(stack, 'sagemaker', 'processing-job/*')],
      because: 'SageMaker names the jobs of schedules and documents no prefix of their names',
    });
    return draining;
  }

  private makeMachine(draining: HandlerFunction): sfn.StateMachine {
    return waiterMachine(new Construct(this, 'Machine'), {
      description: 'Drains model monitoring schedules',
      steps: draining,
      pauseSeconds: PAUSE_SECONDS,
    });
  }

  /** The function that answers the custom resources, and starts the state machine. */
  private makeHandler(stateMachine: sfn.StateMachine): HandlerFunction {
    const handler = new HandlerFunction(this, 'Handler', {
      handler: 'drain',
      description: 'Model monitoring: brings schedules to rest before CloudFormation touches them',
      timeout: Duration.minutes(1),
      memorySize: 512,
    });
    allowStarting(handler, stateMachine, DRAIN_ENV.stateMachineArn);
    return handler;
  }
}

function configurationOf({ resource, jobDefinitionName, scheduleExpression }: DrainedSchedule): ScheduleConfiguration {
  return {
    Name: resource.monitoringScheduleName,
    JobDefinitionName: jobDefinitionName,
    ScheduleExpression: scheduleExpression,
  };
}
