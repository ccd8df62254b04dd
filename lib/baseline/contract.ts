// Names and shapes that the baseline's custom resource and its handler share. Imports types only.
import type { BucketLocation, CloudFormationCallback, ObjectLocation, PrefixLocation } from '../core/contract';
import type { MonitorKindName } from '../kind/kind-sheet';

/** Type of the baseline's custom resource. */
export const BASELINE_RESOURCE_TYPE = 'Custom::SageMakerMonitoringBaseline';

/** Type of the custom resource that judges the constraints that a stack's monitors are given, but for those of data quality. */
export const CONSTRAINTS_CHECK_TYPE = 'Custom::SageMakerMonitoringConstraints';

/** Properties of that custom resource. */
export interface ConstraintsCheckProperties {
  readonly ServiceToken: string;
  readonly Files: GivenConstraints[];
}

/** A file of constraints that a monitor is given. */
export interface GivenConstraints {
  /** path of the monitor's construct: whose the file is, to a reader */
  readonly Monitor: string;
  readonly Kind: MonitorKindName;
  /** how much its runs ask; absent where only what nothing can read is refused */
  readonly Rigour?: FileRigour;
  readonly Bucket: string;
  /** account of the bucket, where that is not the stack's */
  readonly BucketOwner?: string;
  readonly Key: string;
}

/** Seconds that a baseline may take while CloudFormation waits for its custom resource, which it does for an hour. */
export const AWAITED_SECONDS = 55 * 60;

/** Environment of the handler. */
export const BASELINE_ENV = {
  /** ARN of the state machine that analyses datasets; absent where no baseline needs it */
  analysisMachineArn: 'ANALYSIS_MACHINE_ARN',
  /** ARN of the state machine that awaits processing jobs; absent where none are started */
  jobMachineArn: 'JOB_MACHINE_ARN',
  /** the names of processing jobs begin with it; absent where none are started */
  jobNamePrefix: 'JOB_NAME_PREFIX',
} as const;

/** Properties of the custom resource: the specification is one JSON text, so that numbers stay numbers. */
export interface BaselineProperties {
  readonly ServiceToken: string;
  /** JSON of `BaselineSpec` */
  readonly Spec: string;
  /** pre-signed URL of a wait condition, where the job may take longer than a custom resource is waited for */
  readonly SignalUrl?: string;
}

/**
 * Where a baseline comes from, one of four: a dataset that the serverless engine analyses, a processing job, the files of a given baseline (to
 * override the constraints, or else only to judge them where they lie), or a version of a model in the registry.
 */
export interface BaselineSpec {
  readonly dataset?: DatasetSpec;
  readonly job?: BaselineJobSpec;
  readonly constraints?: ObjectLocation;
  /** beside given constraints: they are judged with them, and stay where they are; no part of the content */
  readonly statistics?: ObjectLocation;
  readonly modelPackage?: ModelPackageSpec;
  readonly overrides?: ConstraintOverridesConfig;
  /** the baseline goes to `{prefix}/{content hash}/` */
  readonly output: PrefixLocation;
  /** part of the content: another one computes the baseline of a dataset anew */
  readonly revision?: string;
  /** whether numbers of the constraints are to be written without exponents, as Model Monitor needs them for model quality */
  readonly decimal?: true;
  /** of files of data quality that somebody gives, no part of the content; absent where only those are refused that nothing can read */
  readonly rigour?: FileRigour;
}

/** How much is asked of a file: that its values have their types, or that they make sense, too. */
export type FileRigour = 'Type' | 'Meaning';

/** What a dataset is read as, where it is not as the columns of captured data. */
export interface DatasetAnalysis {
  /** of kinds that compare predictions with labels: what is predicted, and the columns of the prediction and of the label */
  readonly predictions?: { readonly problem: ModelProblemSettings; readonly label: string };
  /** of kinds that compare groups: which, and the columns of what is compared */
  readonly groups?: { readonly question: BiasQuestionSettings; readonly places: BiasDatasetPlaces };
  /** of kinds that ask a model about rows: how it is asked, and what of the dataset is no feature */
  readonly explanation?: ExplanationSettings;
  /** the one file that a baseline is, where it is not statistics.json and constraints.json */
  readonly onlyFile?: string;
}

/** How a model is asked which features its answers rest on. */
export interface ExplanationSettings {
  /** where rows lie until the model was asked about them; no part of the content */
  readonly samples: SamplesPlace;
  /** how much is asked of an endpoint that has traffic of its own, and where that is noted; no part of the content. As much as it takes where absent */
  readonly ownCalls?: OwnCallSettings;
  /** names of the features, in their order */
  readonly headers: string[];
  /** where they stand in JSON */
  readonly features?: ValuePath;
  /** of a dataset without a header: the columns that are no features, `_c0`, `_c1` and so on */
  readonly otherColumns?: string[];
  /** rows that are explained at most */
  readonly recordCount: number;
  readonly model: ModelSettings;
  /** what features are compared with */
  readonly baseline: { readonly text: string } | { readonly object: ObjectLocation };
  readonly sampleCount?: number;
  readonly aggregation: 'mean_abs' | 'median' | 'mean_sq';
  /** whether scores are probabilities whose log-odds are explained; false where absent */
  readonly useLogit?: true;
  readonly seed?: number;
}

/** Where samples of rows lie. */
export interface SamplesPlace extends PrefixLocation {
  /** ARN of the key that encrypts them, that of the captured data; the bucket's own encryption where absent */
  readonly encryptionKey?: string;
}

/** How much a monitored endpoint is asked. */
export interface OwnCallSettings {
  /** where calls are noted, so that they are told from traffic */
  readonly ledger: PrefixLocation;
  /** in a run */
  readonly mostCalls: number;
  readonly callsPerSecond: number;
  /** of the requests that were captured in the window, above 0 to 1 */
  readonly trafficShare: number;
}

/** An endpoint at which a model is asked, and how. */
export interface ModelSettings {
  readonly endpointName: string;
  /** whose answers alone are meant, where that is known; the endpoint's own are the model's name */
  readonly variant?: string;
  /** whether that variant is asked for, of an endpoint that may have several; false where absent */
  readonly targetsVariant?: true;
  /** what changes with the endpoint's configuration, where that is known: a baseline is of one of them */
  readonly version?: string;
  readonly request: { readonly contentType: string; readonly template?: string; readonly recordTemplate?: string };
  readonly accept?: string;
  readonly customAttributes?: string;
  /** all values of an answer where absent */
  readonly scores?: ScorePlaceSettings;
  /** names of the scores, in their order */
  readonly labels?: string[];
  readonly recordsPerRequest: number;
  readonly requestsAtOnce: number;
}

/** Where scores stand in what a model answers: a column of CSV, or a path in JSON. */
export type ScorePlaceSettings = { readonly column: number } | { readonly path: ValuePath };

/** Keys to a value of JSON, and behind a list those in each item of it. */
export interface ValuePath {
  readonly keys: string[];
  readonly itemKeys?: string[];
}

/** Which groups are compared, by the names that the files of the analysis give to columns. */
export interface BiasQuestionSettings {
  readonly facets: { readonly name: string; readonly by?: DividedBySettings }[];
  readonly label: string;
  readonly positive: DividedBySettings;
  readonly group?: string;
}

/** What divides a column: some of its values, or what is above a threshold. */
export type DividedBySettings = { readonly values: (string | number)[] } | { readonly threshold: number };

/** Which columns of a dataset have what is compared. */
export interface BiasDatasetPlaces {
  readonly label: string;
  readonly predicted: string;
  /** above which 1 is predicted; `predicted` is a label where absent */
  readonly threshold?: number;
  /** of a dataset without a header, in the order of its columns */
  readonly headers?: string[];
}

/** A dataset that the serverless engine analyses. */
export interface DatasetSpec extends DatasetAnalysis {
  readonly location: ObjectLocation;
  readonly format: DatasetFormatConfig;
  readonly columnTypes?: ColumnTypesConfig;
  /** whether the frequent values of text with too many for a histogram are kept in clear; false where absent */
  readonly keepsTextValues?: true;
  /** as that of a monitor's run; no part of the content */
  readonly maximumConcurrency: number;
  /** whether statistics keep the order of the rows, as the container's do; no part of the content */
  readonly keepsRowOrder?: true;
}

/** The processing job that computes a baseline. */
export interface BaselineJobSpec {
  readonly request: ProcessingJobRequest;
  /** names of the files that the job writes; a kind without statistics has the one only */
  readonly statisticsFile?: string;
  readonly constraintsFile: string;
  /** after which the job is stopped, and the baseline has failed */
  readonly timeoutSeconds: number;
}

/**
 * A request of CreateProcessingJob, without the job's name and without the URI of its one output.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface ProcessingJobRequest {
  readonly AppSpecification: {
    readonly ImageUri: string;
    readonly ContainerEntrypoint?: string[];
    readonly ContainerArguments?: string[];
  };
  readonly Environment?: { readonly [name: string]: string };
  readonly RoleArn: string;
  readonly ProcessingInputs: ProcessingInputRequest[];
  readonly ProcessingOutputConfig: {
    readonly KmsKeyId?: string;
    readonly Outputs: [ProcessingOutputRequest];
  };
  readonly ProcessingResources: {
    readonly ClusterConfig: {
      readonly InstanceCount: number;
      readonly InstanceType: string;
      readonly VolumeSizeInGB: number;
      readonly VolumeKmsKeyId?: string;
    };
  };
  readonly NetworkConfig?: {
    readonly EnableNetworkIsolation?: boolean;
    readonly EnableInterContainerTrafficEncryption?: boolean;
    readonly VpcConfig?: { readonly SecurityGroupIds: string[]; readonly Subnets: string[] };
  };
  readonly StoppingCondition: { readonly MaxRuntimeInSeconds: number };
  readonly Tags?: { readonly Key: string; readonly Value: string }[];
}

/** A folder of the container that is filled from S3 before the job begins. */
export interface ProcessingInputRequest {
  readonly InputName: string;
  readonly S3Input: {
    readonly S3Uri: string;
    readonly LocalPath: string;
    readonly S3DataType: 'S3Prefix';
    readonly S3InputMode: 'File';
    readonly S3DataDistributionType: 'FullyReplicated';
    readonly S3CompressionType: 'None';
  };
}

/** The folder of the container that goes to S3 when the job has ended. */
export interface ProcessingOutputRequest {
  readonly OutputName: string;
  readonly S3Output: { readonly LocalPath: string; readonly S3UploadMode: 'EndOfJob' };
}

/**
 * What a model predicts, and where its predictions stand: attributes as `ModelProblem` has them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
 */
export interface ModelProblemSettings {
  readonly type: 'Regression' | 'BinaryClassification' | 'MulticlassClassification';
  readonly inferenceAttribute?: string;
  readonly probabilityAttribute?: string;
  readonly probabilityAttributes?: { readonly [label: string]: string };
  readonly probabilityThreshold?: number;
}

/** Input of the state machine that analyses a dataset, sent by the custom resource's handler. */
export interface BaselineRequest extends DatasetAnalysis {
  readonly mode: 'baseline';
  readonly dataset: ObjectLocation;
  readonly format: DatasetFormatConfig;
  readonly columnTypes?: ColumnTypesConfig;
  /** whether the frequent values of text with too many for a histogram are kept in clear; false where absent */
  readonly keepsTextValues?: true;
  /** groups of objects that are profiled at the same time; 10 where absent */
  readonly maximumConcurrency?: number;
  /** whether statistics keep the order of the rows, as the container's do; false where absent */
  readonly keepsRowOrder?: true;
  readonly overrides?: ConstraintOverridesConfig;
  /** statistics.json and constraints.json are written right below */
  readonly output: PrefixLocation;
  readonly callback: CloudFormationCallback;
}

/** Input of the state machine that awaits a processing job, sent by the custom resource's handler. */
export interface BaselineJobRequest {
  readonly spec: BaselineSpec & { readonly job: BaselineJobSpec };
  /** at most 63 characters, the same for a repeated request */
  readonly jobName: string;
  /** after which the job is stopped: those of the job, or less where CloudFormation waits for the custom resource */
  readonly timeoutSeconds: number;
  readonly callback: CloudFormationCallback;
  /** where the outcome is told, in place of `callback`, once that has been answered */
  readonly signalUrl?: string;
}

/** A version of a model in the registry, whose DriftCheckBaselines are taken, and the bucket in which they lie. */
export interface ModelPackageSpec extends BucketLocation {
  readonly arn: string;
  /** below which they lie in the bucket, without slash at either end */
  readonly prefix?: string;
  readonly kind: MonitorKindName;
}

/** Below the place of a monitor's reports: the baselines that are made at a deployment. */
export const BASELINE_FOLDER = 'baseline';

/** Beside the files of a baseline that the serverless engine made: what is to be known of it, a `BaselineNotes`. No run reads it. */
export const BASELINE_NOTES = 'baseline-notes.json';

/** What is no error of a baseline, and good to know before there is a window. */
export interface BaselineNotes {
  readonly version: '1';
  /** URI of the dataset */
  readonly dataset: string;
  /** sentences without data; none where there is nothing to know */
  readonly notes: readonly string[];
}

/** Attributes of the custom resource; `StatisticsKey` only where the baseline has statistics of its own. */
export const BASELINE_ATTRIBUTES = { statisticsKey: 'StatisticsKey', constraintsKey: 'ConstraintsKey' } as const;

/** What columns are, whatever their values look like; by the column's name. */
export interface ColumnTypesConfig {
  readonly [column: string]: 'Categorical' | 'Numeric' | 'Text' | 'Identifier' | 'Ignored';
}

/** What the bytes of a dataset are text in; UTF-8 where absent. */
export type TextEncodingConfig = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';

/** As Model Monitor's `dataset_format`: one of the keys. */
export interface DatasetFormatConfig {
  readonly csv?: { readonly header: boolean; readonly delimiter?: string; readonly encoding?: TextEncodingConfig };
  /** with `lines` one object a line, else a document that is an array of objects; lists in them become so many columns */
  readonly json?: {
    readonly lines: boolean;
    readonly listLengths?: { readonly [column: string]: number };
    readonly encoding?: TextEncodingConfig;
  };
  readonly parquet?: Record<string, never>;
}

/** Changes to the constraints of a baseline. All optional: what is absent stays as suggested. */
export interface ConstraintOverridesConfig extends MonitoringOverridesConfig {
  /** thresholds of model quality, by the metric's name in the constraints: `{"true_positive_rate":0.9}` */
  readonly metricThresholds?: { readonly [metric: string]: number };
  /** by feature name */
  readonly features?: { readonly [feature: string]: FeatureOverridesConfig };
}

/** What the checks tolerate: for all features, or for one. */
export interface MonitoringOverridesConfig {
  readonly evaluateConstraints?: boolean;
  readonly emitMetrics?: boolean;
  readonly datatypeCheckThreshold?: number;
  readonly domainContentThreshold?: number;
  readonly performComparison?: boolean;
  readonly comparisonThreshold?: number;
  readonly comparisonMethod?: 'Simple' | 'Robust';
  readonly categoricalComparisonThreshold?: number;
  readonly categoricalDriftMethod?: 'LInfinity' | 'ChiSquared';
}

/** Changes to the constraints of one feature. All optional: what is absent stays as suggested. */
export interface FeatureOverridesConfig extends MonitoringOverridesConfig {
  /** required share of present values, 0 to 1; wins over `completenessTolerance` */
  readonly completeness?: number;
  /** subtracted from the suggested completeness, 0 to 1; the result is not below 0 */
  readonly completenessTolerance?: number;
  /** the known categories, in place of those of the baseline */
  readonly domains?: string[];
}
