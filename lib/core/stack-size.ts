import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ValidationError } from './validation-error';

/**
 * Resources that a stack may have.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const STACK_RESOURCES = 500;

/** The CDK's own setting of that limit; 0 is none. */
const LIMIT_CONTEXT = '@aws-cdk/core:stackResourceLimit';

/**
 * Lets synthesis fail with `StackTooLarge` when a stack has more resources than CloudFormation takes. Once per stack.
 *
 * (The CDK's own error says how many there are of each type, but not what to do about monitors.)
 *
 * @internal
 */
export function watchStackSize(stack: Stack): void {
  stack.node.addValidation({ validate: () => sizeFaults(stack) });
}

function sizeFaults(stack: Stack): string[] {
  const limit = Number(stack.node.tryGetContext(LIMIT_CONTEXT) ?? STACK_RESOURCES);
  const count = resourceCount(stack);
  if (limit === 0 || count <= limit) return [];
  const problem = {
    prop: 'stack',
    got: `${count} resources`,
    allowed: `at most ${limit} resources in a stack`,
    advice: `${largest(stack)}; put some of the endpoints, with their monitors, into another stack: a nested stack does it, too`,
  };
  return [new ValidationError('StackTooLarge', [problem], stack).message];
}

/** The parts of a stack that have most of its resources: what can be moved. */
function largest(stack: Stack): string {
  const counts = stack.node.children.filter((child) => !Stack.isStack(child)).map(countOf);
  const most = counts.sort((one, other) => other.count - one.count).slice(0, 3);
  return `most are below ${most.map(({ id, count }) => `${id} (${count})`).join(', ')}`;
}

function countOf(child: IConstruct) {
  return { id: child.node.id, count: resourceCount(child) };
}

/** Without those of nested stacks, which have a limit of their own. */
function resourceCount(construct: IConstruct): number {
  let count = CfnResource.isCfnResource(construct) ? 1 : 0;
  for (const child of construct.node.children) if (!Stack.isStack(child)) count += resourceCount(child);
  return count;
}
