import type { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { Baseline } from '../baseline/baseline';
import type { BatchTransformData } from '../endpoint/batch-transform-data';
import type { CapturedData } from '../endpoint/captured-data';
import type { ReportsPlace } from '../outcome/reports-place';
import type { AnalysisWindow } from './analysis-window';
import type { BiasAnalysis } from './bias-analysis';
import type { IEngineMetrics } from './engine-metrics';
import type { GroundTruth } from './ground-truth';
import type { ModelProblem } from './model-problem';
import type { MonitoringFrequency } from './monitoring-frequency';
import type { ShapAnalysis } from './shap-analysis';

/** An endpoint that a monitor reads. */
export interface EndpointInput {
  /** The endpoint. */
  readonly endpoint: IEndpointRef;

  /** Name of that endpoint; may be a token. */
  readonly endpointName: string;

  /** Where the endpoint's captured data lie. */
  readonly capturedData: CapturedData;
}

/** What every kind of monitor asks of an engine. It reads an endpoint or batch transform jobs: one of the two. */
export interface MonitorSpec {
  /** Identity of the monitor; its first segment is the name of its stack. */
  readonly monitorId: string;

  /**
   * The endpoint that is watched.
   *
   * @default - none
   */
  readonly endpointInput?: EndpointInput;

  /**
   * The batch transform jobs that are watched.
   *
   * @default - none
   */
  readonly batchTransformInput?: BatchTransformData;

  /** What the data are compared with. */
  readonly baseline: Baseline;

  /** When the monitor runs. */
  readonly frequency: MonitoringFrequency;

  /** Where its reports go. */
  readonly reports: ReportsPlace;
}

/** What a data-quality monitor asks of an engine. */
export interface DataQualitySpec extends MonitorSpec {
  /** Features whose distance to the baseline becomes a metric. */
  readonly featureMetrics: string[];

  /** Features that are left out of the analysis. */
  readonly excludedFeatures: string[];
}

/** What a monitor that compares predictions with labels asks of an engine. */
export interface LabelledMonitorSpec extends MonitorSpec {
  /** Where the labels lie. */
  readonly groundTruth: GroundTruth;

  /** Which hours each run analyses. */
  readonly window: AnalysisWindow;
}

/** What a model-quality monitor asks of an engine. */
export interface ModelQualitySpec extends LabelledMonitorSpec {
  /** What the model predicts, and where its predictions stand. */
  readonly problem: ModelProblem;
}

/** What a bias monitor asks of an engine. */
export interface ModelBiasSpec extends LabelledMonitorSpec {
  /** Which groups are compared, and where labels and predictions stand. */
  readonly analysis: BiasAnalysis;
}

/** What an explainability monitor asks of an engine. */
export interface ModelExplainabilitySpec extends MonitorSpec {
  /** How feature attributions are computed. */
  readonly analysis: ShapAnalysis;
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

  /**
   * Name of SageMaker's job definition; a new one with each change.
   *
   * @default - the engine uses none
   */
  readonly jobDefinitionName?: string;

  /**
   * A line for a POSIX shell that runs the monitor once, now, over a window as long as the monitor's interval. It needs AWS's command line,
   * and prints the line that deletes what it made. For a `CfnOutput`; docs/one-time-run.md has the rest.
   *
   * @default - the engine has none
   */
  readonly oneTimeRunCommand?: string;

  /** What the engine publishes of features, measures and groups; it throws for what it does not. */
  readonly metrics: IEngineMetrics;
}

/**
 * Where the analysis runs. Every engine delivers the same outcome: reports in S3, metrics, an event.
 *
 * Use one that `MonitoringEngine` makes.
 */
export interface IMonitoringEngine {
  /** Creates below `scope` whatever runs a data-quality monitor. */
  bindDataQuality(scope: Construct, spec: DataQualitySpec): EngineBinding;

  /** Creates below `scope` whatever runs a model-quality monitor, or throws if the engine has none. */
  bindModelQuality(scope: Construct, spec: ModelQualitySpec): EngineBinding;

  /** Creates below `scope` whatever runs a bias monitor, or throws if the engine has none. */
  bindModelBias(scope: Construct, spec: ModelBiasSpec): EngineBinding;

  /** Creates below `scope` whatever runs an explainability monitor, or throws if the engine has none. */
  bindModelExplainability(scope: Construct, spec: ModelExplainabilitySpec): EngineBinding;
}
