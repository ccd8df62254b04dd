import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { BaselineConfig } from '../../../baseline/baseline';
import type { DatasetConfig } from '../../../baseline/dataset';
import type { Problem } from '../../../core/validation-error';
import type { MonitorKind } from '../../../kind/monitor-kind';
import type { LabelsSpec } from '../../../monitor/monitoring-engine';
import type { ClarifyOptions } from '../job/container-options';
import type { ServiceMetrics } from '../metric/service-metrics';

/** What the job definitions of all kinds have in common, under the same names. */
export interface CommonJobProps {
  readonly roleArn: string;
  readonly jobResources: sagemaker.CfnDataQualityJobDefinition.MonitoringResourcesProperty;
  readonly networkConfig?: sagemaker.CfnDataQualityJobDefinition.NetworkConfigProperty;
  readonly stoppingCondition: sagemaker.CfnDataQualityJobDefinition.StoppingConditionProperty;
  readonly tags?: sagemaker.CfnDataQualityJobDefinitionProps['tags'];
}

/** What a kind's job definition is made of. */
export interface JobParts {
  readonly common: CommonJobProps;
  readonly role: iam.IRole;
  readonly baseline: BaselineConfig;
  readonly output: sagemaker.CfnDataQualityJobDefinition.MonitoringOutputConfigProperty;
  /** Whether the container publishes metrics of its own. */
  readonly serviceMetrics: ServiceMetrics;
}

/** A job definition of any kind. Its name is an attribute, which the L1 classes do not declare. */
export type JobDefinition =
  | sagemaker.CfnDataQualityJobDefinition
  | sagemaker.CfnModelQualityJobDefinition
  | sagemaker.CfnModelBiasJobDefinition
  | sagemaker.CfnModelExplainabilityJobDefinition;

/**
 * What is special about the processing job that computes the baseline of a kind of monitor from a dataset.
 *
 * Its output goes to the container's `/opt/ml/processing/output`.
 */
export interface BaselineJobParts {
  readonly imageUri: string;
  /** Of an image of the user. */
  readonly containerEntrypoint?: string[];
  /** Of an image of the user. */
  readonly containerArguments?: string[];
  readonly environment?: { readonly [name: string]: string };
  readonly datasetInput: JobFolder;
  /** Files that the container needs beside the dataset. */
  readonly furtherInputs?: readonly (JobFolder & { readonly s3Uri: string })[];
  readonly outputName: string;
  /** Absent where the kind has none. */
  readonly statisticsFile?: string;
  readonly constraintsFile: string;
}

/** A named folder of the container. */
export interface JobFolder {
  readonly name: string;
  readonly localPath: string;
}

/**
 * What a kind of monitor adds to the engine: everything that the four do not have in common.
 *
 * @internal
 */
export interface JobBlueprint {
  readonly kind: MonitorKind;
  readonly container?: ClarifyOptions;
  /** Of a kind that compares predictions with them. */
  readonly labels?: LabelsSpec;
  /** What SageMaker would refuse of the monitor and its container. */
  readonly problems: readonly Problem[];
  /** Creates the definition; the role may do what the kind needs beside reading captured data and reporting. */
  readonly define: (parts: JobParts) => JobDefinition;
  /** The job that computes a baseline; throws for a dataset that does not say what the kind needs. */
  readonly baselineJob: (dataset: DatasetConfig, role: iam.IRole) => BaselineJobParts;
}
