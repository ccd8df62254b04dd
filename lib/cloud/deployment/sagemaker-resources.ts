import { type DeployedEndpoint, endpointOf } from '../account/sagemaker/inventory';
import { isMembers, type Members, objectList, optionalText, textMember } from '../members';
import { ServiceError } from '../stand-in/service';
import { createRequest } from './create-request';
import {
  type Created,
  type Creator,
  type DeployedResource,
  type DeploymentContext,
  physicalName,
  type Resource,
  type ResourceType,
  uniquePart,
} from './resource';

/** Virtual milliseconds that CloudFormation waits for a monitoring schedule to settle; the SDK waits 36 times 5 seconds. */
const SETTLE_TIME = 180_000;

/**
 * `Parquet` of a dataset's format is a boolean in templates and an empty structure in requests.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-dataqualityjobdefinition-datasetformat.html
 */
function withParquet(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withParquet);
  }
  if (!isMembers(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => name !== 'Parquet' || String(member) !== 'false')
      .map(([name, member]) => [name, name === 'Parquet' && !isMembers(member) ? {} : withParquet(member)]),
  );
}

const model: Creator = (resource, { account }) => {
  const name = physicalName(resource, 'ModelName', 63);
  createRequest('sagemaker CreateModel', { ...resource.properties, ModelName: name });
  const arn = account.arn('sagemaker', `model/${name}`);
  return { ref: arn, attributes: { ModelArn: arn, ModelName: name } };
};

const endpointConfig: Creator = (resource, { account }) => {
  const { inventory } = account.sageMaker;
  const name = physicalName(resource, 'EndpointConfigName', 63);
  const request = createRequest('sagemaker CreateEndpointConfig', { ...resource.properties, EndpointConfigName: name });
  refuseExisting(inventory.endpointConfigs, name, 'endpoint configuration');
  inventory.endpointConfigs.set(name, request);
  const arn = account.arn('sagemaker', `endpoint-config/${name}`);
  const undo = () => void inventory.endpointConfigs.delete(name);
  return { ref: arn, attributes: { EndpointConfigArn: arn, EndpointConfigName: name }, undo };
};

const createEndpoint: Creator = (resource, { account }) => {
  const { inventory } = account.sageMaker;
  const name = physicalName(resource, 'EndpointName', 63);
  const configName = textMember(resource.properties, 'EndpointConfigName', resource.logicalId);
  createRequest('sagemaker CreateEndpoint', {
    EndpointName: name,
    EndpointConfigName: configName,
    Tags: resource.properties.Tags,
    DeploymentConfig: resource.properties.DeploymentConfig,
  });
  inventory.endpoints.set(name, { name, configName });
  const arn = account.arn('sagemaker', `endpoint/${name}`);
  const undo = () => void inventory.endpoints.delete(name);
  return { ref: arn, attributes: { EndpointArn: arn, EndpointName: name }, undo };
};

/**
 * An update to another configuration may be taken back: then the endpoint goes on with that of before.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
 */
const updateEndpoint: NonNullable<ResourceType['update']> = ({ properties, logicalId }, previous, { account }) => {
  const { inventory } = account.sageMaker;
  const { ref, attributes, undo } = previous;
  const name = attributes.EndpointName ?? '';
  createRequest('sagemaker UpdateEndpoint', { ...properties, EndpointName: name });
  const configName = textMember(properties, 'EndpointConfigName', logicalId);
  const isOther = inventory.endpoints.get(name)?.configName !== configName;
  const takenBack = isOther ? inventory.takenBack.shift() : undefined;
  if (takenBack === 'update fails') {
    throw new ServiceError('GeneralServiceException', `endpoint ${name} was rolled back: an alarm fired`);
  }
  if (takenBack === undefined)
    inventory.endpoints.set(name, {
      name,
      configName,
      weights: keptWeights(properties, inventory.endpoints.get(name)),
    });
  return { ref, attributes, ...(undo && { undo }) };
};

/**
 * The weights that an update keeps: those of its configuration, unless it keeps all properties of variants but for some.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html
 */
function keptWeights(
  { RetainAllVariantProperties, ExcludeRetainedVariantProperties: excluded }: Members,
  before: DeployedEndpoint | undefined,
): DeployedEndpoint['weights'] {
  const others = objectList({ excluded }, 'excluded', 'ExcludeRetainedVariantProperties');
  const isKept = others.every(({ VariantPropertyType }) => VariantPropertyType !== 'DesiredWeight');
  return RetainAllVariantProperties === true && isKept ? before?.weights : undefined;
}

/**
 * A job definition of one kind, such as `DataQuality`. Without a name it gets one as CloudFormation makes them.
 *
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-sagemaker (CreateHandler)
 */
function jobDefinition(kind: string, path: string): ResourceType {
  const create: Creator = (resource, { account }) => {
    const { logicalId, properties } = resource;
    const { jobDefinitions } = account.sageMaker.inventory;
    const made = `CFN-${logicalId.slice(0, 20)}-${uniquePart(resource)}`;
    const name = optionalText(properties, 'JobDefinitionName', logicalId) ?? made;
    const operation = `sagemaker Create${kind}JobDefinition` as const;
    const request = createRequest(operation, withParquet({ ...properties, JobDefinitionName: name }) as Members);
    refuseExisting(jobDefinitions, name, 'job definition');
    const monitored = endpointOf(request);
    if (monitored !== undefined) {
      account.sageMaker.inventory.checkMonitored(monitored);
    }
    jobDefinitions.set(name, request);
    const arn = account.arn('sagemaker', `${path}/${name}`);
    const attributes = { JobDefinitionArn: arn, JobDefinitionName: name, CreationTime: account.recorder.time };
    return { ref: arn, attributes };
  };
  return { create, remove: removeJobDefinition };
}

/** A definition that a schedule still has cannot be deleted. */
function removeJobDefinition({ attributes }: DeployedResource, { account }: DeploymentContext): void {
  const { schedules, inventory } = account.sageMaker;
  const name = attributes.JobDefinitionName ?? '';
  const user = schedules.all().find(({ config }) => config.MonitoringJobDefinitionName === name);
  if (user !== undefined) {
    throw new ServiceError('ValidationException', `job definition ${name} is used by monitoring schedule ${user.name}`);
  }
  inventory.jobDefinitions.delete(name);
}

const monitoringSchedule: ResourceType = {
  create: (resource, context) => {
    const { schedules } = context.account.sageMaker;
    return settled(schedules.create(scheduleRequest(resource, 'CreateMonitoringSchedule')).name, context);
  },
  update: (resource, _previous, context) => {
    const request = scheduleRequest(resource, 'UpdateMonitoringSchedule');
    context.account.sageMaker.schedules.update(request);
    return settled(String(request.MonitoringScheduleName), context);
  },
  remove: ({ attributes }, { account }) => account.sageMaker.schedules.delete(attributes.MonitoringScheduleName ?? ''),
};

/** Tags are not part of an update: CloudFormation's handler ignores them. */
function scheduleRequest({ properties }: Resource, operation: string): Members {
  return createRequest(`sagemaker ${operation}`, withParquet(properties) as Members);
}

/** CloudFormation waits while the schedule is Pending; Scheduled and Stopped are success. */
async function settled(name: string, { account }: DeploymentContext): Promise<Created> {
  const { schedules } = account.sageMaker;
  const schedule = schedules.get(name);
  const end = account.simulation.now.getTime() + SETTLE_TIME;
  await account.simulation.runUntil(() => schedule.status !== 'Pending', end);
  if (schedule.status === 'Failed' || schedule.status === 'Pending') {
    throw new ServiceError(
      'GeneralServiceException',
      `monitoring schedule ${name} is ${schedule.status}: ${schedule.failureReason}`,
    );
  }
  return {
    ref: schedule.arn,
    attributes: {
      MonitoringScheduleArn: schedule.arn,
      MonitoringScheduleName: name,
      CreationTime: schedule.creationTime.toISOString(),
      LastModifiedTime: schedule.lastModifiedTime.toISOString(),
    },
  };
}

function refuseExisting(existing: ReadonlyMap<string, unknown>, name: string, what: string): void {
  if (existing.has(name)) {
    throw new ServiceError('ResourceInUse', `the ${what} '${name}' already exists`);
  }
}

/**
 * What SageMaker monitoring consists of.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SageMaker.html
 */
export const SAGEMAKER_RESOURCES: Readonly<Record<string, Creator | ResourceType>> = {
  'AWS::SageMaker::Model': model,
  'AWS::SageMaker::EndpointConfig': {
    create: endpointConfig,
    update: (_resource, { ref, attributes, undo }) => ({ ref, attributes, ...(undo && { undo }) }),
  },
  'AWS::SageMaker::Endpoint': { create: createEndpoint, update: updateEndpoint },
  'AWS::SageMaker::DataQualityJobDefinition': jobDefinition('DataQuality', 'data-quality-job-definition'),
  'AWS::SageMaker::ModelQualityJobDefinition': jobDefinition('ModelQuality', 'model-quality-job-definition'),
  'AWS::SageMaker::ModelBiasJobDefinition': jobDefinition('ModelBias', 'model-bias-job-definition'),
  'AWS::SageMaker::ModelExplainabilityJobDefinition': jobDefinition(
    'ModelExplainability',
    'model-explainability-job-definition',
  ),
  'AWS::SageMaker::MonitoringSchedule': monitoringSchedule,
};
