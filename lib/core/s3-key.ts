import { Token } from 'aws-cdk-lib';
import type { Problem } from './validation-error';

/**
 * Says what is wrong with the key of an S3 object that a policy is to name: `*` and `?` would make a pattern of it.
 *
 * Answers an empty list for a key without fault, and for a token.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @internal
 */
export function validateKey(prop: string, key: string): Problem[] {
  if (Token.isUnresolved(key) || /^[^/*?][^*?]*$/.test(key)) return [];
  const advice = key.startsWith('/') ? 'remove the slash at the start' : 'name the object itself';
  return [{ prop, got: key, allowed: 'a key without leading slash, without * and ?', advice }];
}
