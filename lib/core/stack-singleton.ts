import { Stack } from 'aws-cdk-lib';
import { type Construct, Dependable, type IConstruct, type IDependable } from 'constructs';
import { settleLogicalIds } from './settled-ids';

/**
 * What a stack has one of, whoever asks first: found by its id right below the stack, or made there.
 *
 * The id has the library's prefix, so it meets no construct of a user.
 *
 * @internal
 */
export function stackSingleton<T extends IConstruct>(
  scope: Construct,
  id: string,
  make: (stack: Stack, id: string) => T,
): T {
  const stack = Stack.of(scope);
  return (found(stack, id) as T | undefined) ?? settled(make(stack, wholeId(id)));
}

function settled<T extends IConstruct>(construct: T): T {
  settleLogicalIds(construct);
  return construct;
}

/**
 * Something to depend on: the singleton of a stack if there is one in the end, whoever makes it; else nothing.
 *
 * @internal
 */
export function existingSingleton(scope: Construct, id: string): IDependable {
  const stack = Stack.of(scope);
  const dependable: IDependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots() {
      return [found(stack, id)].filter((one) => one !== undefined);
    },
  });
  return dependable;
}

/**
 * The singleton of a stack if somebody has made it by now.
 *
 * @internal
 */
export function madeSingleton(scope: Construct, id: string): IConstruct | undefined {
  return found(Stack.of(scope), id);
}

function found(stack: Stack, id: string): IConstruct | undefined {
  return stack.node.tryFindChild(wholeId(id));
}

function wholeId(id: string): string {
  return `SageMakerMonitoring${id}`;
}
