import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { ProcessingInputRequest, ProcessingJobRequest } from '../../../baseline/contract';
import type { DatasetConfig } from '../../../baseline/dataset';
import { KIND_SERVICES } from '../../../kind/kind-services';
import type { MonitorKindName } from '../../../kind/kind-sheet';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import { jobResources } from '../job/cluster';
import type { BaselineJobParts, JobFolder } from '../kinds/blueprint';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import type { BaselineJobTags } from './job-tags';

/** What a baseline job has in common with the runs of its monitor. */
export interface BaselineJobContext {
  readonly role: iam.IRole;
  readonly options: ModelMonitorEngineOptions;
  readonly network?: sagemaker.CfnDataQualityJobDefinition.NetworkConfigProperty;
}

interface BaselineJob extends BaselineJobContext {
  readonly spec: MonitorSpec;
  readonly blueprint: { readonly kind: MonitorKindName };
  readonly dataset: DatasetConfig;
  readonly timeoutSeconds: number;
  readonly tags: BaselineJobTags;
}

/**
 * The request for the processing job of a baseline, without its name and the URI of its output.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 * @internal
 */
export function baselineJobRequest(parts: BaselineJobParts, job: BaselineJob): ProcessingJobRequest {
  const { dataset, spec, role } = job;
  const { imageUri, containerEntrypoint, containerArguments, environment } = parts;
  const datasetUri = dataset.bucket.s3UrlForObject(dataset.objectKey);
  return {
    AppSpecification: {
      ImageUri: imageUri,
      ContainerEntrypoint: containerEntrypoint,
      ContainerArguments: containerArguments,
    },
    Environment: environment,
    RoleArn: role.roleArn,
    ProcessingInputs: [
      processingInput({ ...parts.datasetInput, s3Uri: datasetUri }),
      ...(parts.furtherInputs ?? []).map(processingInput),
    ],
    ProcessingOutputConfig: {
      KmsKeyId: spec.reports.bucket.encryptionKey?.keyArn,
      Outputs: [
        {
          OutputName: parts.outputName,
          S3Output: { LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob' },
        },
      ],
    },
    ProcessingResources: { ClusterConfig: clusterConfig(job) },
    NetworkConfig: networkConfig(job),
    StoppingCondition: { MaxRuntimeInSeconds: job.timeoutSeconds },
    Tags: job.tags.rendered(),
  };
}

function processingInput({ name, localPath, s3Uri }: JobFolder & { readonly s3Uri: string }): ProcessingInputRequest {
  return {
    InputName: name,
    S3Input: {
      S3Uri: s3Uri,
      LocalPath: localPath,
      S3DataType: 'S3Prefix',
      S3InputMode: 'File',
      S3DataDistributionType: 'FullyReplicated',
      S3CompressionType: 'None',
    },
  };
}

function isClarify({ blueprint: { kind } }: BaselineJob): boolean {
  return KIND_SERVICES[kind].container === 'clarify';
}

/**
 * Clarify divides a dataset among instances only by a column that joins them, which a baseline's configuration does not name.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-parameters.html
 */
function clusterConfig(job: BaselineJob): ProcessingJobRequest['ProcessingResources']['ClusterConfig'] {
  const { instanceCount, instanceType, volumeSizeInGb, volumeKmsKeyId } = clusterOf(job);
  return {
    InstanceCount: isClarify(job) ? 1 : instanceCount,
    InstanceType: instanceType,
    VolumeSizeInGB: volumeSizeInGb,
    VolumeKmsKeyId: volumeKmsKeyId,
  };
}

function clusterOf({ options, role }: BaselineJob) {
  return jobResources(options, role).clusterConfig as sagemaker.CfnDataQualityJobDefinition.ClusterConfigProperty;
}

/**
 * As the runs of the monitor, but that Clarify's baseline needs the network for the endpoint that it makes for itself.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-parameters.html
 */
function networkConfig(job: BaselineJob): ProcessingJobRequest['NetworkConfig'] {
  if (!job.network) return undefined;
  const { enableNetworkIsolation, enableInterContainerTrafficEncryption, vpcConfig } = job.network;
  const vpc = vpcConfig as sagemaker.CfnDataQualityJobDefinition.VpcConfigProperty | undefined;
  return {
    EnableNetworkIsolation: isClarify(job) ? false : (enableNetworkIsolation as boolean | undefined),
    EnableInterContainerTrafficEncryption: enableInterContainerTrafficEncryption as boolean | undefined,
    VpcConfig: vpc && { SecurityGroupIds: vpc.securityGroupIds, Subnets: vpc.subnets },
  };
}
