import type { Duration, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { DURATION, KEY, ROLE, SECURITY_GROUP, SIZE, VPC } from '../../core/cdk-shapes';
import {
  BOOLEAN,
  instance,
  list,
  map,
  NUMBER,
  oneOf,
  optional,
  type Shapes,
  struct,
  TEXT,
} from '../../core/prop-shapes';
import { InstanceType } from '../../endpoint/instance-type';
import { ANALYZER_OPTIONS, type AnalyzerOptions, CLARIFY_OPTIONS, type ClarifyOptions } from './job/container-options';
import { DataDistribution } from './job/data-distribution';
import { JobDefinitionNameSource } from './job/definition-name';
import { InputMode } from './job/input-mode';
import { ServiceMetrics } from './metric/service-metrics';

/**
 * Options of the Model Monitor engine: the job that each run of its monitors starts.
 *
 * SageMaker's job definitions cannot be changed: whatever changes here, a new definition is made, the schedule is pointed at it, and the
 * old one is deleted. The schedule goes on as it was.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDataQualityJobDefinition.html
 *
 * @example
 * import { Size } from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 *
 * declare const vpc: ec2.IVpc;
 * MonitoringEngine.modelMonitor({
 *   instanceType: InstanceType.of('ml.m5.2xlarge'),
 *   volumeSize: Size.gibibytes(100),
 *   maxRuntime: Duration.minutes(45),
 *   vpc,
 *   dataQuality: { recordPreprocessor: AnalysisScript.fromAsset('monitoring/preprocessor.py') },
 * });
 */
export interface ModelMonitorEngineOptions {
  /**
   * Type of the instances that a run starts.
   *
   * @default InstanceType.of('ml.m5.xlarge')
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringClusterConfig.html
   */
  readonly instanceType?: InstanceType;

  /**
   * How many instances a run starts, 1 to 100. In a VPC, more than one have to reach each other: their security groups get a rule for it.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringClusterConfig.html
   */
  readonly instanceCount?: number;

  /**
   * Size of each instance's volume, whole GiB, 1 to 16,384. It holds the captured data of a window.
   *
   * @default Size.gibibytes(30)
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringClusterConfig.html
   */
  readonly volumeSize?: Size;

  /**
   * Encrypts the volumes; the job may make grants on it. Not for types with local storage, whose hardware encrypts it.
   *
   * Reports are encrypted with the key of their bucket.
   *
   * @default - a key of AWS
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * When a run is stopped, whole seconds from 1 s on, at most the interval of its monitor: 3,600 s for an hourly, 86,400 s for a daily one.
   * Hourly jobs of model quality and bias, which are split with the job that merges labels, have 1,800 s at most.
   *
   * @default - an hour; half an hour for hourly jobs of model quality and bias
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringStoppingCondition.html
   */
  readonly maxRuntime?: Duration;

  /**
   * The VPC that the instances are attached to. From there they have to reach S3 and CloudWatch, by endpoints or a NAT gateway; two free
   * addresses for each instance are recommended in each subnet.
   *
   * @default - a network of SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html
   * @see https://repost.aws/knowledge-center/sagemaker-access-network-isolation
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Which subnets of `vpc`, 1 to 16.
   *
   * @default - the private ones, as the CDK chooses them
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the instances in `vpc`, 1 to 5.
   *
   * @default - one for each monitor, which lets everything out and nothing in
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the container is kept from all network calls, in and out. SageMaker itself still brings the data, and takes reports, logs and
   * metrics away.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringNetworkConfig.html
   * @see https://repost.aws/knowledge-center/sagemaker-access-network-isolation
   */
  readonly networkIsolation?: boolean;

  /**
   * Whether the instances of one run encrypt what they send each other. It may take longer.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringNetworkConfig.html
   */
  readonly interContainerTrafficEncryption?: boolean;

  /**
   * The role of the jobs. It is used as it is: what they need is yours to grant, and so is the trust in `sagemaker.amazonaws.com`.
   *
   * @default - one for each monitor, with what its jobs need and no more
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
   */
  readonly role?: iam.IRole;

  /**
   * The container of data-quality jobs.
   *
   * @default - SageMaker's own analyzer in the stack's region
   */
  readonly dataQuality?: AnalyzerOptions;

  /**
   * The container of model-quality jobs.
   *
   * @default - SageMaker's own analyzer in the stack's region
   */
  readonly modelQuality?: AnalyzerOptions;

  /**
   * The container of bias jobs.
   *
   * @default - SageMaker Clarify in the stack's region
   */
  readonly modelBias?: ClarifyOptions;

  /**
   * The container of explainability jobs.
   *
   * @default - SageMaker Clarify in the stack's region
   */
  readonly modelExplainability?: ClarifyOptions;

  /**
   * Whether SageMaker publishes metrics of its own for each run; each is billed. Alarms and messages of this library do not need them.
   *
   * @default ServiceMetrics.none()
   */
  readonly serviceMetrics?: ServiceMetrics;

  /**
   * How captured data reach the container.
   *
   * @default InputMode.FILE
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly inputMode?: InputMode;

  /**
   * What each instance gets of the captured data.
   *
   * @default DataDistribution.FULLY_REPLICATED
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly dataDistribution?: DataDistribution;

  /**
   * Tags of the job definition, the monitoring schedule and the processing jobs of baselines, at most 49: keys of 1 to 128 characters that do not
   * begin with `aws:`, values of at most 256. One more is there, `cdk-sagemaker-monitoring:monitor`, by which a bill says which monitor they are of. A changed tag replaces the job definition, too; it runs no baseline again.
   *
   * The CDK's `Tags` are added to them, and win where both have a key. For `includeResourceTypes`, the job of a baseline is an
   * `AWS::SageMaker::ProcessingJob`.
   *
   * @default - that one, and the tags that the CDK's `Tags` add
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html
   */
  readonly tags?: { [key: string]: string };

  /**
   * How old the baseline may be when a window ends, before a run counts as less than whole: whole hours, from one on. It is as old as its `statistics.json`,
   * of kinds without one as its constraints.
   *
   * @default - any age
   */
  readonly baselineAge?: Duration;

  /**
   * How long a monitor may go without data before a run without any counts as less than whole: whole hours, from one on. Let it be longer than the endpoint is ever quiet.
   *
   * @default - a day where none ever came, or none since another place is named; any time where they came before
   */
  readonly timeWithoutData?: Duration;

  /**
   * How a schedule learns the name of its job definition, which SageMaker chooses: a name of ours would keep a changed definition from being
   * made beside the one that it replaces.
   *
   * @default JobDefinitionNameSource.ATTRIBUTE
   */
  readonly jobDefinitionNameFrom?: JobDefinitionNameSource;
}

/**
 * What the options of an engine on Model Monitor have to be.
 *
 * @internal
 */
export const MODEL_MONITOR_ENGINE: Shapes<ModelMonitorEngineOptions> = {
  instanceType: optional(instance(InstanceType)),
  instanceCount: optional(NUMBER),
  volumeSize: optional(SIZE),
  volumeEncryptionKey: optional(KEY),
  maxRuntime: optional(DURATION),
  vpc: optional(VPC),
  vpcSubnets: optional(struct({})),
  securityGroups: optional(list(SECURITY_GROUP)),
  networkIsolation: optional(BOOLEAN),
  interContainerTrafficEncryption: optional(BOOLEAN),
  role: optional(ROLE),
  dataQuality: ANALYZER_OPTIONS,
  modelQuality: ANALYZER_OPTIONS,
  modelBias: CLARIFY_OPTIONS,
  modelExplainability: CLARIFY_OPTIONS,
  serviceMetrics: optional(instance(ServiceMetrics)),
  inputMode: optional(oneOf(InputMode)),
  dataDistribution: optional(oneOf(DataDistribution)),
  tags: optional(map(TEXT)),
  baselineAge: optional(DURATION),
  timeWithoutData: optional(DURATION),
  jobDefinitionNameFrom: optional(oneOf(JobDefinitionNameSource)),
};
