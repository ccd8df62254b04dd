import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type {
  AddDataQualityMonitorOptions,
  AddModelBiasMonitorOptions,
  AddModelExplainabilityMonitorOptions,
  AddModelQualityMonitorOptions,
  AddMonitorOptions,
} from './added-monitor';
import { alarmProblems, alarmProps } from './alarm/alarm-options';
import { healthAlarmProps, sharedHealthProblems, tagged } from './alarm/health-alarm';
import { MONITOR_ALARM_OPTIONS, type MonitorAlarmOptions, MonitorAlarms } from './alarm/monitor-alarms';
import { notEnabled } from './alarm/not-enabled';
import { OperationsAlarms } from './alarm/operations-alarms';
import { setPeriods, sinceARun } from './alarm/since-a-run';
import { StackAlarms } from './alarm/stack-alarms';
import { ALARM_ACTIONS, TOPIC } from './core/cdk-shapes';
import { DOCUMENTATION_CONTEXT } from './core/contract';
import { documentationProblems } from './core/documentation';
import { MonitoringAlarm } from './core/monitoring-alarm';
import { having, instance, optional, requireProps, type Shapes, struct, TEXT } from './core/prop-shapes';
import { settleLogicalIds } from './core/settled-ids';
import { TopicAlarmAction } from './core/topic-alarm-action';
import { type Problem, throwIfAny, ValidationError } from './core/validation-error';
import type { EndpointOperations } from './endpoint/endpoint-operations';
import type { OperationsAlarm } from './endpoint/operations-alarm';
import { MonitoringEngine } from './engine/monitoring-engine';
import { DataQualityMonitor } from './monitor/data-quality-monitor';
import { ENGINE, type EngineMonitor } from './monitor/engine-monitor';
import { ModelBiasMonitor } from './monitor/model-bias-monitor';
import { ModelExplainabilityMonitor } from './monitor/model-explainability-monitor';
import { ModelQualityMonitor } from './monitor/model-quality-monitor';
import type { IMonitor } from './monitor/monitor';
import type { IMonitorGroup } from './monitor/monitor-group';
import { monitorOutputs } from './monitor/monitor-outputs';
import type { MonitorPlacement } from './monitor/monitor-placement';
import { MONITOR_PLACEMENT } from './monitor/monitor-placement';
import type { IMonitoringEngine } from './monitor/monitoring-engine';
import { healthMetric } from './monitor/outcome-metric';
import { outcomeRule, refuseOtherBus } from './monitor/outcome-rule';
import { MESSAGE_OPTIONS, type MessageOptions } from './notification/message-options';
import { ViolationDigest } from './notification/violation-digest';
import { shareHealth } from './outcome/monitor-id';
import type { ReportsPlace } from './outcome/reports-place';

/** Props of `ModelMonitoring`. */
export interface ModelMonitoringProps extends MonitorPlacement {
  /**
   * Where the analysis of its monitors runs, but for those that are added with an engine of their own.
   *
   * @default MonitoringEngine.serverless()
   */
  readonly engine?: IMonitoringEngine;

  /**
   * Receives the alarms, and a readable digest of what each run found.
   *
   * @default - no messages
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * What form the messages to the `notificationTopic` have, and where they lead.
   *
   * @default - text, with links that open for who is signed in to the account
   */
  readonly messages?: MessageOptions;

  /**
   * What else happens when an alarm fires; with the topic, at most five actions.
   *
   * @default - nothing else
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when an alarm goes back; at most five actions.
   *
   * @default - nothing: the topic is told of alarms that fire
   */
  readonly okActions?: cloudwatch.IAlarmAction[];

  /**
   * How the alarms of the monitors differ from their defaults. A monitor that is added with `alarms` of its own has those in place of
   * these, alarm by alarm.
   *
   * @default - each monitor has an alarm on drift, and all together have one on their health
   */
  readonly alarms?: MonitorAlarmOptions;

  /**
   * The alarm that all monitors of the stack share, on the watcher that notices missed runs. It does what it was made to do, and nothing of what is
   * said here.
   *
   * @default - an alarm of the stack, which does what each `ModelMonitoring` says that shares it
   */
  readonly stackAlarms?: StackAlarms;

  /**
   * Base address of the documents that messages, alarms and errors refer to: `runbook.md` and `errors.md` lie below it. What a whole stack shares, as its
   * alarms, has that of the context `cdk-sagemaker-monitoring:documentationUrl`, which is also the default of this.
   *
   * @default - the documents in the library's repository
   */
  readonly documentationUrl?: string;
}

/** Ids of what is made beside and below the monitors. */
const DIGEST = 'Digest';
const ALARMS = 'Alarms';
const HEALTH = 'Health';

/** What has ids that a monitor could be given. */
const TAKEN = new Map([
  [DIGEST, `'${DIGEST}' are the messages to the notificationTopic`],
  [HEALTH, `'${HEALTH}' is the alarm on the health of the monitors`],
]);

const NO_MONITOR: Problem = { prop: 'healthAlarm', got: 'no monitor', allowed: '1 monitor or more, added before' };

const ALARM_SETTINGS = struct(MONITOR_ALARM_OPTIONS);
const MONITOR = having('monitorId', 'a monitor (IMonitor)');

const PROPS: Shapes<ModelMonitoringProps> = {
  ...MONITOR_PLACEMENT,
  engine: optional(ENGINE),
  notificationTopic: optional(TOPIC),
  messages: optional(struct(MESSAGE_OPTIONS)),
  alarmActions: optional(ALARM_ACTIONS),
  okActions: optional(ALARM_ACTIONS),
  alarms: optional(ALARM_SETTINGS),
  stackAlarms: optional(instance(StackAlarms)),
  documentationUrl: optional(TEXT),
};

const ADDED = {
  monitor: having('engineBinding', 'a monitor of this app (EngineMonitor)'),
  alarms: ALARM_SETTINGS,
};

/**
 * The monitors of one endpoint, or of batch transform jobs, with their alarms and messages.
 *
 * Each monitor has an alarm on drift. Together they have one on their health: a run that read or checked less than it was asked for, that failed, or
 * that is missing. All monitors of a stack share an alarm on the watcher that notices missing runs, and the function that writes the messages.
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import * as sns from 'aws-cdk-lib/aws-sns';
 *
 * declare const endpoint: Endpoint;
 * declare const topic: sns.Topic;
 * declare const bucket: s3.Bucket;
 *
 * const monitoring = new ModelMonitoring(this, 'Monitoring', {
 *   data: MonitoredData.endpoint(endpoint),
 *   notificationTopic: topic,
 * });
 * monitoring.addDataQualityMonitor('DataQuality', {
 *   baseline: Baseline.fromDataset(Dataset.csv(bucket, 'training/churn.csv')),
 * });
 */
export class ModelMonitoring extends Construct implements IMonitorGroup {
  private readonly alarmsByMonitor = new Map<EngineMonitor, MonitorAlarms>();
  private hasOutputs = false;
  private readonly props: ModelMonitoringProps;
  private readonly engine: IMonitoringEngine;
  private readonly alarmActions: cloudwatch.IAlarmAction[];
  private health?: cloudwatch.Alarm;

  /** Identity of the monitors together: dimension of their health. */
  public readonly monitoringId: string;

  constructor(scope: Construct, id: string, props: ModelMonitoringProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    this.props = props;
    throwIfAny('InvalidDocumentationUrl', documentationProblems('documentationUrl', props.documentationUrl), this);
    if (props.documentationUrl !== undefined) this.node.setContext(DOCUMENTATION_CONTEXT, props.documentationUrl);
    this.monitoringId = shareHealth(this);
    this.engine = props.engine ?? MonitoringEngine.serverless();
    const { notificationTopic, messages } = props;
    const toTopic = notificationTopic ? [new TopicAlarmAction(notificationTopic)] : [];
    this.alarmActions = [...toTopic, ...(props.alarmActions ?? [])];
    if (notificationTopic) new ViolationDigest(this, DIGEST, { ...messages, monitors: this, topic: notificationTopic });
  }

  /** The monitors that were added so far. */
  public get monitors(): IMonitor[] {
    return [...this.alarmsByMonitor.keys()];
  }

  /** The ids of the monitors that were added so far. */
  public get monitorIds(): string[] {
    return this.monitors.map((monitor) => monitor.monitorId);
  }

  /** The accounts in which they run. */
  public get accounts(): string[] | undefined {
    return this.monitors.flatMap(({ accounts = [] }) => accounts);
  }

  /** The regions in which they run. */
  public get regions(): string[] | undefined {
    return this.monitors.flatMap(({ regions = [] }) => regions);
  }

  /** Where the reports of the monitors lie that were added so far. */
  public get reportsPlaces(): { [monitorId: string]: ReportsPlace } | undefined {
    return Object.assign({}, ...this.monitors.map(({ reportsPlaces }) => reportsPlaces));
  }

  /** The bus that receives the events of their runs; absent: the default bus of the account. */
  public get eventBus(): events.IEventBus | undefined {
    return this.props.eventBus;
  }

  /**
   * Fires when a run of one of the monitors saw less than it should, failed, or is missing. Throws without a monitor that was added here, and when it is
   * not enabled.
   */
  public get healthAlarm(): cloudwatch.Alarm {
    const hasOwn = this.monitors.some(({ monitoringId }) => monitoringId === this.monitoringId);
    return this.health ?? notEnabled('alarms.health', this, hasOwn ? undefined : NO_MONITOR);
  }

  /**
   * How whole the runs of the monitors are: 0 whole, 1 less read or checked than asked, 2 failed, 3 missed.
   *
   * @default - maximum over the longest time between two runs of a monitor
   */
  public metricHealth(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const interval = Duration.minutes(this.longestMinutes());
    return healthMetric({ monitoringId: this.monitoringId, interval }, options);
  }

  public onViolations(id: string, options: events.OnEventOptions = {}): events.Rule {
    return outcomeRule(this, id, { monitors: this, statuses: ['CompletedWithViolations'], options });
  }

  public onOutcome(id: string, options: events.OnEventOptions = {}): events.Rule {
    return outcomeRule(this, id, { monitors: this, options });
  }

  /** Adds a monitor of data quality, with its alarms. */
  public addDataQualityMonitor(id: string, options: AddDataQualityMonitorOptions): DataQualityMonitor {
    const monitor = new DataQualityMonitor(this, this.vacant(id), { ...options, ...this.placement(options) });
    this.addMonitor(monitor, options.alarms);
    return monitor;
  }

  /** Adds a monitor of model quality, with its alarms. */
  public addModelQualityMonitor(id: string, options: AddModelQualityMonitorOptions): ModelQualityMonitor {
    const monitor = new ModelQualityMonitor(this, this.vacant(id), { ...options, ...this.placement(options) });
    this.addMonitor(monitor, options.alarms);
    return monitor;
  }

  /** Adds a monitor of bias, with its alarms. */
  public addModelBiasMonitor(id: string, options: AddModelBiasMonitorOptions): ModelBiasMonitor {
    const monitor = new ModelBiasMonitor(this, this.vacant(id), { ...options, ...this.placement(options) });
    this.addMonitor(monitor, options.alarms);
    return monitor;
  }

  /** Adds a monitor of feature attributions, with its alarms. */
  public addModelExplainabilityMonitor(
    id: string,
    options: AddModelExplainabilityMonitorOptions,
  ): ModelExplainabilityMonitor {
    const monitor = new ModelExplainabilityMonitor(this, this.vacant(id), { ...options, ...this.placement(options) });
    this.addMonitor(monitor, options.alarms);
    return monitor;
  }

  /**
   * Adds a monitor that was made elsewhere, as one of other data, and returns its alarms.
   *
   * @param alarms how its alarms differ from those of the other monitors
   */
  public addMonitor(monitor: EngineMonitor, alarms: MonitorAlarmOptions = {}): MonitorAlarms {
    requireProps({ monitor, alarms }, ADDED, this);
    this.refuseSecondAlarms(monitor);
    refuseOtherBus(this, monitor);
    this.refuseOwnHealth(monitor, alarms);
    const { alarmActions } = this;
    const { okActions } = this.props;
    const { health, ...others } = this.props.alarms ?? {}; // of the monitors that share it, health has its options here
    const ownHealth = monitor.monitoringId === this.monitoringId ? {} : { health };
    const differing = { ...others, ...ownHealth, ...alarms };
    const made = new MonitorAlarms(monitor, ALARMS, { ...differing, monitor, alarmActions, okActions });
    if (monitor.engineBinding.reconcilerId !== undefined) this.shareAlarms(monitor);
    this.alarmsByMonitor.set(monitor, made);
    if (monitor.monitoringId === this.monitoringId) this.watchHealth();
    if (this.hasOutputs) monitorOutputs(monitor);
    return made;
  }

  /**
   * Adds alarms on how an endpoint does its work. When they fire, and go back, there happens what happens with the alarms of the monitors.
   *
   * @param id which nothing else has here
   * @param operations what is watched: a variant of an endpoint, or an inference component
   * @param alarms in place of `OperationsAlarm.defaults(operations)`
   */
  public addOperationsAlarms(id: string, operations: EndpointOperations, alarms?: OperationsAlarm[]): OperationsAlarms {
    const { alarmActions } = this;
    const { okActions } = this.props;
    return new OperationsAlarms(this, this.vacant(id), { operations, alarms, alarmActions, okActions });
  }

  /** Between two runs of one of the monitors. */
  private longestMinutes(): number {
    return Math.max(60, ...this.monitors.map(({ interval }) => interval.toMinutes()));
  }

  /** One alarm for all monitors, over the longest time between two runs: what the slowest of them said stands until it says something else. */
  private watchHealth(): void {
    const { health = {} } = this.props.alarms ?? {};
    const props = alarmProps(healthAlarmProps(this, this.metricHealth(), `Monitors of ${this.monitoringId}`), health);
    throwIfAny('InvalidAlarmOptions', alarmProblems('alarms.health', props), this);
    if (health.enabled === false) return;
    if (!this.health) {
      this.health = tagged(new MonitoringAlarm(this, HEALTH, props), this.monitoringId);
      settleLogicalIds(this.health);
      this.health.addAlarmAction(...this.alarmActions);
      this.health.addOkAction(...(this.props.okActions ?? []));
    }
    setPeriods(this.health, sinceARun(props));
  }

  /**
   * Adds outputs to the stack, of the monitors that are there and of those that are added later: where each monitor's reports lie, and the command that
   * runs it once, which an engine of your own may not have.
   */
  public addOutputs(): void {
    if (this.hasOutputs) return;
    this.hasOutputs = true;
    for (const monitor of this.alarmsByMonitor.keys()) monitorOutputs(monitor);
  }

  /** The alarms of a monitor that was added. */
  public alarmsOf(monitor: IMonitor): MonitorAlarms {
    requireProps({ monitor }, { monitor: MONITOR }, this);
    const [, alarms] = [...this.alarmsByMonitor].find(([added]) => added === monitor) ?? [];
    if (alarms) return alarms;
    const problem = { prop: 'monitor', got: monitor.monitorId, allowed: 'a monitor that was added here' };
    throw new ValidationError('UnknownMonitor', [problem], this);
  }

  private shareAlarms(monitor: EngineMonitor): void {
    const given = this.props.stackAlarms;
    const shared = given ?? StackAlarms.of(monitor);
    const { reconcilerId: got } = shared;
    if (got !== monitor.engineBinding.reconcilerId) {
      const allowed = `alarms made in the stack of the monitor, ${monitor.engineBinding.reconcilerId}`;
      throw new ValidationError('InvalidStackAlarms', [{ prop: 'stackAlarms', got, allowed }], this);
    }
    if (given) return;
    shared._addOnce('alarmActions', this.alarmActions);
    shared._addOnce('okActions', this.props.okActions ?? []);
  }

  /** A monitor has its alarms once. */
  private refuseSecondAlarms(monitor: EngineMonitor): void {
    if (!monitor.node.tryFindChild(ALARMS)) return;
    const allowed = 'a monitor without alarms';
    const advice = 'it was added to a ModelMonitoring already; addDataQualityMonitor and its like add what they make';
    throw new ValidationError(
      'MonitorAddedTwice',
      [{ prop: 'monitor', got: monitor.monitorId, allowed, advice }],
      this,
    );
  }

  /** The health of all monitors has one alarm. */
  private refuseOwnHealth({ monitoringId }: EngineMonitor, { health }: MonitorAlarmOptions): void {
    if (monitoringId !== this.monitoringId) return;
    throwIfAny('InvalidAlarmOptions', sharedHealthProblems('alarms.health', health), this);
  }

  /** An id for a monitor: not that of another, nor one that is taken here. */
  private vacant(id: string): string {
    requireProps({ id }, { id: TEXT }, this);
    if (id !== HEALTH && !this.node.tryFindChild(id)) return id;
    const problem = { prop: 'id', got: id, allowed: 'an id that nothing else has here', advice: TAKEN.get(id) };
    throw new ValidationError('MonitorIdTaken', [problem], this);
  }

  private placement({ engine = this.engine }: AddMonitorOptions = {}) {
    const { data, reportsBucket, reportsPrefix, eventBus, runMetrics } = this.props;
    return { data, engine, reportsBucket, reportsPrefix, eventBus, runMetrics };
  }
}
