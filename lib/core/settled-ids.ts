import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Lets the CDK derive the logical ids of what lies below a construct once, not at each of the many places that refer to it.
 *
 * Asked for at validation, when whatever renames resources has done so. Without validation, ids are what they are, and derived as often as ever.
 *
 * @param construct one of this library: what others make is not touched
 * @internal
 */
export function settleLogicalIds(construct: IConstruct): void {
  construct.node.addValidation({
    validate: () => {
      for (const child of construct.node.findAll()) if (CfnResource.isCfnResource(child)) settle(child);
      return [];
    },
  });
}

function settle(resource: CfnResource): void {
  const id: string = resource.stack.resolve(resource.logicalId);
  try {
    resource.overrideLogicalId(id);
  } catch {
    // another stack refers to it: its id is locked, which no public member tells, and goes on to be derived
  }
}
