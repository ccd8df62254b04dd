import { createRequest } from './create-request';
import { type Creator, physicalName } from './resource';

/** A resource that only has a name: what it does plays no part in a rehearsal. */
interface PassiveResource {
  /** property that may name it */
  readonly property: string;
  readonly service: string;
  /** part of the ARN before the name, such as `endpoint/` */
  readonly path: string;
  readonly ref: 'name' | 'arn';
  /** attributes that give the name, and those that give the ARN */
  readonly names: readonly string[];
  readonly arns: readonly string[];
  /** holds the name to what the service takes */
  readonly held?: (name: string) => void;
}

const jobDefinition = (path: string): PassiveResource => ({
  property: 'JobDefinitionName',
  service: 'sagemaker',
  path,
  ref: 'arn',
  names: ['JobDefinitionName'],
  arns: ['JobDefinitionArn'],
});

const sageMaker = (kind: string, path: string): PassiveResource => ({
  property: `${kind}Name`,
  service: 'sagemaker',
  path,
  ref: 'arn',
  names: [`${kind}Name`],
  arns: [`${kind}Arn`],
});

/**
 * Primary identifiers and attributes of the types.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const TYPES: Readonly<Record<string, PassiveResource>> = {
  'AWS::SageMaker::Model': sageMaker('Model', 'model/'),
  'AWS::SageMaker::EndpointConfig': sageMaker('EndpointConfig', 'endpoint-config/'),
  'AWS::SageMaker::Endpoint': sageMaker('Endpoint', 'endpoint/'),
  'AWS::SageMaker::ModelPackageGroup': sageMaker('ModelPackageGroup', 'model-package-group/'),
  'AWS::SageMaker::MonitoringSchedule': sageMaker('MonitoringSchedule', 'monitoring-schedule/'),
  'AWS::SageMaker::DataQualityJobDefinition': jobDefinition('data-quality-job-definition/'),
  'AWS::SageMaker::ModelQualityJobDefinition': jobDefinition('model-quality-job-definition/'),
  'AWS::SageMaker::ModelBiasJobDefinition': jobDefinition('model-bias-job-definition/'),
  'AWS::SageMaker::ModelExplainabilityJobDefinition': jobDefinition('model-explainability-job-definition/'),
  'AWS::SageMaker::Pipeline': { ...sageMaker('Pipeline', 'pipeline/'), ref: 'name', names: [], arns: [] },
  'AWS::Logs::LogGroup': {
    property: 'LogGroupName',
    service: 'logs',
    path: 'log-group:',
    ref: 'name',
    names: [],
    arns: ['Arn'],
    held: (logGroupName) => createRequest('logs CreateLogGroup', { logGroupName }),
  },
  'AWS::Logs::ResourcePolicy': { property: 'PolicyName', service: 'logs', path: '', ref: 'name', names: [], arns: [] },
  'AWS::Logs::MetricFilter': { property: 'FilterName', service: 'logs', path: '', ref: 'name', names: [], arns: [] },
  'AWS::Lambda::EventInvokeConfig': { property: '', service: 'lambda', path: '', ref: 'name', names: [], arns: [] },
  'AWS::CloudWatch::Dashboard': {
    property: 'DashboardName',
    service: 'cloudwatch',
    path: 'dashboard/',
    ref: 'name',
    names: [],
    arns: [],
  },
  'AWS::SNS::Subscription': { property: '', service: 'sns', path: '', ref: 'arn', names: [], arns: ['Arn'] },
  'AWS::Scheduler::ScheduleGroup': {
    property: 'Name',
    service: 'scheduler',
    path: 'schedule-group/',
    ref: 'name',
    names: [],
    arns: ['Arn'],
  },
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    property: '',
    service: 'application-autoscaling',
    path: '',
    ref: 'name',
    names: [],
    arns: [],
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    property: 'PolicyName',
    service: 'autoscaling',
    path: '',
    ref: 'arn',
    names: ['PolicyName'],
    arns: ['Arn'],
  },
};

function creator(type: PassiveResource): Creator {
  return (resource, { account }) => {
    const name = physicalName(resource, type.property, 63);
    type.held?.(name);
    // two colons of a log group's ARN: arn:aws:logs:{region}:{account}:log-group:{name}:*
    const arn = account.arn(type.service, `${type.path}${name}${type.service === 'logs' ? ':*' : ''}`);
    const attributes = [...type.names.map((key) => [key, name]), ...type.arns.map((key) => [key, arn])];
    return { ref: type.ref === 'arn' ? arn : name, attributes: Object.fromEntries(attributes) };
  };
}

/** Creators of resources that exist, and do nothing here. */
export const PASSIVE_RESOURCES: Readonly<Record<string, Creator>> = Object.fromEntries(
  Object.entries(TYPES).map(([type, description]) => [type, creator(description)]),
);
