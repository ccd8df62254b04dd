import { CfnResource, type Stack } from 'aws-cdk-lib';

/**
 * Characters that all inline policies of a role may have, white space not counted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const INLINE_POLICY_CHARACTERS = 10_240;

/** Characters that are counted for what is known at deployment only: partition, region, account, and ARNs and names. */
const PSEUDO_PARAMETERS: { readonly [name: string]: number } = {
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-2'.length,
  'AWS::AccountId': 12,
};
const DEPLOYED_VALUE = 100;

/**
 * The longest names there are, of the resources that policies name most.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html
 */
const LONGEST: { readonly [type: string]: Lengths } = {
  'AWS::S3::Bucket': { Ref: 63, Arn: 'arn:aws-us-gov:s3:::'.length + 63 },
  'AWS::SageMaker::Endpoint': { EndpointName: 63 },
};

/** At most so many characters, by attribute; `Ref` is one. */
interface Lengths {
  readonly [attribute: string]: number;
}

/** Of the resources of a stack, by logical id. */
export type DeployedLengths = ReadonlyMap<string, Lengths>;

/** How a text begins that stands for a value of the deployment. */
const TOKEN = 'Token[';

/**
 * A quick estimate, without resolving tokens, that is hardly ever too small: characters of a policy.
 *
 * @internal
 */
export function estimatedCharacters(policy: object): number {
  const written = JSON.stringify(policy);
  const tokens = written.split(TOKEN).length - 1;
  return written.length + tokens * DEPLOYED_VALUE;
}

/**
 * How long the names of a stack's resources may be that only the deployment knows.
 *
 * @internal
 */
export function deployedLengths(stack: Stack): DeployedLengths {
  const known = stack.node
    .findAll()
    .filter((child): child is CfnResource => CfnResource.isCfnResource(child) && child.cfnResourceType in LONGEST);
  return new Map(known.map((child) => [stack.resolve(child.logicalId), LONGEST[child.cfnResourceType]]));
}

/**
 * Characters of a resolved policy as IAM will count them: what is known at deployment only counts as long as it can be, or usually is at most.
 *
 * @internal
 */
export function deployedCharacters(policy: unknown, lengths: DeployedLengths = new Map()): number {
  const charactersOf = (part: unknown) => deployedCharacters(part, lengths);
  if (Array.isArray(policy)) return 2 + sum(policy.map((item) => charactersOf(item) + 1));
  if (typeof policy !== 'object' || policy === null) return (JSON.stringify(policy) ?? '').replace(/\s/g, '').length;
  const entries = Object.entries(policy as { readonly [key: string]: unknown });
  const [[key, argument]] = entries.length === 1 ? entries : [['', undefined]];
  if (key === 'Fn::Join') return joinedCharacters(argument as [string, unknown[]], charactersOf);
  if (key === 'Ref' || key.startsWith('Fn::')) return intrinsicCharacters(key, argument, lengths);
  return 2 + sum(entries.map(([name, value]) => name.length + 4 + charactersOf(value)));
}

/** Buckets that a role of a stack lists when its endpoints share what they can: of captured data, of datasets, of reports. */
const FEW_BUCKETS = 3;

/**
 * What makes a resolved policy that is too long shorter. Sharing buckets does only where they are many: there is one statement for all that is listed in
 * a bucket.
 *
 * @internal
 */
export function remedy({ Statement }: { readonly Statement: readonly { readonly Action?: unknown }[] }): string {
  const buckets = Statement.filter(({ Action }) => Action === 's3:ListBucket').length;
  const move = 'put some of the endpoints, with their monitors, into another stack';
  return buckets <= FEW_BUCKETS ? move : `it lists ${buckets} buckets: let endpoints capture to one, or ${move}`;
}

function intrinsicCharacters(name: string, argument: unknown, lengths: DeployedLengths): number {
  const [logicalId, attribute] = name === 'Fn::GetAtt' ? (argument as [string, string]) : [String(argument), name];
  return PSEUDO_PARAMETERS[logicalId] ?? lengths.get(logicalId)?.[attribute] ?? DEPLOYED_VALUE;
}

function joinedCharacters([separator, parts]: [string, unknown[]], charactersOf: (part: unknown) => number): number {
  if (!Array.isArray(parts)) return DEPLOYED_VALUE; // joins what only the deployment can list
  const counts = parts.map((part) => (typeof part === 'string' ? part.length : charactersOf(part)));
  return 2 + sum(counts) + separator.length * (parts.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
