import type { Role } from '../account/authorizer';
import { CloudError } from '../cloud-error';
import { isMembers, objectList, optionalText, textList, textMember } from '../members';
import { type Statement, statementsOf } from '../semantics/policy/policy';
import { anew, type Creator, type DeploymentContext, physicalName, type Resource, type ResourceType } from './resource';

/** Managed policies of AWS that grant nothing which the rehearsal checks. */
const HARMLESS_POLICIES = ['service-role/AWSLambdaBasicExecutionRole', 'AWSXRayDaemonWriteAccess'];

const role: Creator = (resource, context) => {
  const { account, deployed } = context;
  const { properties, logicalId } = resource;
  const name = physicalName(resource, 'RoleName');
  const arn = `arn:aws:iam::${account.id}:role${optionalText(properties, 'Path', logicalId) ?? '/'}${name}`;
  const inline = objectList(properties, 'Policies', logicalId).flatMap((policy) => statementsOf(policy.PolicyDocument));
  const before = account.authorizer.roles.get(arn);
  const attached = before?.statements.filter((statement) => !before.inline?.includes(statement)) ?? [];
  const created: Role = {
    arn,
    name,
    trust: statementsOf(properties.AssumeRolePolicyDocument),
    statements: [...inline, ...attached],
    inline,
    boundary: boundaryOf(resource, name, context),
  };
  account.authorizer.roles.set(arn, created);
  for (const policyArn of textList(properties, 'ManagedPolicyArns', logicalId)) {
    const managed = deployed.find(({ type, ref }) => type === 'AWS::IAM::ManagedPolicy' && ref === policyArn);
    if (managed !== undefined) {
      const statements = statementsOf(managed.properties.PolicyDocument);
      created.statements.push(...statements);
      inline.push(...statements);
    } else if (!HARMLESS_POLICIES.some((known) => policyArn.endsWith(`:policy/${known}`))) {
      account.recorder.happened(
        'deployment',
        `what ${policyArn} allows is not known here`,
        `role ${name}: it counts for nothing`,
      );
    }
  }
  const undo = () => void account.authorizer.roles.delete(arn);
  return { ref: name, attributes: { Arn: arn, RoleId: `AROA${name}` }, undo };
};

/** Of a managed policy of the stacks, or what stands for those that lie outside of them. */
function boundaryOf(
  { properties, logicalId }: Resource,
  name: string,
  { account, deployed }: DeploymentContext,
): Statement[] | undefined {
  const arn = optionalText(properties, 'PermissionsBoundary', logicalId);
  if (arn === undefined) return undefined;
  const managed = deployed.find(({ type, ref }) => type === 'AWS::IAM::ManagedPolicy' && ref === arn);
  if (managed !== undefined) return statementsOf(managed.properties.PolicyDocument);
  const { outsideBoundary } = account.authorizer;
  if (outsideBoundary === undefined) {
    const detail = `role ${name}: nothing is denied by its boundary`;
    account.recorder.happened('deployment', `what ${arn} allows is not known here`, detail);
  }
  return outsideBoundary && [...outsideBoundary];
}

const policy: Creator = (resource, context) => {
  const undo = attach(resource, context);
  const name = physicalName(resource, 'PolicyName');
  return { ref: name, attributes: { Id: name }, undo };
};

const managedPolicy: Creator = (resource, context) => {
  const undo = attach(resource, context);
  const ref = `arn:aws:iam::${context.account.id}:policy/${physicalName(resource, 'ManagedPolicyName')}`;
  return { ref, attributes: { PolicyArn: ref }, undo };
};

/** Returns what takes the statements away again. */
function attach({ properties, logicalId }: Resource, { account }: DeploymentContext): () => void {
  const statements = statementsOf(properties.PolicyDocument);
  const names = textList(properties, 'Roles', logicalId);
  for (const name of names) {
    account.authorizer.roleNamed(name)?.statements.push(...statements); // a role outside the app plays no part here
  }
  return () => {
    for (const name of names) {
      withdraw(account.authorizer.roleNamed(name)?.statements, statements);
    }
  };
}

/** Takes statements out of a policy. */
function withdraw(policy: Statement[] | undefined, statements: readonly Statement[]): void {
  policy?.splice(0, policy.length, ...policy.filter((statement) => !statements.includes(statement)));
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
    throw new CloudError('MissingResource', `${logicalId}: no function ${properties.FunctionName}`);
  }
  const { SourceArn: sourceArn, SourceAccount: sourceAccount } = properties;
  const conditions = {
    ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
    ...(sourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': sourceAccount } }),
  };
  const principal = textMember(properties, 'Principal', logicalId);
  const statement = {
    Effect: 'Allow',
    Principal: principal.includes('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: textMember(properties, 'Action', logicalId),
    Resource: lambda.arn,
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
  lambda.policy.push(statement);
  const undo = () => withdraw(account.functions.find(lambda.arn)?.policy, [statement]);
  return { ref: physicalName(resource, 'Id'), attributes: { Id: logicalId }, undo };
};

const topicPolicy: Creator = (resource, { account }) => {
  const statements = statementsOf(resource.properties.PolicyDocument);
  const arns = textList(resource.properties, 'Topics', resource.logicalId);
  for (const arn of arns) {
    account.topics.get(arn)?.policy.push(...statements);
  }
  const undo = () => {
    for (const arn of arns) {
      withdraw(account.topics.get(arn)?.policy, statements);
    }
  };
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId }, undo };
};

const queuePolicy: Creator = (resource, { account }) => {
  const statements = statementsOf(resource.properties.PolicyDocument);
  const urls = textList(resource.properties, 'Queues', resource.logicalId);
  const queues = [...account.queues.values()].filter(({ name }) => urls.some((url) => url.endsWith(`/${name}`)));
  for (const { policy: statementsOfQueue } of queues) {
    statementsOfQueue.push(...statements);
  }
  const undo = () => {
    for (const { policy: statementsOfQueue } of queues) {
      withdraw(statementsOfQueue, statements);
    }
  };
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId }, undo };
};

const bucketPolicy: Creator = ({ properties, logicalId }, { account }) => {
  const bucket = textMember(properties, 'Bucket', logicalId);
  const document = isMembers(properties.PolicyDocument) ? properties.PolicyDocument : {};
  account.bucketPolicies.set(bucket, statementsOf(document));
  return { ref: bucket, attributes: {}, undo: () => void account.bucketPolicies.set(bucket, []) };
};

/** Roles, policies and keys. */
export const IDENTITY_RESOURCES: Readonly<Record<string, Creator | ResourceType>> = {
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': anew(policy),
  'AWS::IAM::ManagedPolicy': anew(managedPolicy),
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': alias,
  'AWS::Lambda::Permission': anew(permission),
  'AWS::SNS::TopicPolicy': anew(topicPolicy),
  'AWS::SQS::QueuePolicy': anew(queuePolicy),
  'AWS::S3::BucketPolicy': bucketPolicy,
};
