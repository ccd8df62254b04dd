import { Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { deployedCharacters, estimatedCharacters, INLINE_POLICY_CHARACTERS } from './policy-size';
import { ValidationError } from './validation-error';

/** Options of an `InlineRole`. */
export interface InlineRoleProps {
  /** A service. */
  readonly assumedBy: iam.ServicePrincipal;
  readonly description: string;
  /** Whether statements that differ in their resources alone are merged; false where absent. */
  readonly minimizesPolicy?: boolean;
}

/**
 * A role whose whole policy stands inside it: one resource, in force before anything that uses the role, whatever is granted later.
 *
 * A plain `Role` puts grants into an `AWS::IAM::Policy` of its own, which is a second resource and one that dependants must wait for; and an app with
 * hundreds of them synthesizes noticeably slower. Synthesis fails with `PolicyTooLarge` when IAM would refuse the policy for its length.
 *
 * @internal
 */
export class InlineRole extends Resource implements iam.IRole {
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly assumeRoleAction = 'sts:AssumeRole';
  public readonly principalAccount: string;
  public readonly roleArn: string;
  public readonly roleName: string;
  private readonly resource: iam.CfnRole;
  private readonly document: iam.PolicyDocument;
  private readonly statements: iam.PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: InlineRoleProps) {
    super(scope, id);
    this.document = new iam.PolicyDocument({ minimize: props.minimizesPolicy });
    this.resource = new iam.CfnRole(this, 'Resource', {
      assumeRolePolicyDocument: trustIn(props.assumedBy),
      description: props.description,
    });
    this.principalAccount = this.env.account;
    this.roleArn = this.resource.attrArn;
    this.roleName = this.resource.ref;
    this.node.addValidation({ validate: () => this.sizeFaults() });
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return new iam.ArnPrincipal(this.roleArn).policyFragment;
  }

  public get roleRef(): iam.RoleReference {
    return { roleArn: this.roleArn, roleName: this.roleName };
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.document.addStatements(statement);
    this.statements.push(statement);
    this.resource.policies = [{ policyName: 'Inline', policyDocument: this.document }];
    return { statementAdded: true, policyDependable: this };
  }

  public addToPolicy(statement: iam.PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }

  public addManagedPolicy({ managedPolicyArn }: iam.IManagedPolicy): void {
    this.resource.managedPolicyArns = [...(this.resource.managedPolicyArns ?? []), managedPolicyArn];
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

  /** Resolving a policy takes longer than making it, so it is done for those alone that may be too long. */
  private sizeFaults(): string[] {
    if (estimatedCharacters(this.statements) <= INLINE_POLICY_CHARACTERS) return [];
    const characters = deployedCharacters(Stack.of(this).resolve(this.document));
    if (characters <= INLINE_POLICY_CHARACTERS) return [];
    const problem = {
      prop: 'policy',
      got: `about ${characters} characters in ${this.document.statementCount} statements`,
      allowed: `at most ${INLINE_POLICY_CHARACTERS} characters in a role`,
      advice: 'let monitors of this stack share buckets and keys, or put some of them into another stack',
    };
    return [new ValidationError('PolicyTooLarge', [problem], this).message];
  }
}

/** That a service may assume the role, under the conditions that come with it. */
function trustIn({ policyFragment, assumeRoleAction }: iam.ServicePrincipal): object {
  const { principalJson, conditions } = policyFragment;
  const [Service] = principalJson.Service;
  const condition = Object.keys(conditions).length > 0 ? { Condition: conditions } : {};
  const statement = { Action: assumeRoleAction, Effect: 'Allow', Principal: { Service }, ...condition };
  return { Statement: [statement], Version: '2012-10-17' };
}
