import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { InlineRoleProps } from './inline-role';

/**
 * A service, acting for this account only (against the confused deputy), or even for one resource of it.
 *
 * Only for services whose documentation says that they send these keys: Step Functions, Scheduler, EventBridge, CloudWatch.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 * @internal
 */
export function serviceOfThisAccount(
  scope: Construct,
  service: string,
  sourceArn?: string,
): Pick<InlineRoleProps, 'assumedBy' | 'conditions'> {
  const source = sourceArn ? { 'aws:SourceArn': sourceArn } : {};
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account, ...source } };
  return { assumedBy: service, conditions };
}
