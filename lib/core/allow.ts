import * as iam from 'aws-cdk-lib/aws-iam';
import type { AllowedActions } from './inline-policy';
import { explain, InlineRole } from './inline-role';

/** Actions that are allowed on resources, and why these are no single ones. */
export interface Permission extends AllowedActions {
  /**
   * Why a resource has a wildcard, for those who examine the app: a sentence without capital and full stop.
   *
   * @default - none has
   */
  readonly because?: string;
}

/**
 * Permits something to a grantee by its own policy.
 *
 * @internal
 */
export function allow(grantee: iam.IGrantable, permission: Permission): void {
  const { actions, resources, conditions, because } = permission;
  if (because !== undefined) explain(grantee, resources, because);
  const { grantPrincipal } = grantee;
  if (grantPrincipal instanceof InlineRole) grantPrincipal.allow({ actions, resources, conditions });
  else iam.Grant.addToPrincipal({ grantee, actions, resourceArns: resources, conditions });
}

/**
 * Reading metrics, whosever.
 *
 * @internal
 */
export const READING_METRICS: Permission = {
  actions: ['cloudwatch:GetMetricData'],
  resources: ['*'],
  because: 'cloudwatch:GetMetricData knows no resource',
};
