import { having, list, type Shape, textLike } from './prop-shapes';

/*
 * Known by a member, as the CDK does: an app may hold two copies of it, and users may implement its interfaces themselves.
 */

/** @internal */
export const BUCKET: Shape = having('bucketArn', 'an S3 bucket (IBucket)');

/** @internal */
export const KEY: Shape = having('keyArn', 'a KMS key (IKey)');

/** @internal */
export const ROLE: Shape = having('roleArn', 'an IAM role (IRole)');

/** @internal */
export const TOPIC: Shape = having('topicArn', 'an SNS topic (ITopic)');

/** @internal */
export const EVENT_BUS: Shape = having('eventBusArn', 'a bus of EventBridge (IEventBus)');

/** @internal */
export const ACCOUNT: Shape = textLike(/^\d{12}$/, 'the id of an account, 12 digits');

/** @internal */
export const REGION: Shape = textLike(/^[a-z]{2,}(-[a-z]+)+-\d$/, "a region, such as 'eu-west-1'");

/** @internal */
export const QUEUE: Shape = having('queueArn', 'an SQS queue (IQueue)');

/** @internal */
export const REPOSITORY: Shape = having('repositoryArn', 'an ECR repository (IRepository)');

/** @internal */
export const VPC: Shape = having('vpcId', 'a VPC (IVpc)');

/** @internal */
export const ARCHITECTURE: Shape = having(
  'dockerPlatform',
  "an architecture of Lambda's functions (lambda.Architecture)",
);

/** @internal */
export const SECURITY_GROUP: Shape = having('securityGroupId', 'a security group (ISecurityGroup)');

const ENDPOINT_REFERENCE = having(
  'endpointRef',
  'an endpoint of SageMaker (IEndpointRef), such as Endpoint.fromEndpointName(...)',
);
const OLDER_ENDPOINT = having('endpointArn', '');

/**
 * A reference, or an endpoint of a library that is older than references.
 *
 * @internal
 */
export const ENDPOINT: Shape = (prop, got) =>
  OLDER_ENDPOINT(prop, got).length === 0 ? [] : ENDPOINT_REFERENCE(prop, got);

/** @internal */
export const PIPELINE: Shape = having('pipelineRef', 'a pipeline of SageMaker (IPipelineRef)');

/** @internal */
export const GRANTEE: Shape = having('grantPrincipal', 'what permissions are granted to (IGrantable)');

/** @internal */
export const ALARM_ACTIONS: Shape = list(having('bind', 'the action of an alarm (IAlarmAction)'));

/** @internal */
export const DURATION: Shape = having('toSeconds', 'a Duration, such as Duration.hours(1)');

/** @internal */
export const SIZE: Shape = having('toGibibytes', 'a Size, such as Size.gibibytes(20)');
