import { AspectPriority, Aspects, CfnResource, type IAspect, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { flattened } from './flattened';

/** What cdk-nag finds on a resource, and why it stands. */
export interface Acknowledgement {
  /** Of the pack AwsSolutions: `IAM5`. */
  readonly rule: string;
  /**
   * Where the rule finds several things: `Resource::` or `Action::`, and what has a wildcard; may hold tokens.
   *
   * @default - the rule finds one thing
   */
  readonly finding?: string;
  readonly reason: string;
}

/** Where cdk-nag 3 looks, and `Validations.acknowledge` writes, which the oldest supported CDK does not have. */
const ACKNOWLEDGED_RULES = 'aws:cdk:acknowledged-rules';

/**
 * Tells cdk-nag why findings on a resource stand: in a user's app, where neither the finding nor the reason is the user's.
 *
 * Version 3 reads metadata of constructs, which no template holds. Version 2 reads metadata of the template, which are written where it is in the app
 * alone.
 *
 * @param resource and what belongs to it
 * @param acknowledgements asked for when the app has been synthesized and somebody reads them: then all that is found is known
 * @internal
 */
export function acknowledge(resource: IConstruct, acknowledgements: () => readonly Acknowledgement[]): void {
  let isComplete = false;
  const complete = () => {
    isComplete = true;
    return [];
  };
  resource.node.addValidation({ validate: complete });
  const reasons = onDemand(() => (isComplete ? version3(resource, acknowledgements()) : {}));
  resource.node.addMetadata(ACKNOWLEDGED_RULES, reasons);
  Aspects.of(resource.node.defaultChild ?? resource).add(new Version2(acknowledgements), {
    priority: AspectPriority.MUTATING,
  });
}

interface Reasons {
  readonly [rule: string]: string;
}

function version3(resource: IConstruct, acknowledgements: readonly Acknowledgement[]): Reasons {
  const told = acknowledgements.map(({ rule, finding, reason }) => {
    const detail = finding === undefined ? '' : `[${textOf(resource, finding)}]`;
    return [`AwsSolutions-${rule}${detail}`, reason];
  });
  return Object.fromEntries(told);
}

/**
 * An object whose members are made when they are enumerated. It is a token of nothing as well, so that no reason gets into what the CDK writes of an
 * app beside its templates, where nobody reads them.
 */
function onDemand(make: () => Reasons): object {
  let made: Reasons = {};
  const resolve = () => undefined;
  return new Proxy(
    {},
    {
      ownKeys: () => {
        made = make();
        return Object.keys(made);
      },
      getOwnPropertyDescriptor: (_, rule) => Object.getOwnPropertyDescriptor(made, rule),
      get: (_, name) => (name === 'resolve' ? resolve : made[String(name)]),
    },
  );
}

/** Comes before the pack, which is an aspect, too. */
class Version2 implements IAspect {
  private readonly acknowledgements: () => readonly Acknowledgement[];

  constructor(acknowledgements: () => readonly Acknowledgement[]) {
    this.acknowledgements = acknowledgements;
  }

  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node) || !node.node.scopes.some(hasPack)) return;
    const known: { readonly rules_to_suppress?: readonly object[] } = node.getMetadata('cdk_nag') ?? {};
    const own = this.acknowledgements().map((one) => suppression(node, one));
    node.addMetadata('cdk_nag', { rules_to_suppress: [...(known.rules_to_suppress ?? []), ...own] });
  }
}

/** @see https://github.com/cdklabs/cdk-nag/blob/v2/src/models/nag-suppression.ts */
function suppression(node: CfnResource, { rule, finding, reason }: Acknowledgement): object {
  const id = `AwsSolutions-${rule}`;
  return finding === undefined ? { id, reason } : { id, reason, applies_to: [textOf(node, finding)] };
}

/** What findings with tokens are in a stack: many of its roles are allowed the same. */
const RESOLVED = new WeakMap<Stack, Map<string, string>>();

/** As cdk-nag writes it. */
function textOf(scope: IConstruct, finding: string): string {
  if (!Token.isUnresolved(finding)) return flattened(finding);
  const stack = Stack.of(scope);
  const ofStack = RESOLVED.get(stack) ?? new Map<string, string>();
  RESOLVED.set(stack, ofStack);
  const text = ofStack.get(finding) ?? flattened(stack.resolve(finding));
  ofStack.set(finding, text);
  return text;
}

/** What all packs have, and no other aspect is likely to. */
function hasPack(scope: IConstruct): boolean {
  return Aspects.of(scope).all.some((aspect) => 'readPackName' in aspect);
}
