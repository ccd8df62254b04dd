import * as iam from 'aws-cdk-lib/aws-iam';
import { explain } from './inline-role';

/** Actions that are allowed on resources. */
export interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  /** By operator and key: `{ StringLike: { 's3:prefix': 'a/*' } }`. */
  readonly conditions?: { readonly [operator: string]: { readonly [key: string]: unknown } };
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
export function allow(grantee: iam.IGrantable, permission: Permission): iam.Grant {
  const { actions, resources: resourceArns, conditions, because } = permission;
  if (because !== undefined) explain(grantee, resourceArns, because);
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns, conditions });
}
