import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledged';
import type { Permission } from './hand-written';

/** Who may assume a role, and what it may do. */
export interface RoleParts {
  readonly service: string;
  readonly description: string;
  readonly conditions?: { readonly [operator: string]: object };
  readonly permissions: Permission[];
}

/** A role with one inline policy. */
export function createRole(
  scope: Construct,
  id: string,
  { service, description, conditions, permissions }: RoleParts,
): iam.Role {
  const statements = permissions.map((permission) => new iam.PolicyStatement(permission));
  const role = new iam.Role(scope, id, {
    description,
    assumedBy: new iam.ServicePrincipal(service, { conditions }),
    inlinePolicies: { Inline: new iam.PolicyDocument({ statements }) },
  });
  acknowledgeWildcards(role, permissions);
  return role;
}
