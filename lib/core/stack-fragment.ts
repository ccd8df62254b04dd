import { createHash } from 'node:crypto';
import { Fn, type Stack, Token } from 'aws-cdk-lib';

/**
 * Eight hexadecimal digits that stand for a stack in names: of the hash of the stack's name, which is unique in account and region, or of the
 * UUID in its id, where the name is known at deployment only (nested stacks).
 *
 * @internal
 */
export function stackFragment(stack: Stack): string {
  const fragment = FRAGMENTS.get(stack) ?? fragmentOf(stack);
  FRAGMENTS.set(stack, fragment);
  return fragment;
}

/** Each schedule has its stack's in its name. */
const FRAGMENTS = new WeakMap<Stack, string>();

function fragmentOf(stack: Stack): string {
  if (!Token.isUnresolved(stack.stackName)) return hashFragment(stack.stackName);
  const stackUuid = Fn.select(2, Fn.split('/', stack.stackId));
  return Fn.select(0, Fn.split('-', stackUuid));
}

/**
 * The first eight hexadecimal digits of the SHA-256 of a text.
 *
 * @internal
 */
export function hashFragment(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
