import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Options of an `InlineRole`. */
export interface InlineRoleProps {
  readonly assumedBy: iam.IPrincipal;
  readonly description: string;
}

/**
 * A role whose whole policy stands inside it: one resource, in force before anything that uses the role, whatever is granted later.
 *
 * (A plain `Role` puts grants into an `AWS::IAM::Policy` of its own, which is a second resource and one that dependants must wait for.)
 *
 * @internal
 */
export class InlineRole extends iam.Role {
  private readonly document: iam.PolicyDocument;

  constructor(scope: Construct, id: string, props: InlineRoleProps) {
    const document = new iam.PolicyDocument();
    super(scope, id, { ...props, inlinePolicies: { Inline: document } });
    this.document = document;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.document.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
