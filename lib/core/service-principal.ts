import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { InlineRoleProps } from './inline-role';
import { localArn } from './local-arn';

/**
 * A service, acting for this account only (against the confused deputy), or even for one resource of it.
 *
 * Only for services whose documentation says that they send these keys: Step Functions, Scheduler, EventBridge, CloudWatch. For SageMaker there is
 * `sageMakerOfThisAccount`.
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

/**
 * SageMaker, acting for resources of this account and region wherever it says for which one it acts.
 *
 * Its documentation says that processing jobs send `aws:SourceArn`, and says nothing of monitoring schedules and of job definitions, for which the same role is checked and
 * passed on. `IfExists` holds the jobs, and keeps the rest working if it sends no key. Any resource of the account, not `processing-job/*`, because what the rest
 * would send is not known either.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html#security-confused-deputy-processing-job
 * @internal
 */
export function sageMakerOfThisAccount(scope: Construct): Pick<InlineRoleProps, 'assumedBy' | 'conditions'> {
  const anySource = localArn(Stack.of(scope), 'sagemaker', '*');
  return { assumedBy: 'sagemaker.amazonaws.com', conditions: { ArnLikeIfExists: { 'aws:SourceArn': anySource } } };
}
