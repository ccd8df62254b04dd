import { type App, type CfnElement, Stack } from 'aws-cdk-lib';
import { flattened } from '../../lib/core/flattened';
import { InlineRole } from '../../lib/core/inline-role';

/** What a policy allows, as the template has it. */
export interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** One of this library's roles. */
export interface DocumentedRole {
  /** Path of the construct below its stack. */
  readonly path: string;
  /** `lambda.amazonaws.com`. */
  readonly service: string;
  readonly description: string;
  readonly statements: readonly Statement[];
}

/** The roles that this library makes in an app, with what is allowed to them beside them. */
export function rolesOf(app: App): DocumentedRole[] {
  const assembly = app.synth();
  return app.node.findAll().flatMap((role) => {
    if (!(role instanceof InlineRole)) return [];
    const { artifactId } = Stack.of(role);
    return [roleOf(role, assembly.getStackArtifact(artifactId).template.Resources)];
  });
}

interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

interface RoleProperties {
  readonly AssumeRolePolicyDocument: { readonly Statement: { readonly Principal: { readonly Service: string } }[] };
  readonly Description: unknown;
  readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
}

interface PolicyProperties {
  readonly PolicyDocument: PolicyDocument;
  readonly Roles?: readonly { readonly Ref?: string }[];
}

type Resources = { readonly [id: string]: { readonly Type: string; readonly Properties: object } };

function roleOf(role: InlineRole, resources: Resources): DocumentedRole {
  const stack = Stack.of(role);
  const logicalId: string = stack.resolve((role.node.defaultChild as CfnElement).logicalId);
  const properties = resources[logicalId].Properties as RoleProperties;
  const beside = Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => Properties as PolicyProperties)
    .filter(({ Roles }) => Roles?.some(({ Ref }) => Ref === logicalId));
  return {
    path: role.node.path.slice(stack.node.path.length + 1),
    service: properties.AssumeRolePolicyDocument.Statement[0].Principal.Service,
    description: flattened(properties.Description),
    statements: [...(properties.Policies ?? []), ...beside].flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
  };
}
