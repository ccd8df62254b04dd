import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import type { Baseline } from '../baseline/baseline';
import type { CapturedData } from '../endpoint/captured-data';
import type { MonitoringFrequency } from './monitoring-frequency';

/** What every kind of monitor asks of an engine. */
export interface MonitorSpec {
  /** Identity of the monitor; its first segment is the name of its stack. */
  readonly monitorId: string;

  /** The endpoint that is watched. */
  readonly endpoint: IConstruct;

  /** Name of that endpoint; may be a token. */
  readonly endpointName: string;

  /** Where the endpoint's captured data lie. */
  readonly capturedData: CapturedData;

  /** What the data are compared with. */
  readonly baseline: Baseline;

  /** When the monitor runs. */
  readonly frequency: MonitoringFrequency;

  /** The bucket that receives reports. */
  readonly reportsBucket: IBucket;

  /** Reports go below `{reportsPrefix}/{monitorId}/`; without slash at either end. */
  readonly reportsPrefix: string;
}

/** What a data-quality monitor asks of an engine. */
export interface DataQualitySpec extends MonitorSpec {
  /** Features whose distance to the baseline becomes a metric. */
  readonly featureMetrics: string[];
}

/** What an engine made for a monitor. */
export interface EngineBinding {
  /** Identity of the reconciler that watches the monitor's runs: dimension of its heartbeat. */
  readonly reconcilerId: string;

  /**
   * Name of SageMaker's monitoring schedule.
   *
   * @default - the engine uses none
   */
  readonly monitoringScheduleName?: string;
}

/**
 * Where the analysis runs. Every engine delivers the same outcome: reports in S3, metrics, an event.
 *
 * Use one that `MonitoringEngine` makes.
 */
export interface IMonitoringEngine {
  /** Creates below `scope` whatever runs a data-quality monitor. */
  bindDataQuality(scope: Construct, spec: DataQualitySpec): EngineBinding;
}
