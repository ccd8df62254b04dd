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
 * Characters of a resolved policy as IAM will count them: what is known at deployment only counts as long as it usually is at most.
 *
 * @internal
 */
export function deployedCharacters(policy: unknown): number {
  if (Array.isArray(policy)) return 2 + sum(policy.map((item) => deployedCharacters(item) + 1));
  if (typeof policy !== 'object' || policy === null) return (JSON.stringify(policy) ?? '').replace(/\s/g, '').length;
  const entries = Object.entries(policy as { readonly [key: string]: unknown });
  const [[key, argument]] = entries.length === 1 ? entries : [['', undefined]];
  if (key === 'Fn::Join') return joinedCharacters(argument as [string, unknown[]]);
  if (key === 'Ref') return PSEUDO_PARAMETERS[String(argument)] ?? DEPLOYED_VALUE;
  if (key.startsWith('Fn::')) return DEPLOYED_VALUE;
  return 2 + sum(entries.map(([name, value]) => name.length + 4 + deployedCharacters(value)));
}

function joinedCharacters([separator, parts]: [string, unknown[]]): number {
  if (!Array.isArray(parts)) return DEPLOYED_VALUE; // joins what only the deployment can list
  const lengths = parts.map((part) => (typeof part === 'string' ? part.length : deployedCharacters(part)));
  return 2 + sum(lengths) + separator.length * (parts.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
