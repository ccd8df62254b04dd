import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import { acknowledge } from './acknowledgement';
import { deployedLengths, estimatedCharacters } from './deployed-size';
import { type AllowedActions, InlinePolicy } from './inline-policy';
import { deployedCharacters, INLINE_POLICY_CHARACTERS, remedy } from './policy-size';
import { ValidationError } from './validation-error';
import { WildcardReasons } from './wildcard-reasons';

/** Options of an `InlineRole`. */
export interface InlineRoleProps {
  /** A service: `sagemaker.amazonaws.com`. */
  readonly assumedBy: string;
  /** Under which the service may assume the role: `{ StringEquals: { 'aws:SourceAccount': account } }`. */
  readonly conditions?: { readonly [operator: string]: object };
  readonly description: string;
}

/** What is permitted beside a role's own policy. */
export interface PermissionsBeside {
  readonly statements: iam.PolicyStatement[];
  /**
   * Why resources have wildcards.
   *
   * @default - none has
   */
  readonly because?: string;
}

/** Said of every wildcard among actions on keys: none is written by hand here. */
const KEY_GRANTS =
  "the CDK's own grants on one key: GenerateDataKey with and without plain text, ReEncrypt from and to it";

/**
 * A role whose whole policy stands inside it: one resource, in force before anything that uses the role, whatever is granted later.
 *
 * A plain `Role` puts grants into an `AWS::IAM::Policy` of its own, which is a second resource and one that dependants must wait for. Synthesis fails with
 * `PolicyTooLarge` when IAM would refuse the policy for its length.
 *
 * @internal
 */
export class InlineRole extends iam.Role {
  private readonly inlinePolicy = new InlinePolicy();
  private readonly reasons = new WildcardReasons();
  /** None where the app is given its roles. */
  private readonly resource?: iam.CfnRole;

  constructor(scope: Construct, id: string, { assumedBy, conditions, description }: InlineRoleProps) {
    super(scope, id, { assumedBy: new iam.ServicePrincipal(assumedBy, { conditions }), description });
    const { defaultChild } = this.node;
    this.resource = iam.CfnRole.isCfnRole(defaultChild) ? defaultChild : undefined;
    this.node.addValidation({
      validate: () => [...this.inlinePolicy.validateForIdentityPolicy(), ...this.sizeFaults()],
    });
    acknowledge(this, () => this.reasons.acknowledgements());
  }

  /** Says why these resources have a wildcard. Those that have none need no reason. */
  public explain(resources: readonly string[], reason: string): void {
    this.reasons.add('Resource', resources, reason);
  }

  /** Adds to the policy inside; where `customizeRoles` forbids the app to make roles, to the report of what a given role needs. */
  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    const { resource } = this;
    if (!resource) return super.addToPrincipalPolicy(statement);
    this.policyOf(resource, statement.actions).addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }

  /** As `addToPrincipalPolicy`, without a statement that no one else will see. */
  public allow(allowed: AllowedActions): void {
    const { resource } = this;
    if (resource) this.policyOf(resource, allowed.actions).allow(allowed);
    else super.addToPrincipalPolicy(new iam.PolicyStatement(allowed));
  }

  /** The policy inside, to which actions are to be added. */
  private policyOf(resource: iam.CfnRole, actions: readonly string[]): InlinePolicy {
    this.reasons.add('Action', actions.filter(isOfKeys), KEY_GRANTS);
    resource.policies ??= [{ policyName: 'Inline', policyDocument: this.inlinePolicy }]; // one without statements is none
    return this.inlinePolicy;
  }

  /** Permits by a policy beside the role what refers to something that itself refers to the role; returns what dependants wait for. */
  public permitBeside(scope: Construct, id: string, { statements, because }: PermissionsBeside): IDependable {
    if (this.resource) return this.policyBeside(scope, id, { statements, because });
    for (const statement of statements) this.addToPrincipalPolicy(statement);
    return this;
  }

  private policyBeside(scope: Construct, id: string, { statements, because }: PermissionsBeside): iam.Policy {
    const reasons = new WildcardReasons();
    if (because !== undefined) for (const { resources } of statements) reasons.add('Resource', resources, because);
    const policy = new iam.Policy(scope, id, { roles: [this], statements });
    acknowledge(policy, () => reasons.acknowledgements());
    return policy;
  }

  /** Resolving a policy takes longer than making it, so it is done for those alone that may be too long. */
  private sizeFaults(): string[] {
    const { isEmpty } = this.inlinePolicy;
    if (isEmpty || estimatedCharacters(this.inlinePolicy.outline()) <= INLINE_POLICY_CHARACTERS) return [];
    const stack = Stack.of(this);
    const document = stack.resolve(this.inlinePolicy);
    const characters = deployedCharacters(document, deployedLengths(stack));
    if (characters <= INLINE_POLICY_CHARACTERS) return [];
    const problem = {
      prop: 'policy',
      got: `about ${characters} characters in ${document.Statement.length} statements`,
      allowed: `at most ${INLINE_POLICY_CHARACTERS} characters in a role`,
      advice: remedy(document),
    };
    return [new ValidationError('PolicyTooLarge', [problem], this).message];
  }
}

/**
 * Says why resources have a wildcard that are allowed to a role of this library.
 *
 * @internal
 */
export function explain({ grantPrincipal }: iam.IGrantable, resources: readonly string[], because: string): void {
  if (grantPrincipal instanceof InlineRole) grantPrincipal.explain(resources, because);
}

function isOfKeys(action: string): boolean {
  return action.startsWith('kms:');
}
