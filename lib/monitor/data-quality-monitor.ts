import { type Duration, Stack, Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { Baseline } from '../baseline/baseline';
import { validatePrefix } from '../core/s3-prefix';
import { type Problem, ValidationError } from '../core/validation-error';
import type { CapturedData } from '../endpoint/captured-data';
import { Endpoint } from '../endpoint/endpoint';
import { endpointNameOf } from '../endpoint/endpoint-name';
import { FeatureMetrics } from './feature-metrics';
import { Monitor } from './monitor';
import { MonitorKind } from './monitor-kind';
import type { EngineBinding, IMonitoringEngine } from './monitoring-engine';
import { MonitoringFrequency } from './monitoring-frequency';
import { reportsBucketOf } from './reports-bucket';

/** Options of a data-quality monitor, whatever it is added to. */
export interface DataQualityMonitorOptions {
  /** What the captured data are compared with. */
  readonly baseline: Baseline;

  /**
   * When the monitor runs.
   *
   * @default MonitoringFrequency.hourly()
   */
  readonly frequency?: MonitoringFrequency;

  /**
   * Features whose distance to the baseline becomes a metric; each is billed as a custom metric.
   *
   * @default FeatureMetrics.none()
   */
  readonly featureMetrics?: FeatureMetrics;
}

/** Where a monitor finds its data, where it runs and where it reports. */
export interface MonitorPlacement {
  /** The endpoint that is watched. It has the monitor's account and region. */
  readonly endpoint: IEndpointRef;

  /**
   * Name of the endpoint, in its own spelling. Required where `endpoint` holds only an ARN: SageMaker writes names in lower
   * case there, but not in the keys of captured data.
   *
   * @default - the endpoint's own name
   */
  readonly endpointName?: string;

  /**
   * Where the captured data of the endpoint lie. Required for an endpoint that this library did not make.
   *
   * @default - where the endpoint's `dataCapture` puts them
   */
  readonly capturedData?: CapturedData;

  /** Where the analysis runs: `MonitoringEngine.serverless()` or `MonitoringEngine.modelMonitor()`. */
  readonly engine: IMonitoringEngine;

  /**
   * The bucket that receives the reports.
   *
   * @default - one bucket for all monitors of the stack, kept when the stack is deleted
   */
  readonly reportsBucket?: IBucket;

  /**
   * Precedes the keys of the reports; without slash at start and end.
   *
   * @default 'model-monitoring'
   */
  readonly reportsPrefix?: string;
}

/** Props of a `DataQualityMonitor`. */
export interface DataQualityMonitorProps extends MonitorPlacement, DataQualityMonitorOptions {}

/**
 * Watches the data that an endpoint receives and returns, against a baseline: types, completeness, known categories, and the
 * distance between the distributions.
 *
 * Each run writes its report below `{reportsPrefix}/{monitorId}/yyyy/mm/dd/hh/` (on Model Monitor with the endpoint's and the
 * schedule's name in between):
 *
 * ```text
 * statistics.json               what the window looked like
 * constraint_violations.json    {"violations": [{"feature_name": ..., "constraint_check_type": ..., "description": ...}]}
 * report.json                   window, counts, unreadable records, distances
 * ```
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-quality.html
 */
export class DataQualityMonitor extends Monitor {
  public readonly monitorKind = MonitorKind.DATA_QUALITY;
  public readonly endpointName: string;
  public readonly interval: Duration;

  /** The bucket that receives the reports. */
  public readonly reportsBucket: IBucket;

  /** Where in that bucket: `{reportsPrefix}/{monitorId}`. */
  public readonly reportsPrefix: string;

  /** What the engine made. */
  public readonly engineBinding: EngineBinding;

  private readonly featureMetrics: string[];

  constructor(scope: Construct, id: string, props: DataQualityMonitorProps) {
    super(scope, id);
    const frequency = props.frequency ?? MonitoringFrequency.hourly();
    const reportsPrefix = props.reportsPrefix ?? 'model-monitoring';
    const { endpointName, capturedData } = this.inputOf(props, reportsPrefix);
    this.endpointName = endpointName;
    this.interval = frequency.interval;
    this.reportsBucket = props.reportsBucket ?? reportsBucketOf(this);
    this.reportsPrefix = `${reportsPrefix}/${this.monitorId}`;
    this.featureMetrics = (props.featureMetrics ?? FeatureMetrics.none()).features;
    this.engineBinding = props.engine.bindDataQuality(this, {
      monitorId: this.monitorId,
      endpoint: props.endpoint,
      endpointName,
      capturedData,
      baseline: props.baseline,
      frequency,
      reportsBucket: this.reportsBucket,
      reportsPrefix,
      featureMetrics: this.featureMetrics,
    });
  }

  protected publishesDriftOf(feature: string): boolean {
    return this.featureMetrics.includes(feature);
  }

  /** The endpoint's name and captured data, or one error for everything that is missing. */
  private inputOf(
    props: MonitorPlacement,
    reportsPrefix: string,
  ): { endpointName: string; capturedData: CapturedData } {
    const endpointName = props.endpointName ?? endpointNameOf(props.endpoint);
    const capturedData = props.capturedData ?? capturedDataOf(props.endpoint);
    const problems: Problem[] = [
      ...validatePrefix('reportsPrefix', reportsPrefix),
      ...environmentProblems(this, props.endpoint),
    ];
    if (endpointName === undefined)
      problems.push(missing('endpointName', 'the name of the endpoint, as it was created'));
    if (capturedData === undefined) {
      problems.push(missing('capturedData', "CapturedData.at(bucket, prefix), or a 'dataCapture' of the endpoint"));
    }
    if (problems.length > 0 || endpointName === undefined || capturedData === undefined) {
      throw new ValidationError('InvalidMonitorInput', problems, this);
    }
    return { endpointName, capturedData };
  }
}

function missing(prop: string, allowed: string): Problem {
  return { prop, got: undefined, allowed };
}

/** Where our own endpoints capture to; of others nothing is known. */
function capturedDataOf(endpoint: IEndpointRef): CapturedData | undefined {
  return endpoint instanceof Endpoint ? endpoint.capturedData : undefined;
}

/** Model Monitor, captured data and metrics exist per account and region. */
function environmentProblems(monitor: Monitor, endpoint: IEndpointRef): Problem[] {
  const stack = Stack.of(monitor);
  const both = [
    { prop: 'endpoint.env.account', got: endpoint.env.account, here: stack.account },
    { prop: 'endpoint.env.region', got: endpoint.env.region, here: stack.region },
  ];
  return both
    .filter(({ got, here }) => !Token.isUnresolved(got) && !Token.isUnresolved(here) && got !== here)
    .map(({ prop, got, here }) => ({ prop, got, allowed: `that of the monitor's stack: ${here}` }));
}
