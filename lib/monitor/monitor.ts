import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ACCOUNT, BUCKET, DURATION, EVENT_BUS, REGION } from '../core/cdk-shapes';
import { oneOf, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { validatePrefix } from '../core/s3-prefix';
import { throwIfAny } from '../core/validation-error';
import { MonitorKind } from '../kind/monitor-kind';
import { METRICS } from '../outcome/contract';
import { monitorIdOf, monitoringIdOf } from '../outcome/monitor-id';
import { DEFAULT_REPORTS_PREFIX, type ReportsPlace, reportsPlace } from '../outcome/reports-place';
import type { IMonitorGroup } from './monitor-group';
import { featureDriftMetric, healthMetric, outcomeMetric } from './outcome-metric';
import { outcomeRule } from './outcome-rule';

/**
 * Something that watches one aspect of a model and delivers an outcome after every run: a report, metrics, an event.
 *
 * A metric of this library has the namespace `SageMakerMonitoring` and the dimension `MonitorId`; values are stamped with the time
 * at which the run was concluded, not with its window. The default period is the time between two runs.
 */
export interface IMonitor extends IMonitorGroup {
  /** Identity of the monitor: dimension of its metrics, field of its events, part of its reports' keys. */
  readonly monitorId: string;

  /** What the health of its runs counts for: the identity of its `ModelMonitoring`, or its own where it stands alone. */
  readonly monitoringId: string;

  /** What the monitor watches. */
  readonly monitorKind: MonitorKind;

  /**
   * Name of the endpoint that is watched; may be a token.
   *
   * @default - batch transform jobs are watched
   */
  readonly endpointName?: string;

  /** Time between two runs. */
  readonly interval: Duration;

  /**
   * A metric of the monitor by its name, as `Violations`. The other methods stand on it.
   *
   * @default - average over the time between two runs
   */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Number of confirmed violations in a run, 0 or more; no value for a run that failed or had no data.
   *
   * @default - maximum over the time between two runs
   */
  metricViolations(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How whole runs are, of all monitors with the same `monitoringId`: 0 whole, 1 less read or checked than asked, 2 failed, 3 missed.
   *
   * @default - maximum over the time between two runs
   */
  metricHealth(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * 1 for a run that ended with a report, else 0. Opt-in by `runMetrics`.
   *
   * @default - sum over the time between two runs
   */
  metricCompleted(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * 1 for a run that ended without a report, else 0. Opt-in by `runMetrics`.
   *
   * @default - sum over the time between two runs
   */
  metricFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * 1 for a run whose window held no record, else 0. Opt-in by `runMetrics`.
   *
   * @default - sum over the time between two runs
   */
  metricNoData(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * 1 for a run that was expected and left no trace, else 0; published by the reconciler. Opt-in by `runMetrics`.
   *
   * @default - sum over the time between two runs
   */
  metricMissed(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Distance of a feature's distribution to its baseline, 0 to 1; no value where it was not compared.
   *
   * On the serverless engine it is this library's, opt-in by `featureMetrics`; on Model Monitor SageMaker's own `feature_baseline_drift_{feature}`, opt-in by
   * the engine's `serviceMetrics`. Throws where it is not published, except for monitors that were imported: theirs is taken for this library's.
   *
   * @default - maximum over the time between two runs
   */
  metricFeatureDrift(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What is known of a monitor that another app deployed. */
export interface MonitorAttributes {
  /** The monitor's id, as `monitorId` gave it. */
  readonly monitorId: string;

  /**
   * What the health of its runs counts for, as `monitoringId` gave it.
   *
   * @default - the monitor's id: it stands alone
   */
  readonly monitoringId?: string;

  /** What it watches. */
  readonly monitorKind: MonitorKind;

  /**
   * Name of the endpoint that it watches.
   *
   * @default - batch transform jobs are watched
   */
  readonly endpointName?: string;

  /**
   * Time between two runs: the default period of its metrics.
   *
   * @default Duration.hours(1)
   */
  readonly interval?: Duration;

  /**
   * The bus that receives the events of its runs.
   *
   * @default - the default bus of the account
   */
  readonly eventBus?: events.IEventBus;

  /**
   * The account in which it runs: rules believe only events that were put from there. Give it where the monitor's account sends its events to a bus of this one.
   * Its metrics are read where alarms and dashboards are.
   *
   * @default - that of the stack
   */
  readonly account?: string;

  /**
   * The region in which it runs: rules believe only events that were put there. Give it where a rule of that region sends its events here.
   *
   * @default - that of the stack
   */
  readonly region?: string;

  /**
   * The bucket that receives its reports, of the region of the stack. Messages and retraining act on what the report says, whatever an event claims; a bucket of
   * another account has to let their roles read by its policy.
   *
   * @default - not known: messages and retraining believe its events, which a warning says
   */
  readonly reportsBucket?: IBucket;

  /**
   * What precedes the keys of its reports in that bucket; without slash at start and end.
   *
   * @default 'model-monitoring'
   */
  readonly reportsPrefix?: string;
}

const ATTRIBUTES: Shapes<MonitorAttributes> = {
  monitorId: TEXT,
  monitoringId: optional(TEXT),
  monitorKind: oneOf(MonitorKind),
  endpointName: optional(TEXT),
  interval: optional(DURATION),
  eventBus: optional(EVENT_BUS),
  account: optional(ACCOUNT),
  region: optional(REGION),
  reportsBucket: optional(BUCKET),
  reportsPrefix: optional(TEXT),
};

/**
 * Base of all monitors: identity and metrics.
 */
export abstract class Monitor extends Construct implements IMonitor {
  /** Refers to a monitor that is deployed elsewhere, for metrics, alarms and triggers. */
  public static fromMonitorAttributes(scope: Construct, id: string, attributes: MonitorAttributes): IMonitor {
    requireProps(attributes, ATTRIBUTES, scope);
    const { reportsPrefix = DEFAULT_REPORTS_PREFIX } = attributes;
    throwIfAny('InvalidReportsPrefix', validatePrefix('reportsPrefix', reportsPrefix), scope);
    return new ImportedMonitor(scope, id, attributes);
  }

  public readonly monitorId: string;
  public readonly monitoringId: string;
  public abstract readonly monitorKind: MonitorKind;
  public abstract readonly endpointName?: string;
  public abstract readonly interval: Duration;
  public abstract readonly eventBus?: events.IEventBus;

  /**
   * @param elsewhere identity of a monitor that is deployed elsewhere; by default it is made from the construct's path
   */
  protected constructor(
    scope: Construct,
    id: string,
    private readonly elsewhere?: MonitorAttributes,
  ) {
    super(scope, id);
    this.monitorId = elsewhere?.monitorId ?? monitorIdOf(this);
    this.monitoringId = (elsewhere ? elsewhere.monitoringId : monitoringIdOf(this)) ?? this.monitorId;
  }

  public get monitorIds(): string[] {
    return [this.monitorId];
  }

  public get accounts(): string[] | undefined {
    return [this.elsewhere?.account ?? Stack.of(this).account];
  }

  public get regions(): string[] | undefined {
    return [this.elsewhere?.region ?? Stack.of(this).region];
  }

  /** Where its reports lie, by its id; undefined where that is not known. */
  public get reportsPlaces(): { [monitorId: string]: ReportsPlace } | undefined {
    return undefined;
  }

  public onViolations(id: string, options: events.OnEventOptions = {}): events.Rule {
    return outcomeRule(this, id, { monitors: this, statuses: ['CompletedWithViolations'], options });
  }

  public onOutcome(id: string, options: events.OnEventOptions = {}): events.Rule {
    return outcomeRule(this, id, { monitors: this, options });
  }

  public metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    requireProps({ metricName }, { metricName: TEXT }, this);
    return outcomeMetric(this, metricName, options);
  }

  public metricViolations(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.violations, { statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  public metricHealth(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return healthMetric(this, options);
  }

  public metricCompleted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.completed, { statistic: cloudwatch.Stats.SUM, ...options });
  }

  public metricFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.failed, { statistic: cloudwatch.Stats.SUM, ...options });
  }

  public metricNoData(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.noData, { statistic: cloudwatch.Stats.SUM, ...options });
  }

  public metricMissed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.missed, { statistic: cloudwatch.Stats.SUM, ...options });
  }

  public metricFeatureDrift(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return featureDriftMetric(this, feature, options);
  }
}

class ImportedMonitor extends Monitor {
  public readonly monitorKind: MonitorKind;
  public readonly endpointName?: string;
  public readonly interval: Duration;
  public readonly eventBus?: events.IEventBus;
  private readonly reports?: ReportsPlace;

  constructor(scope: Construct, id: string, attributes: MonitorAttributes) {
    super(scope, id, attributes);
    this.monitorKind = attributes.monitorKind;
    this.endpointName = attributes.endpointName;
    this.interval = attributes.interval ?? Duration.hours(1);
    this.eventBus = attributes.eventBus;
    const { monitorId, reportsBucket, reportsPrefix = DEFAULT_REPORTS_PREFIX } = attributes;
    this.reports = reportsBucket && reportsPlace({ bucket: this.imported(reportsBucket), reportsPrefix, monitorId });
  }

  /** The bucket as one of this stack: who names it here wants the reference to the stack that has it. */
  private imported(bucket: IBucket): IBucket {
    if (Stack.of(bucket) === Stack.of(this)) return bucket;
    const { bucketName, encryptionKey, env } = bucket;
    return Bucket.fromBucketAttributes(this, 'Reports', { bucketName, encryptionKey, ...env });
  }

  public override get reportsPlaces(): { [monitorId: string]: ReportsPlace } | undefined {
    return this.reports && { [this.monitorId]: this.reports };
  }
}
