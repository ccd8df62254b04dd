import type { Role } from '../account/authorizer';
import { isMembers, objectList, textList, textMember } from '../members';
import { RehearsalError } from '../rehearsal-error';
import { statementsOf } from '../semantics/policy/policy';
import { type Creator, type DeploymentContext, physicalName, type Resource } from './resource';

/** Managed policies of AWS that grant nothing which the rehearsal checks. */
const HARMLESS_POLICIES = ['service-role/AWSLambdaBasicExecutionRole', 'AWSXRayDaemonWriteAccess'];

const role: Creator = (resource, { account, deployed }) => {
  const { properties, logicalId } = resource;
  const name = physicalName(resource, 'RoleName');
  const arn = `arn:aws:iam::${account.id}:role/${name}`;
  const inline = objectList(properties, 'Policies', logicalId).flatMap((policy) => statementsOf(policy.PolicyDocument));
  const created: Role = { arn, name, trust: statementsOf(properties.AssumeRolePolicyDocument), statements: inline };
  account.authorizer.roles.set(arn, created);
  for (const policyArn of textList(properties, 'ManagedPolicyArns', logicalId)) {
    const managed = deployed.find(({ type, ref }) => type === 'AWS::IAM::ManagedPolicy' && ref === policyArn);
    if (managed !== undefined) {
      created.statements.push(...statementsOf(managed.properties.PolicyDocument));
    } else if (!HARMLESS_POLICIES.some((known) => policyArn.endsWith(`:policy/${known}`))) {
      account.recorder.happened(
        'deployment',
        `what ${policyArn} allows is not known here`,
        `role ${name}: it counts for nothing`,
      );
    }
  }
  return { ref: name, attributes: { Arn: arn, RoleId: `AROA${name}` } };
};

const policy: Creator = (resource, context) => {
  attach(resource, context);
  const name = physicalName(resource, 'PolicyName');
  return { ref: name, attributes: { Id: name } };
};

const managedPolicy: Creator = (resource, context) => {
  attach(resource, context);
  const ref = `arn:aws:iam::${context.account.id}:policy/${physicalName(resource, 'ManagedPolicyName')}`;
  return { ref, attributes: { PolicyArn: ref } };
};

function attach({ properties, logicalId }: Resource, { account }: DeploymentContext): void {
  const document = properties.PolicyDocument;
  for (const name of textList(properties, 'Roles', logicalId)) {
    const target = account.authorizer.roles.get(`arn:aws:iam::${account.id}:role/${name}`);
    target?.statements.push(...statementsOf(document)); // a role outside the app plays no part here
  }
}

const key: Creator = ({ stackName, logicalId }, { account }) => {
  const id = `${stackName}-${logicalId}`;
  return { ref: id, attributes: { Arn: account.arn('kms', `key/${id}`), KeyId: id } };
};

const alias: Creator = ({ properties, logicalId }) => ({
  ref: textMember(properties, 'AliasName', logicalId),
  attributes: {},
});

/** The statement that a permission adds to its function's policy. */
const permission: Creator = (resource, { account }) => {
  const { properties, logicalId } = resource;
  const lambda = account.functions.find(textMember(properties, 'FunctionName', logicalId));
  if (lambda === undefined) {
    throw new RehearsalError('MissingResource', `${logicalId}: no function ${properties.FunctionName}`);
  }
  const { SourceArn: sourceArn, SourceAccount: sourceAccount } = properties;
  const conditions = {
    ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
    ...(sourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': sourceAccount } }),
  };
  const principal = textMember(properties, 'Principal', logicalId);
  lambda.policy.push({
    Effect: 'Allow',
    Principal: principal.includes('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: textMember(properties, 'Action', logicalId),
    Resource: lambda.arn,
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  });
  return { ref: physicalName(resource, 'Id'), attributes: { Id: logicalId } };
};

const topicPolicy: Creator = (resource, { account }) => {
  for (const arn of textList(resource.properties, 'Topics', resource.logicalId)) {
    account.topics.get(arn)?.policy.push(...statementsOf(resource.properties.PolicyDocument));
  }
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
};

const queuePolicy: Creator = (resource, { account }) => {
  for (const url of textList(resource.properties, 'Queues', resource.logicalId)) {
    const queue = [...account.queues.values()].find(({ name }) => url.endsWith(`/${name}`));
    queue?.policy.push(...statementsOf(resource.properties.PolicyDocument));
  }
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
};

const bucketPolicy: Creator = ({ properties, logicalId }, { account }) => {
  const bucket = textMember(properties, 'Bucket', logicalId);
  const document = isMembers(properties.PolicyDocument) ? properties.PolicyDocument : {};
  account.bucketPolicies.set(bucket, statementsOf(document));
  return { ref: bucket, attributes: {} };
};

/** Creators of roles, policies and keys. */
export const IDENTITY_RESOURCES: Readonly<Record<string, Creator>> = {
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': alias,
  'AWS::Lambda::Permission': permission,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::S3::BucketPolicy': bucketPolicy,
};
