import { Token, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * A policy in which statements that differ in their resources alone are one: what is granted for each of many monitors stays short.
 *
 * (The CDK's own minimizing, by the feature flag of the app, comes on top of it when the policy is resolved.)
 *
 * @internal
 */
export class InlinePolicy extends iam.PolicyDocument {
  private readonly known = new Map<string, iam.PolicyStatement>();

  public addStatements(...statements: iam.PolicyStatement[]): void {
    for (const statement of statements) this.append(statement);
  }

  private append(statement: iam.PolicyStatement): void {
    const key = keyOf(statement);
    const known = key === undefined ? undefined : this.known.get(key);
    if (known && !known.frozen) {
      known.addResources(...statement.resources);
    } else {
      const own = statement.copy();
      if (key !== undefined) this.known.set(key, own);
      super.addStatements(own);
    }
  }
}

/** Equal for statements that can be one; none for a statement that stays alone. */
function keyOf(statement: iam.PolicyStatement): string | undefined {
  const { effect, sid, actions, notActions, resources, notResources, conditions } = statement;
  const isOpen = Token.isUnresolved(resources); // a list to which nothing can be added
  if (isOpen || statement.hasPrincipal || hasOpaque(conditions) || grows(actions)) return undefined;
  return JSON.stringify([effect, sid, actions, notActions, notResources, conditions, resources.length > 0]);
}

/** A list of prefixes that may be listed gets longer later: two that are equal now need not stay so. */
function grows(actions: readonly string[]): boolean {
  return actions.length === 1 && actions[0] === 's3:ListBucket';
}

/** Tokens that are objects, not texts: two of them may look the same and be different. */
function hasOpaque(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Tokenization.isResolvable(condition) || Object.values(condition).some(hasOpaque);
}
