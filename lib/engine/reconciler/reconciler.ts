import { CfnResource, Duration, Lazy, type Stack } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { allow } from '../../core/allow';
import { bucketLocation } from '../../core/bucket-location';
import { HandlerFunction } from '../../core/handler-function';
import { jsonListText } from '../../core/json-text';
import { excessiveBytes, REQUEST_BYTES } from '../../core/request-size';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../core/s3-grants';
import { schedulerRole } from '../../core/scheduler-role';
import { stackSingleton } from '../../core/stack-singleton';
import { ValidationError } from '../../core/validation-error';
import type { EngineBinding, MonitorSpec } from '../../monitor/monitoring-engine';
import { FILES } from '../../outcome/contract';
import { reconcilerIdOf } from '../../outcome/monitor-id';
import { allowMetrics } from '../../outcome/publishing-grant';
import type { ReportsPlace } from '../../outcome/reports-place';
import { LISTING } from '../execution-listing';
import { ownTelling } from '../own-telling';
import {
  type ExpectedMonitor,
  RECONCILER_KEYS,
  type ReconcileEvent,
  type RunStart,
  TURNS_RESOURCE_TYPE,
  type TurnTaker,
} from './contract';
import { SharedGrants } from './shared-grants';

/**
 * How long a deployment waits for turns to be taken: as long as the function may run, and once more.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
const TURNS_SECONDS = 600;

/** What an engine says of the runs to expect. */
export type Expectation = Pick<
  ExpectedMonitor,
  | 'kind'
  | 'engine'
  | 'alert'
  | 'baseline'
  | 'hoursWithoutData'
  | 'graceMinutes'
  | 'monitoringScheduleName'
  | 'scheduleIdentity'
  | 'window'
  | 'start'
  | 'dataAt'
  | 'groundTruthUri'
>;

/** What a binding tells of the reconciler, which looks for the reports of runs where these leave what they came to. */
export type ReconcilerBinding = Pick<EngineBinding, 'reconcilerId' | 'monitoringScheduleName' | 'reportsOutcome'>;

/**
 * Watches the watchers: once an hour it tells for each expected run whether it left a trace. One per stack.
 *
 * It starts with its creation (a rate schedule without a start date), so that its heartbeat is there before anyone asks. At a deployment, when all new
 * schedules are there and the old ones still are, a custom resource has each monitor's engine get its turn, by a function of its own.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
 * @internal
 */
export class Reconciler extends Construct {
  /** The reconciler of a stack, created when it is first asked for. */
  public static of(scope: Construct): Reconciler {
    return stackSingleton(scope, 'Reconciler', (stack, id) => new Reconciler(stack, id));
  }

  public readonly reconcilerId: string;
  public readonly handler: HandlerFunction;
  /** Holds the list of monitors. */
  public readonly schedule: scheduler.CfnSchedule;
  private readonly monitors: ExpectedMonitor[] = [];
  private readonly grants: SharedGrants;
  private readonly turnGiver: HandlerFunction;

  private constructor(stack: Stack, id: string) {
    super(stack, id);
    this.reconcilerId = reconcilerIdOf(stack);
    this.handler = new HandlerFunction(this, 'Reconcile', {
      handler: 'reconcile',
      description: 'Model monitoring: tells which expected runs left no trace',
      timeout: Duration.minutes(5),
      memorySize: 512,
    });
    allowMetrics(this.handler);
    this.grants = new SharedGrants(this.handler);
    this.turnGiver = this.makeTurnGiver();
    this.schedule = this.makeSchedule();
    this.node.addValidation({ validate: () => this.sizeFaults(stack) });
    this.schedule.node.addDependency(this.makeTurns()); // turns come first: which of two lists is looked at then makes no difference
  }

  /**
   * Expects the runs of a monitor from now on.
   *
   * The list names the schedules by what only their creation tells, so a deployment changes it when all new schedules are there and before old ones
   * are deleted: no run of a schedule that is still to come, or gone, counts as missed.
   */
  public expect(spec: MonitorSpec, expectation: Expectation): ReconcilerBinding {
    const { bucket, prefix } = spec.reports;
    this.monitors.push({
      id: spec.monitorId,
      ...ownTelling(spec),
      endpointName: spec.endpointInput?.endpointName,
      everyHours: spec.frequency.intervalHours,
      startHour: spec.frequency.startHour,
      clock: spec.frequency._clock,
      output: { ...bucketLocation(this, bucket), prefix },
      eventBus: spec.eventBus?.eventBusArn,
      ...expectation,
    });
    this.grants.events(spec.eventBus);
    if (expectation.start) this.allowStart(expectation.start);
    this.grants.onReports(spec.reports, 'judging', ({ bucket, stackPattern }) => {
      grantGetObjects(this.handler, bucket, stackPattern);
      grantListPrefixes(this.handler, bucket, stackPattern); // without it a missing report looks like a denied one
      const written = [RECONCILER_KEYS.reconciled, FILES.report]; // what it has judged, what it has told
      grantPutObjects(this.handler, bucket, ...written.map((key) => `${stackPattern}/${key}`));
      this.allowTurns(spec.reports);
    });
    const { monitoringScheduleName } = expectation;
    return { reconcilerId: this.reconcilerId, monitoringScheduleName, reportsOutcome: true };
  }

  /**
   * Allows the reconciler to conclude executions that no event announces: SageMaker tells of them only in a list.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListMonitoringExecutions.html
   */
  public allowConcluding(): void {
    this.grants.once('listing', () => allow(this.handler, LISTING));
  }

  /** What is expected of the monitors on an engine: JSON, known at deployment. */
  public expectedOn(engine: ExpectedMonitor['engine']): string {
    const expected = this.inOrder().filter((monitor) => monitor.engine === engine);
    return JSON.stringify(expected.map(({ start, ...monitor }) => monitor));
  }

  /** By their ids: the order in which an app makes its monitors is no change. */
  private inOrder(): ExpectedMonitor[] {
    return [...this.monitors].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /**
   * A function that earlier versions do not have: the rollback of the update that brings it deletes the custom resource by it, where the
   * reconciler's function would be the old one again, which does not answer.
   */
  private makeTurnGiver(): HandlerFunction {
    return new HandlerFunction(this, 'GiveTurns', {
      handler: 'turns',
      description: 'Model monitoring: gives engines their turns at deployments',
      timeout: Duration.minutes(5),
      memorySize: 512,
    });
  }

  /** One machine serves all monitors of a stack. */
  private allowStart({ stateMachineArn }: RunStart): void {
    const resources = [stateMachineArn];
    this.grants.once('start', () => allow(this.handler, { actions: ['states:StartExecution'], resources }));
  }

  private allowTurns({ bucket, stackPattern }: ReportsPlace): void {
    const turns = `${stackPattern}/${RECONCILER_KEYS.turns}`;
    grantGetObjects(this.turnGiver, bucket, turns);
    grantListPrefixes(this.turnGiver, bucket, stackPattern); // without it turns that are not there yet look like denied ones
    grantPutObjects(this.turnGiver, bucket, turns);
  }

  /** It names what only the creation of schedules tells, so CloudFormation updates it when they are there. */
  private makeTurns(): CfnResource {
    const Monitors = Lazy.string({ produce: () => JSON.stringify(this.inOrder().map(turnTaker)) });
    const properties = { ServiceToken: this.turnGiver.functionArn, ServiceTimeout: TURNS_SECONDS, Monitors };
    return new CfnResource(this, 'Turns', { type: TURNS_RESOURCE_TYPE, properties });
  }

  private makeSchedule(): scheduler.CfnSchedule {
    const role = schedulerRole(this, 'Starts the reconciler of model monitors');
    allow(role, { actions: ['lambda:InvokeFunction'], resources: [this.handler.functionArn] });
    return new scheduler.CfnSchedule(this, 'Schedule', {
      description: 'Watches the runs of model monitors',
      scheduleExpression: 'rate(1 hour)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.handler.functionArn,
        roleArn: role.roleArn,
        input: Lazy.string({ produce: () => this.eventText() }),
        retryPolicy: { maximumEventAgeInSeconds: 1800, maximumRetryAttempts: 5 },
      },
    });
  }

  /** A deployment sends the list to functions, and to the machine of the drain. */
  private sizeFaults(stack: Stack): string[] {
    const bytes = excessiveBytes(this, this.event(), REQUEST_BYTES);
    if (bytes === undefined) return [];
    const problem = {
      prop: 'stack',
      got: `${this.monitors.length} monitors, whose list takes ${bytes} bytes`,
      allowed: `at most ${REQUEST_BYTES} bytes`,
      advice: 'put some of the endpoints, with their monitors, into another stack: a nested stack does it, too',
    };
    return [new ValidationError('StackTooLarge', [problem], stack).message];
  }

  private event(): ReconcileEvent {
    return { ...this.occasion(), monitors: this.monitors };
  }

  private eventText(): string {
    const occasion = JSON.stringify(this.occasion());
    return `${occasion.slice(0, -1)},"monitors":${jsonListText(this, this.monitors)}}`;
  }

  private occasion(): Omit<ReconcileEvent, 'monitors'> {
    return { scheduledTime: '<aws.scheduler.scheduled-time>', reconcilerId: this.reconcilerId };
  }
}

function turnTaker({
  engine,
  everyHours,
  startHour,
  clock,
  graceMinutes,
  output,
  scheduleIdentity,
}: ExpectedMonitor): TurnTaker {
  return { engine, everyHours, startHour, clock, graceMinutes, output, scheduleIdentity };
}
