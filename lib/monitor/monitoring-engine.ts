import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { Baseline } from '../baseline/baseline';
import type { BatchTransformData } from '../endpoint/batch-transform-data';
import type { CapturedData } from '../endpoint/captured-data';
import type { WrittenData } from '../endpoint/written-data';
import type { MonitorKind } from '../kind/monitor-kind';
import type { ReportsPlace } from '../outcome/reports-place';
import type { AlertPolicy } from './alert-policy';
import type { AnalysisWindow } from './analysis-window';
import type { BiasAnalysis } from './bias-analysis';
import type { IEngineMetrics } from './engine-metrics';
import type { GroundTruth } from './ground-truth';
import type { ModelDecay } from './model-decay';
import type { ModelProblem } from './model-problem';
import type { MonitoringFrequency } from './monitoring-frequency';
import type { RecordFilter } from './record-filter';
import type { RecordFormat } from './record-format';
import type { RecordTransformation } from './record-transformation';
import type { ShapAnalysis } from './shap-analysis';
import type { VariantComparison } from './variant-comparison';

/** How rows are read, of captured records or of transform jobs. */
export interface RowsInput {
  /**
   * Which of them are monitored.
   *
   * @default - all of them
   */
  readonly filter?: RecordFilter;

  /**
   * How JSON becomes rows.
   *
   * @default - it is flattened
   */
  readonly format?: RecordFormat;

  /**
   * What is done to the rows, in this order.
   *
   * @default - nothing
   */
  readonly transformations?: RecordTransformation[];
}

/** How captured records are read. */
export interface RecordsInput extends RowsInput {
  /**
   * Whose records are read.
   *
   * @default - those of production variants where the app knows them, else of all variants
   */
  readonly variants?: string[];

  /**
   * Whether each of them is judged by its own records.
   *
   * @default false
   */
  readonly perVariant?: boolean;

  /**
   * Which two of them are compared.
   *
   * @default - none
   */
  readonly comparison?: VariantComparison;

  /**
   * Bytes of captured objects that a run reads at most: of a window with more, some objects are drawn.
   *
   * @default - all of them
   */
  readonly maxBytesPerRun?: number;
}

/** An endpoint that a monitor reads. */
export interface EndpointInput extends RecordsInput {
  /** The endpoint. */
  readonly endpoint: IEndpointRef;

  /** Name of that endpoint; may be a token. */
  readonly endpointName: string;

  /** Where the endpoint's captured data lie. */
  readonly capturedData: CapturedData;
}

/** Records that a monitor reads and an application writes. */
export interface WrittenInput extends RecordsInput {
  /** What they are of, and where they lie. */
  readonly data: WrittenData;
}

/**
 * What a monitor asks of an engine. It reads an endpoint, batch transform jobs, or records that an application writes: one of the three. Of the last four members it has exactly one, that
 * of its kind.
 */
export interface MonitorSpec {
  /** What is monitored. */
  readonly kind: MonitorKind;

  /** Identity of the monitor; its first segment is the name of its stack. */
  readonly monitorId: string;

  /** What the health of its runs counts for, with that of other monitors: dimension of the metric. Its own id where it stands alone. */
  readonly monitoringId: string;

  /**
   * Whether the metrics of single runs are published: `Completed`, `Failed`, `NoData`, `Missed`.
   *
   * @default false
   */
  readonly runMetrics?: boolean;

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

  /**
   * How the rows of those jobs are read.
   *
   * @default - as they are written
   */
  readonly batchTransformRows?: RowsInput;

  /**
   * The records that an application writes.
   *
   * @default - none
   */
  readonly writtenInput?: WrittenInput;

  /** What the data are compared with. */
  readonly baseline: Baseline;

  /** When the monitor runs. */
  readonly frequency: MonitoringFrequency;

  /**
   * When its violations count.
   *
   * @default - in two of the last three windows, or at once where chance does not explain them
   */
  readonly alertPolicy?: AlertPolicy;

  /** Where its reports go. */
  readonly reports: ReportsPlace;

  /**
   * Where the events of its runs go.
   *
   * @default - to the default bus of the account
   */
  readonly eventBus?: IEventBus;

  /**
   * What a monitor of data quality is told.
   *
   * @default - the monitor is of another kind
   */
  readonly dataQuality?: DataQualitySpec;

  /**
   * What a monitor of model quality is told.
   *
   * @default - the monitor is of another kind
   */
  readonly modelQuality?: ModelQualitySpec;

  /**
   * What a monitor of bias is told.
   *
   * @default - the monitor is of another kind
   */
  readonly modelBias?: ModelBiasSpec;

  /**
   * What a monitor of feature attributions is told.
   *
   * @default - the monitor is of another kind
   */
  readonly modelExplainability?: ModelExplainabilitySpec;
}

/** What data quality is told. */
export interface DataQualitySpec {
  /** Features whose distance to the baseline becomes a metric. */
  readonly featureMetrics: string[];

  /** Features that are left out of the analysis. */
  readonly excludedFeatures: string[];
}

/** What a kind is told that compares predictions with labels. */
export interface LabelsSpec {
  /** Where the labels lie. */
  readonly groundTruth: GroundTruth;

  /** Which hours each run analyses. */
  readonly window: AnalysisWindow;
}

/** What model quality is told. */
export interface ModelQualitySpec extends LabelsSpec {
  /** What the model predicts, and where its predictions stand. */
  readonly problem: ModelProblem;
  /**
   * Over how many windows its quality may not fall.
   *
   * @default - as the engine knows it
   */
  readonly decay?: ModelDecay;
  /**
   * Whether concept drift and decay become metrics.
   *
   * @default false
   */
  readonly signalMetrics?: boolean;
}

/** What bias is told. */
export interface ModelBiasSpec extends LabelsSpec {
  /** Which groups are compared, and where labels and predictions stand. */
  readonly analysis: BiasAnalysis;
}

/** What explainability is told. */
export interface ModelExplainabilitySpec {
  /** How feature attributions are computed. */
  readonly analysis: ShapAnalysis;
}

/** What an engine made for a monitor. */
export interface EngineBinding {
  /**
   * Identity of the reconciler that watches the monitor's runs: dimension of its heartbeat.
   *
   * @default - no reconciler watches them, and so no alarm tells of runs that never started
   */
  readonly reconcilerId?: string;

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
   * A line for a POSIX shell that runs the monitor once, now, over a window as long as the monitor's interval. It needs AWS's command line. On Model
   * Monitor it prints the line that deletes what it made; on the serverless engine it fills past windows, too. For a `CfnOutput`; docs/one-time-run.md
   * has the rest.
   *
   * @default - the engine has none
   */
  readonly oneTimeRunCommand?: string;

  /**
   * Who reads the captured data. On the serverless engine it is the same for all monitors of a stack.
   *
   * @default - not known: nothing can be granted to the monitor
   */
  readonly grantPrincipal?: iam.IPrincipal;

  /**
   * Network connections of its jobs.
   *
   * @default - it has none: it is in no VPC of the app
   */
  readonly connections?: ec2.Connections;

  /**
   * Whether each run leaves its outcome in `report.json` before it puts the event: messages and retraining act on that then, whatever an event claims.
   *
   * @default false, their events have to be believed: messages and retraining are refused at synthesis until that is acknowledged
   */
  readonly reportsOutcome?: boolean;

  /** What the engine publishes of features, measures and groups; it throws for what it does not. */
  readonly metrics: IEngineMetrics;
}

/**
 * Where the analysis runs. Every engine delivers the same outcome: reports in S3, metrics, an event.
 *
 * `MonitoringEngine` makes the two of this library; docs/own-engine.md says what one of your own has to do.
 */
export interface IMonitoringEngine {
  /** Creates below `scope` whatever runs a monitor, or throws if the engine has no analysis of its kind. */
  bind(scope: Construct, spec: MonitorSpec): EngineBinding;
}
