import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { deployedCharacters, estimatedCharacters, INLINE_POLICY_CHARACTERS } from './policy-size';
import { ValidationError } from './validation-error';

/** Options of an `InlineRole`. */
export interface InlineRoleProps {
  readonly assumedBy: iam.IPrincipal;
  readonly description: string;
  /** Whether statements that differ in their resources alone are merged; false where absent. */
  readonly minimizesPolicy?: boolean;
}

/**
 * A role whose whole policy stands inside it: one resource, in force before anything that uses the role, whatever is granted later.
 *
 * (A plain `Role` puts grants into an `AWS::IAM::Policy` of its own, which is a second resource and one that dependants must wait for.)
 * Synthesis fails with `PolicyTooLarge` when IAM would refuse the policy for its length.
 *
 * @internal
 */
export class InlineRole extends iam.Role {
  private readonly document: iam.PolicyDocument;
  private readonly statements: iam.PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: InlineRoleProps) {
    const { assumedBy, description, minimizesPolicy: minimize } = props;
    const document = new iam.PolicyDocument({ minimize });
    super(scope, id, { assumedBy, description, inlinePolicies: { Inline: document } });
    this.document = document;
    this.node.addValidation({ validate: () => this.sizeFaults() });
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.document.addStatements(statement);
    this.statements.push(statement);
    return { statementAdded: true, policyDependable: this };
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
