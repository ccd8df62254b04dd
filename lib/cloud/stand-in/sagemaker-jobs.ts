import type { Authorizer } from '../account/authorizer';
import type { SageMakerInventory } from '../account/sagemaker/inventory';
import { defined, type ProcessingJob, type ProcessingJobs, seconds } from '../account/sagemaker/processing-jobs';
import { isMembers, type Members, objectList, textMember } from '../members';
import { inputMembers } from '../service-model/service-model';
import { listedJobs } from './job-listing';
import { type Caller, type JsonOperation, ServiceError } from './service';

/** What the operations work on. */
export interface JobOperationsProps {
  readonly jobs: ProcessingJobs;
  readonly inventory: SageMakerInventory;
  readonly authorizer: Authorizer;
}

/**
 * SageMaker processing jobs, tags of them, and model packages.
 *
 * CreateProcessingJob also needs `iam:PassRole` on the job's role, and `sagemaker:AddTags` on the job where it has tags.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export function jobOperations(props: JobOperationsProps): Record<string, JsonOperation> {
  return {
    CreateProcessingJob: operation('CreateProcessingJob', (input, caller) => create(input, caller, props)),
    DescribeProcessingJob: operation('DescribeProcessingJob', (input, caller) =>
      props.jobs.describe(props.jobs.get(allowedJob(input, caller, { ...props, operation: 'DescribeProcessingJob' }))),
    ),
    StopProcessingJob: operation('StopProcessingJob', (input, caller) => {
      props.jobs.stop(allowedJob(input, caller, { ...props, operation: 'StopProcessingJob' }));
      return {};
    }),
    ListProcessingJobs: operation('ListProcessingJobs', (input, caller) => list(input, caller, props)),
    AddTags: operation('AddTags', (input, caller) => {
      const resource = textMember(input, 'ResourceArn', 'AddTags');
      props.authorizer.require(caller, { action: 'sagemaker:AddTags', resource });
      return { Tags: input.Tags };
    }),
    DescribeModelPackage: operation('DescribeModelPackage', (input, caller) => modelPackage(input, caller, props)),
  };
}

/** An operation that takes every member which the published model has. */
export function operation(name: string, run: JsonOperation['run']): JsonOperation {
  return { members: inputMembers('sagemaker', name), run };
}

function create(input: Members, caller: Caller, { jobs, authorizer }: JobOperationsProps): Members {
  const resource = jobs.arnOf(textMember(input, 'ProcessingJobName', 'CreateProcessingJob'));
  const roleArn = textMember(input, 'RoleArn', 'CreateProcessingJob');
  authorizer.require(caller, { action: 'sagemaker:CreateProcessingJob', resource, context: conditionKeys(input) });
  authorizer.require(caller, {
    action: 'iam:PassRole',
    resource: roleArn,
    context: { 'iam:PassedToService': 'sagemaker.amazonaws.com' },
  });
  if (objectList(input, 'Tags', 'CreateProcessingJob').length > 0) {
    authorizer.require(caller, {
      action: 'sagemaker:AddTags',
      resource,
      context: { ...conditionKeys(input), 'sagemaker:TaggingAction': 'CreateProcessingJob' },
    });
  }
  return { ProcessingJobArn: jobs.start({ request: input }).arn };
}

/**
 * Condition keys that the request carries.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html#amazonsagemaker-policy-keys
 */
function conditionKeys(input: Members): Record<string, string | string[]> {
  const cluster = memberOf(memberOf(input, 'ProcessingResources'), 'ClusterConfig');
  const network = memberOf(input, 'NetworkConfig');
  const vpc = memberOf(network, 'VpcConfig');
  const tags = objectList(input, 'Tags', 'CreateProcessingJob');
  const keys = {
    'sagemaker:InstanceTypes': cluster.InstanceType,
    'sagemaker:VolumeKmsKeyArn': cluster.VolumeKmsKeyId,
    'sagemaker:OutputKmsKeyArn': memberOf(input, 'ProcessingOutputConfig').KmsKeyId,
    'sagemaker:MaxRuntimeInSeconds': memberOf(input, 'StoppingCondition').MaxRuntimeInSeconds,
    'sagemaker:NetworkIsolation': network.EnableNetworkIsolation,
    'sagemaker:InterContainerTrafficEncryption': network.EnableInterContainerTrafficEncryption,
    'sagemaker:VpcSubnets': vpc.Subnets,
    'sagemaker:VpcSecurityGroupIds': vpc.SecurityGroupIds,
    'aws:TagKeys': tags.length === 0 ? undefined : tags.map(({ Key }) => Key),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  };
  const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : String(value));
  return Object.fromEntries(Object.entries(defined(keys)).map(([key, value]) => [key, texts(value)]));
}

function memberOf(owner: Members, name: string): Members {
  const member = owner[name];
  return isMembers(member) ? member : {};
}

function allowedJob(
  input: Members,
  caller: Caller,
  { jobs, authorizer, operation: name }: JobOperationsProps & { readonly operation: string },
): string {
  const jobName = textMember(input, 'ProcessingJobName', name);
  authorizer.require(caller, { action: `sagemaker:${name}`, resource: jobs.arnOf(jobName) });
  return jobName;
}

function list(input: Members, caller: Caller, { jobs, authorizer }: JobOperationsProps): Members {
  authorizer.require(caller, { action: 'sagemaker:ListProcessingJobs', resource: '*' });
  return listedJobs(input, { jobs: jobs.all(), member: 'ProcessingJobSummaries', summary });
}

function summary({
  name,
  arn,
  status,
  creationTime,
  lastModifiedTime,
  endTime,
  failureReason,
  exitMessage,
}: ProcessingJob): Members {
  return defined({
    ProcessingJobName: name,
    ProcessingJobArn: arn,
    ProcessingJobStatus: status,
    CreationTime: seconds(creationTime),
    LastModifiedTime: seconds(lastModifiedTime),
    ProcessingEndTime: endTime && seconds(endTime),
    FailureReason: failureReason,
    ExitMessage: exitMessage,
  });
}

function modelPackage(input: Members, caller: Caller, { jobs, inventory, authorizer }: JobOperationsProps): Members {
  const name = textMember(input, 'ModelPackageName', 'DescribeModelPackage');
  const resource = name.startsWith('arn:')
    ? name
    : jobs.arnOf('').replace(/:processing-job\/$/, `:model-package/${name}`);
  authorizer.require(caller, { action: 'sagemaker:DescribeModelPackage', resource });
  const found = inventory.modelPackages.get(name) ?? inventory.modelPackages.get(resource);
  if (found === undefined) {
    throw new ServiceError('ValidationException', `ModelPackage ${resource} does not exist.`);
  }
  return { ModelPackageArn: resource, ...found };
}
