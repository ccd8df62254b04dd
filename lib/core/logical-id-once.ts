import type { CfnResource } from 'aws-cdk-lib';

/** What the CDK asks a resource for its logical id by, each time that something refers to it. */
const ALLOCATE = '_synthesizeLogicalId';

/** What resources answered, until an override. */
const ALLOCATED = new WeakMap<CfnResource, string>();

/**
 * Decorates a resource class: its logical id is allocated once.
 *
 * The CDK allocates it anew, which takes the hash of a path, for every reference and for the template, the search for references and the tree of constructs; in an app
 * with hundreds of monitors that is about 7 % of the time. An override holds as ever. A renaming by the stack has to come before the first use of the
 * id, else the CDK fails for it. (The method is the CDK's own matter: without it nothing is kept, and a test fails.)
 *
 * @internal
 */
export function logicalIdOnce({ prototype }: { readonly prototype: CfnResource }): void {
  const base = Object.getPrototypeOf(prototype) as CfnResource;
  const allocate = Reflect.get(base, ALLOCATE) as (this: CfnResource) => string;
  Object.defineProperties(prototype, {
    [ALLOCATE]: {
      value(this: CfnResource): string {
        const id = ALLOCATED.get(this) ?? allocate.call(this);
        ALLOCATED.set(this, id);
        return id;
      },
    },
    overrideLogicalId: {
      value(this: CfnResource, id: string): void {
        base.overrideLogicalId.call(this, id);
        ALLOCATED.delete(this);
      },
    },
  });
}
