import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { HeartbeatAlarm } from './alarm/heartbeat-alarm';
import { MissedAlarm } from './alarm/missed-alarm';
import { MonitorAlarms } from './alarm/monitor-alarms';
import { withoutCreationStacks } from './core/creation-stacks';
import { DataQualityMonitor, type DataQualityMonitorOptions } from './monitor/data-quality-monitor';
import type { EngineMonitor } from './monitor/engine-monitor';
import { ModelBiasMonitor, type ModelBiasMonitorOptions } from './monitor/model-bias-monitor';
import {
  ModelExplainabilityMonitor,
  type ModelExplainabilityMonitorOptions,
} from './monitor/model-explainability-monitor';
import { ModelQualityMonitor, type ModelQualityMonitorOptions } from './monitor/model-quality-monitor';
import type { IMonitor } from './monitor/monitor';
import type { IMonitorGroup } from './monitor/monitor-group';
import type { MonitorPlacement } from './monitor/monitor-placement';
import { TopicAlarmAction } from './notification/topic-alarm-action';
import { ViolationDigest } from './notification/violation-digest';

/** Props of `ModelMonitoring`. */
export interface ModelMonitoringProps extends MonitorPlacement {
  /**
   * Receives the alarms, and a readable digest of what each run found.
   *
   * @default - no messages
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * What else happens when an alarm fires.
   *
   * @default - nothing else
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];
}

/**
 * The monitors of one endpoint, or of batch transform jobs, with their alarms and messages.
 *
 * Each monitor has an alarm on drift and one on failed runs. All monitors of a stack share an alarm on runs that were due and left no
 * trace, one on the watcher that notices these, and the function that writes the messages.
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
 *   endpoint,
 *   engine: MonitoringEngine.serverless(),
 *   notificationTopic: topic,
 * });
 * monitoring.addDataQualityMonitor('DataQuality', {
 *   baseline: Baseline.fromDataset(Dataset.csv(bucket, 'training/churn.csv')),
 * });
 */
export class ModelMonitoring extends Construct implements IMonitorGroup {
  private readonly all: IMonitor[] = [];
  private readonly props: ModelMonitoringProps;
  private readonly alarmActions: cloudwatch.IAlarmAction[];

  constructor(scope: Construct, id: string, props: ModelMonitoringProps) {
    super(scope, id);
    withoutCreationStacks(this);
    this.props = props;
    const { notificationTopic } = props;
    const toTopic = notificationTopic ? [new TopicAlarmAction(notificationTopic)] : [];
    this.alarmActions = [...toTopic, ...(props.alarmActions ?? [])];
    if (notificationTopic) new ViolationDigest(this, 'Digest', { monitors: this, topic: notificationTopic });
  }

  /** The monitors that were added so far. */
  public get monitors(): IMonitor[] {
    return [...this.all];
  }

  /** The ids of the monitors that were added so far. */
  public get monitorIds(): string[] {
    return this.all.map((monitor) => monitor.monitorId);
  }

  /** Adds a monitor of data quality, with its alarms. */
  public addDataQualityMonitor(id: string, options: DataQualityMonitorOptions): DataQualityMonitor {
    const monitor = new DataQualityMonitor(this, id, { ...this.placement(), ...options });
    this.addMonitor(monitor);
    return monitor;
  }

  /** Adds a monitor of model quality, with its alarms. */
  public addModelQualityMonitor(id: string, options: ModelQualityMonitorOptions): ModelQualityMonitor {
    const monitor = new ModelQualityMonitor(this, id, { ...this.placement(), ...options });
    this.addMonitor(monitor);
    return monitor;
  }

  /** Adds a monitor of bias, with its alarms. */
  public addModelBiasMonitor(id: string, options: ModelBiasMonitorOptions): ModelBiasMonitor {
    const monitor = new ModelBiasMonitor(this, id, { ...this.placement(), ...options });
    this.addMonitor(monitor);
    return monitor;
  }

  /** Adds a monitor of feature attributions, with its alarms. */
  public addModelExplainabilityMonitor(
    id: string,
    options: ModelExplainabilityMonitorOptions,
  ): ModelExplainabilityMonitor {
    const monitor = new ModelExplainabilityMonitor(this, id, { ...this.placement(), ...options });
    this.addMonitor(monitor);
    return monitor;
  }

  /** Adds a monitor that was made elsewhere, as one with an engine or an input of its own, with its alarms. */
  public addMonitor(monitor: EngineMonitor): void {
    new MonitorAlarms(monitor, 'Alarms', { monitor, alarmActions: this.alarmActions });
    const { reconcilerId } = monitor.engineBinding;
    for (const shared of [HeartbeatAlarm.of(this, reconcilerId), MissedAlarm.of(this, reconcilerId)]) {
      for (const action of this.alarmActions) shared.addActionOnce(action);
    }
    this.all.push(monitor);
  }

  private placement(): MonitorPlacement {
    const { endpoint, endpointName, capturedData, batchTransform, engine, reportsBucket, reportsPrefix } = this.props;
    return { endpoint, endpointName, capturedData, batchTransform, engine, reportsBucket, reportsPrefix };
  }
}
