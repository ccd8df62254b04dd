import { Token, Tokenization } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';

/** Actions that are allowed on resources. */
export interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  /** By operator and key: `{ StringLike: { 's3:prefix': 'a/*' } }`. */
  readonly conditions?: { readonly [operator: string]: object };
}

/** A statement as IAM reads it. */
interface Statement {
  Resource?: string | string[];
  readonly [member: string]: unknown;
}

/**
 * The statements of one policy as plain objects: what is granted twice stands there once, and statements that differ in their resources alone
 * are one.
 *
 * (A `PolicyDocument` that minimizes does so each time it is resolved, which is three times in a synthesis.)
 *
 * @internal
 */
export class InlinePolicy {
  /** Grows with each statement that is added. */
  public readonly document = { Statement: [] as Statement[], Version: '2012-10-17' };
  private readonly statements = new Map<string, Statement>();

  public allow({ actions, resources, conditions }: Permission): void {
    const condition = conditions && { Condition: conditions };
    this.append({ Action: itemOrList(actions), ...condition, Effect: 'Allow', Resource: itemOrList(resources) });
  }

  public add(statement: iam.PolicyStatement): void {
    this.append(statement.toStatementJson());
  }

  private append(statement: Statement): void {
    const key = this.keyOf(statement);
    const known = this.statements.get(key);
    if (known?.Resource) {
      known.Resource = itemOrList([...new Set([known.Resource, statement.Resource ?? []].flat())]);
    } else if (!known) {
      this.statements.set(key, statement);
      this.document.Statement.push(statement);
    }
  }

  /** Equal for statements that can be one. */
  private keyOf({ Resource, ...others }: Statement): string {
    const isOpen = Array.isArray(Resource) && Token.isUnresolved(Resource); // nothing can be added to it
    const key = `${Resource === undefined ? 'no' : 'some'} resources: ${JSON.stringify(others)}`;
    return isOpen || hasOpaque(others.Condition) || grows(others) ? `${this.statements.size} ${key}` : key;
  }
}

/** A list of prefixes that may be listed gets longer later: two that are equal now need not stay so. */
function grows({ Action }: Omit<Statement, 'Resource'>): boolean {
  return Action === 's3:ListBucket';
}

/** Tokens that are objects, not texts: two of them may look the same and be different. */
function hasOpaque(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Tokenization.isResolvable(condition) || Object.values(condition).some(hasOpaque);
}

function itemOrList(items: string[]): string | string[] {
  return items.length === 1 && !Token.isUnresolved(items) ? items[0] : items;
}
