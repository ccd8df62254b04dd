import type { Stack } from 'aws-cdk-lib';

/**
 * A resource of a stack's partition, region and account.
 *
 * @internal
 */
export function localArn(stack: Stack, service: string, resource: string): string {
  return `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;
}
