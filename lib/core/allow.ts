import * as iam from 'aws-cdk-lib/aws-iam';

/** Actions that are allowed on resources. */
export interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  /** By operator and key: `{ StringLike: { 's3:prefix': 'a/*' } }`. */
  readonly conditions?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/**
 * Permits something to a grantee by its own policy.
 *
 * @internal
 */
export function allow(grantee: iam.IGrantable, permission: Permission): iam.Grant {
  const { actions, resources: resourceArns, conditions } = permission;
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns, conditions });
}
