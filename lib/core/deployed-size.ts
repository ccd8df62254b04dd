import { CfnResource, type Stack } from 'aws-cdk-lib';

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

/** How a service counts. */
export interface Counting {
  /** Of JSON that is known: characters, or bytes. */
  readonly sizeOf: (json: string) => number;
  /** Of what the deployment alone knows. */
  readonly lengths?: DeployedLengths;
}

/** How a text begins that stands for a value of the deployment. */
const TOKEN = 'Token[';

/**
 * A quick estimate, without resolving tokens, that is hardly ever too small: characters of an object as JSON.
 *
 * @internal
 */
export function estimatedCharacters(value: object): number {
  const written = JSON.stringify(value);
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
 * The size of a resolved value as JSON: what is known at deployment only counts as long as it can be, or usually is at most.
 *
 * @internal
 */
export function deployedSize(value: unknown, counting: Counting): number {
  const sizeOf = (part: unknown) => deployedSize(part, counting);
  if (Array.isArray(value)) return 2 + sum(value.map((item) => sizeOf(item) + 1));
  if (typeof value !== 'object' || value === null) return counting.sizeOf(JSON.stringify(value) ?? '');
  const entries = Object.entries(value as { readonly [key: string]: unknown });
  const [[key, argument]] = entries.length === 1 ? entries : [['', undefined]];
  if (key === 'Fn::Join') return joinedSize(argument as [string, unknown[]], sizeOf);
  if (key === 'Ref' || key.startsWith('Fn::')) return intrinsicSize(key, argument, counting.lengths);
  return 2 + sum(entries.map(([name, member]) => sizeOf(name) + 2 + sizeOf(member)));
}

/** A member of an object, and its size. */
export interface SizedMember {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Bytes of a resolved value as JSON.
 *
 * @internal
 */
export function deployedBytes(value: unknown): number {
  return deployedSize(value, { sizeOf: (json) => Buffer.byteLength(json) });
}

/**
 * The member of a resolved object that takes most of its bytes.
 *
 * @internal
 */
export function largestMember(resolved: object): SizedMember {
  const members = Object.entries(resolved).map(([name, value]) => ({ name, bytes: deployedBytes(value) }));
  return members.reduce((largest, one) => (one.bytes > largest.bytes ? one : largest));
}

function intrinsicSize(name: string, argument: unknown, lengths: DeployedLengths = new Map()): number {
  const [logicalId, attribute] = name === 'Fn::GetAtt' ? (argument as [string, string]) : [String(argument), name];
  return PSEUDO_PARAMETERS[logicalId] ?? lengths.get(logicalId)?.[attribute] ?? DEPLOYED_VALUE;
}

/** The quotes of each part are those of the whole. */
function joinedSize([separator, parts]: [string, unknown[]], sizeOf: (part: unknown) => number): number {
  if (!Array.isArray(parts)) return DEPLOYED_VALUE; // joins what only the deployment can list
  const sizes = parts.map((part) => sizeOf(part) - (typeof part === 'string' ? 2 : 0));
  return 2 + sum(sizes) + separator.length * (parts.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
