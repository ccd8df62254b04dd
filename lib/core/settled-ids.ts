import { CfnResource, type IResolveContext, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Constructs of this library by their stack, whose resources have ids that are not settled. */
const OPEN = new WeakMap<Stack, Set<IConstruct>>();

/**
 * Lets the CDK derive the logical ids of what lies below a construct once, not at each of the many places that refer to it.
 *
 * That is done when whatever renames resources has done so: by `settleWhilePreparing`, and at validation in stacks where nothing asks for it.
 *
 * @param construct one of this library: what others make is not touched
 * @internal
 */
export function settleLogicalIds(construct: IConstruct): void {
  const stack = Stack.of(construct);
  const open = OPEN.get(stack);
  if (open) {
    open.add(construct);
    return;
  }
  OPEN.set(stack, new Set([construct]));
  stack.node.addValidation({
    validate: () => {
      settleIn(stack);
      return [];
    },
  });
}

/**
 * Settles the ids of a stack when the CDK looks for references, which it does after all aspects: for what is resolved then, and refers to much.
 *
 * @internal
 */
export function settleWhilePreparing({ preparing, scope }: IResolveContext): void {
  if (preparing) settleIn(Stack.of(scope));
}

function settleIn(stack: Stack): void {
  const open = OPEN.get(stack);
  for (const construct of open ?? []) {
    for (const child of construct.node.findAll()) if (CfnResource.isCfnResource(child)) settle(child);
  }
  open?.clear();
}

function settle(resource: CfnResource): void {
  const id: string = resource.stack.resolve(resource.logicalId);
  try {
    resource.overrideLogicalId(id);
  } catch {
    // another stack refers to it: its id is locked, which no public member tells, and goes on to be derived
  }
}
