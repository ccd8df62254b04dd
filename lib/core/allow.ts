import * as iam from 'aws-cdk-lib/aws-iam';
import type { Permission } from './inline-policy';
import { InlineRole } from './inline-role';

/**
 * Permits something to a role of this library, or to any other grantee.
 *
 * @internal
 */
export function allow({ grantPrincipal }: iam.IGrantable, permission: Permission): void {
  if (grantPrincipal instanceof InlineRole) grantPrincipal.allow(permission);
  else grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement(permission));
}
