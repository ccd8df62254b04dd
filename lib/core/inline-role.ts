import { type CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import { InlinePolicy, type Permission } from './inline-policy';
import { lean } from './lean-resource';
import {
  deployedCharacters,
  deployedLengths,
  estimatedCharacters,
  INLINE_POLICY_CHARACTERS,
  remedy,
} from './policy-size';
import { ValidationError } from './validation-error';

/** Options of an `InlineRole`. */
export interface InlineRoleProps {
  /** A service: `sagemaker.amazonaws.com`. */
  readonly assumedBy: string;
  /** Under which the service may assume the role: `{ StringEquals: { 'aws:SourceAccount': account } }`. */
  readonly conditions?: { readonly [operator: string]: object };
  readonly description: string;
}

/**
 * A role whose whole policy stands inside it: one resource, in force before anything that uses the role, whatever is granted later.
 *
 * A plain `Role` puts grants into an `AWS::IAM::Policy` of its own, which is a second resource and one that dependants must wait for; and an app with
 * hundreds of them synthesizes noticeably slower. Synthesis fails with `PolicyTooLarge` when IAM would refuse the policy for its length.
 *
 * @internal
 */
@lean
export class InlineRole extends iam.CfnRole implements iam.IRole {
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly assumeRoleAction = 'sts:AssumeRole';
  private readonly policy = new InlinePolicy();

  constructor(scope: Construct, id: string, { assumedBy, conditions, description }: InlineRoleProps) {
    super(scope, id, { assumeRolePolicyDocument: trustIn(assumedBy, conditions), description });
    this.node.addValidation({ validate: () => this.sizeFaults() });
  }

  public get roleArn(): string {
    return this.attrArn;
  }

  /** The name that CloudFormation chooses. */
  public get roleName(): string {
    return this.ref;
  }

  public set roleName(name: string | undefined) {
    super.roleName = name;
  }

  public get principalAccount(): string {
    return this.env.account;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return new iam.ArnPrincipal(this.roleArn).policyFragment;
  }

  /** Without the detour of a `PolicyStatement`. */
  public allow(permission: Permission): void {
    this.inForce().allow(permission);
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.inForce().add(statement);
    return { statementAdded: true, policyDependable: this };
  }

  public addToPolicy(statement: iam.PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }

  public addManagedPolicy({ managedPolicyArn }: iam.IManagedPolicy): void {
    this.managedPolicyArns = [...(this.managedPolicyArns ?? []), managedPolicyArn];
  }

  public attachInlinePolicy(policy: iam.Policy): void {
    policy.attachToRole(this);
  }

  public grant(grantee: iam.IPrincipal, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.roleArn], scope: this });
  }

  public grantPassRole(grantee: iam.IPrincipal): iam.Grant {
    return this.grant(grantee, 'iam:PassRole');
  }

  public grantAssumeRole(grantee: iam.IPrincipal): iam.Grant {
    return this.grant(grantee, this.assumeRoleAction);
  }

  /** A policy without statements is none. */
  private inForce(): InlinePolicy {
    this.policies ??= [{ policyName: 'Inline', policyDocument: this.policy.document }];
    return this.policy;
  }

  /** Resolving a policy takes longer than making it, so it is done for those alone that may be too long. */
  private sizeFaults(): string[] {
    const { document } = this.policy;
    if (estimatedCharacters(document) <= INLINE_POLICY_CHARACTERS) return [];
    const stack = Stack.of(this);
    const resolved = stack.resolve(document);
    const characters = deployedCharacters(resolved, deployedLengths(stack));
    if (characters <= INLINE_POLICY_CHARACTERS) return [];
    const problem = {
      prop: 'policy',
      got: `about ${characters} characters in ${document.Statement.length} statements`,
      allowed: `at most ${INLINE_POLICY_CHARACTERS} characters in a role`,
      advice: remedy(resolved),
    };
    return [new ValidationError('PolicyTooLarge', [problem], this).message];
  }
}

/**
 * Lets a resource wait until what its role is granted is in force, which an `InlineRole` is as soon as it exists.
 *
 * @internal
 */
export function waitForGrants(resource: CfnResource, role: IConstruct): void {
  if (!(role instanceof InlineRole)) resource.node.addDependency(role);
}

function trustIn(Service: string, Condition: InlineRoleProps['conditions']): object {
  const statement = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service } };
  return { Statement: [Condition ? { ...statement, Condition } : statement], Version: '2012-10-17' };
}
