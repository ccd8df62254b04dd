import { Token } from 'aws-cdk-lib';

/**
 * The ARNs that a policy has to name to permit what one is of: SageMaker has written names in ARNs in lower case for some resources and at some times, policies compare case
 * by case, and no source says which spelling they have to have.
 *
 * @param name with which the ARN ends, where it is known
 * @internal
 */
export function spellingsOf(arn: string, name: string | undefined): string[] {
  if (name === undefined || Token.isUnresolved(name) || !arn.endsWith(name)) return [arn];
  return [...new Set([arn, `${arn.slice(0, arn.length - name.length)}${name.toLowerCase()}`])];
}
