import { type IResolveContext, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { hasOpaqueTokens } from './json-text';
import { settleWhilePreparing } from './settled-ids';

/** Actions that are allowed on resources. */
export interface AllowedActions {
  readonly actions: string[];
  readonly resources: string[];
  /** By operator and key: `{ StringLike: { 's3:prefix': 'a/*' } }`. */
  readonly conditions?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/**
 * A policy in which statements that differ in their resources alone are one: what is granted for each of many monitors stays short.
 *
 * (The CDK's own minimizing, by the feature flag of the app, comes on top of it when the policy is resolved.)
 *
 * @internal
 */
export class InlinePolicy extends iam.PolicyDocument {
  private readonly owned: iam.PolicyStatement[] = [];
  private readonly known = new Map<string, iam.PolicyStatement>();

  /** Adds statements that are others' and may change later: copies of them. */
  public addStatements(...statements: iam.PolicyStatement[]): void {
    for (const statement of statements) {
      const { resources, hasPrincipal } = statement;
      const isOpen = Token.isUnresolved(resources); // a list to which nothing can be added
      this.merge(isOpen || hasPrincipal ? undefined : keyOf(statement), resources, () => statement.copy());
    }
  }

  /** Allows actions on resources, with a statement of its own where none that is there can say it. */
  public allow(allowed: AllowedActions): void {
    const { resources } = allowed;
    const key = Token.isUnresolved(resources) ? undefined : keyOf(partsOf(allowed));
    this.merge(key, resources, () => new iam.PolicyStatement(allowed));
  }

  /** While references are looked for, nothing is written: what the statements hold is enough then. */
  public resolve(context: IResolveContext): unknown {
    if (!context.preparing) return super.resolve(context);
    settleWhilePreparing(context); // policies refer to much of their stack
    return this.outline();
  }

  /** The statements before they are written: what is short here is no longer then. */
  public outline(): object {
    const statements = this.owned.map(({ actions, notActions, conditions, effect, notResources, resources, sid }) => {
      return { actions, notActions, conditions, effect, notResources, resources, sid };
    });
    return { version: '2012-10-17', statements };
  }

  private merge(key: string | undefined, resources: string[], make: () => iam.PolicyStatement): void {
    const known = key === undefined ? undefined : this.known.get(key);
    if (known && !known.frozen) {
      known.addResources(...resources);
      return;
    }
    const own = make();
    if (key !== undefined) this.known.set(key, own);
    this.owned.push(own);
    super.addStatements(own);
  }
}

/** What makes statements equal, or different. */
type StatementParts = Pick<
  iam.PolicyStatement,
  'effect' | 'sid' | 'actions' | 'notActions' | 'resources' | 'notResources' | 'conditions'
>;

type Conditions = { readonly [operator: string]: { readonly [key: string]: unknown } | undefined };

/** As a statement would have them. */
function partsOf({ actions, resources, conditions = {} }: AllowedActions): StatementParts {
  const { ALLOW: effect } = iam.Effect;
  return { effect, sid: undefined, actions, notActions: NONE, resources, notResources: NONE, conditions };
}

const NONE: string[] = [];

/** Equal for statements that can be one; none for a statement that stays alone. */
function keyOf(statement: StatementParts): string | undefined {
  const { effect, sid, actions, notActions, resources, notResources, conditions } = statement;
  if (hasOpaqueTokens(conditions) || grows(actions, conditions)) return undefined;
  return JSON.stringify([effect, sid, actions, notActions, notResources, conditions, resources.length > 0]);
}

/** A list of prefixes that may be listed gets longer later: two that are equal now need not stay so. A single prefix is a text, and stays. */
function grows(actions: readonly string[], { StringLike: { 's3:prefix': prefixes } = {} }: Conditions): boolean {
  return actions.length === 1 && actions[0] === 's3:ListBucket' && typeof prefixes !== 'string';
}
