import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { having, requireProps, type Shapes } from '../core/prop-shapes';
import { validatePrefix } from '../core/s3-prefix';
import { settleLogicalIds } from '../core/settled-ids';
import { throwIfAny, ValidationError } from '../core/validation-error';
import type { KindProp } from '../kind/kind-sheet';
import { METRICS, RUN_METRICS } from '../outcome/contract';
import { reportsBucketOf, saySharedPlace } from '../outcome/reports-bucket';
import { DEFAULT_REPORTS_PREFIX, type ReportsPlace, reportsPlace } from '../outcome/reports-place';
import { Monitor } from './monitor';
import { MONITOR_OPTIONS, MONITOR_PLACEMENT, type MonitorOptions, type MonitorPlacement } from './monitor-placement';
import type { EngineBinding, IMonitoringEngine, MonitorSpec } from './monitoring-engine';
import { MonitoringFrequency } from './monitoring-frequency';
import { variantDifferencesMetric } from './outcome-metric';
import { grantTriageOf } from './triage-grant';

/** What every monitor on an engine is made from. */
export interface EngineMonitorProps extends MonitorPlacement, MonitorOptions {
  /** Where the analysis runs: `MonitoringEngine.serverless()` or `MonitoringEngine.modelMonitor()`. */
  readonly engine: IMonitoringEngine;
}

/** @internal */
export const ENGINE = having('bind', 'an engine (IMonitoringEngine), such as MonitoringEngine.serverless()');

/**
 * What the props that all monitors have need to be.
 *
 * @internal
 */
export const ENGINE_MONITOR: Shapes<EngineMonitorProps> = { ...MONITOR_PLACEMENT, ...MONITOR_OPTIONS, engine: ENGINE };

/** What every engine is asked for, whatever the kind of monitor. */
type CommonSpec = Omit<MonitorSpec, 'kind' | KindProp>;

/**
 * Base of the monitors that an engine runs.
 *
 * Each run writes its report below `{reportsPrefix}/{monitorId}/yyyy/mm/dd/hh/`, below an hour with its minute after it; on Model Monitor the names of endpoint and schedule
 * stand in between.
 */
export abstract class EngineMonitor extends Monitor implements iam.IGrantable, ec2.IConnectable {
  public readonly endpointName?: string;
  public readonly interval: Duration;
  public readonly eventBus?: events.IEventBus;

  /** Where the reports lie. */
  public readonly reports: ReportsPlace;

  /** What the engine made. */
  public abstract readonly engineBinding: EngineBinding;

  private readonly common: CommonSpec;

  constructor(scope: Construct, id: string, props: EngineMonitorProps) {
    super(scope, id);
    requireProps(props, this._propShapes(), this);
    const { reportsBucket = reportsBucketOf(this), reportsPrefix = DEFAULT_REPORTS_PREFIX } = props;
    throwIfAny('InvalidReportsPrefix', validatePrefix('reportsPrefix', reportsPrefix), this);
    settleLogicalIds(this);
    saySharedPlace(this, reportsBucket, props.reportsPrefix);
    this.common = {
      ...props.data._inputOf(this),
      monitorId: this.monitorId,
      monitoringId: this.monitoringId,
      runMetrics: props.runMetrics,
      baseline: props.baseline,
      eventBus: props.eventBus,
      frequency: props.frequency ?? MonitoringFrequency.hourly(),
      alertPolicy: props.alertPolicy,
      reports: reportsPlace({
        bucket: reportsBucket,
        reportsPrefix,
        monitorId: this.monitorId,
      }),
    };
    this.endpointName = this.common.endpointInput?.endpointName;
    this.interval = this.common.frequency.interval;
    this.reports = this.common.reports;
    this.eventBus = props.eventBus;
  }

  /**
   * What the props have to be; a kind with props of its own adds theirs.
   *
   * @internal
   */
  protected _propShapes(): Shapes<EngineMonitorProps> {
    return ENGINE_MONITOR;
  }

  /**
   * Asks the engine for what runs the monitor.
   *
   * @param part what its kind is told
   * @internal
   */
  protected _bind(engine: IMonitoringEngine, part: Pick<MonitorSpec, KindProp>): EngineBinding {
    return engine.bind(this, { ...this.common, kind: this.monitorKind, ...part });
  }

  /**
   * The endpoint that is watched; undefined where there is none.
   *
   * @internal
   */
  public get _endpoint(): IEndpointRef | undefined {
    return this.common.endpointInput?.endpoint;
  }

  /** Where its reports lie, by its id; undefined where its engine leaves none of what its runs come to. */
  public override get reportsPlaces(): { [monitorId: string]: ReportsPlace } | undefined {
    return this.engineBinding.reportsOutcome ? { [this.monitorId]: this.reports } : undefined;
  }

  /**
   * Permits to say of the monitor what the commands `accept`, `snooze`, `pause` and `exceptions` say: to read its reports, to write its `exceptions.json` and the records of what was done below
   * `audit/`, and to put events of that on its bus. No role of this library has this. `back-fill` needs its schedule and the state machine as well.
   *
   * @param grantee says it: the role of those who are on call
   */
  public grantTriage(grantee: iam.IGrantable): iam.Grant {
    return grantTriageOf(grantee, this);
  }

  /** Who reads the captured data: the role of its jobs, or on the serverless engine that of a function which all monitors of the stack share. */
  public get grantPrincipal(): iam.IPrincipal {
    return this.engineBinding.grantPrincipal ?? new iam.UnknownPrincipal({ resource: this });
  }

  /** Network connections of its jobs. Throws where they are in no VPC. */
  public get connections(): ec2.Connections {
    const { connections } = this.engineBinding;
    if (connections) return connections;
    const allowed = 'a monitor whose engine is told a VPC: MonitoringEngine.modelMonitor({ vpc })';
    throw new ValidationError('NotInVpc', [{ prop: 'connections', got: 'none', allowed }], this);
  }

  public metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    if (!this.common.runMetrics && RUN_METRICS.includes(metricName)) throw notPublished(metricName, this);
    return super.metric(metricName, options);
  }

  public metricFeatureDrift(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.engineBinding.metrics.featureDrift(feature, options);
  }

  /**
   * How many differences of two variants chance does not explain, of a kind that compares them. Throws where that is not asked for.
   *
   * @internal
   */
  protected _metricVariantDifferences(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { endpointInput, writtenInput } = this.common;
    const { comparison } = endpointInput ?? writtenInput ?? {};
    if (!comparison?.metric) throw differencesNotPublished(this);
    const { monitorId, frequency } = this.common;
    return variantDifferencesMetric({ monitorId, interval: frequency.interval }, options);
  }
}

function differencesNotPublished(monitor: EngineMonitor): ValidationError {
  const allowed = "data with 'comparison: VariantComparison.between(reference, candidate, { metric: true })'";
  const problem = { prop: 'data.comparison', got: 'none with a metric', allowed };
  return new ValidationError('VariantMetricNotPublished', [problem], monitor);
}

/** An alarm on a metric that has no values would never fire. */
function notPublished(metric: string, monitor: EngineMonitor): ValidationError {
  const advice = `${METRICS.health} and ${METRICS.violations} are always published`;
  const problem = { prop: 'runMetrics', got: false, allowed: `true, where ${metric} is asked for`, advice };
  return new ValidationError('RunMetricNotPublished', [problem], monitor);
}
