import { Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';

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
  const wholeId = `SageMakerMonitoring${id}`;
  return (stack.node.tryFindChild(wholeId) as T | undefined) ?? make(stack, wholeId);
}
