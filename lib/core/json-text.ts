import { Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A list as JSON, whose members may hold tokens.
 *
 * The CDK resolves all of an object that it writes as JSON, each time that the text is looked at. That is left to members in which more than texts are tokens: those
 * in texts stay where they are, and what they stand for, names and ARNs, has nothing to escape.
 *
 * @internal
 */
export function jsonListText(scope: Construct, members: readonly object[]): string {
  const stack = Stack.of(scope);
  const texts = members.map((member) =>
    hasOpaqueTokens(member) ? stack.toJsonString(member) : JSON.stringify(member),
  );
  return `[${texts.join(',')}]`;
}

/**
 * Whether there are tokens that are objects, numbers or lists: two of them may look the same and be different.
 *
 * @internal
 */
export function hasOpaqueTokens(value: unknown): boolean {
  if (typeof value === 'number' || Array.isArray(value)) {
    return Token.isUnresolved(value) || (Array.isArray(value) && value.some(hasOpaqueTokens));
  }
  if (typeof value !== 'object' || value === null) return false;
  return Tokenization.isResolvable(value) || Object.values(value).some(hasOpaqueTokens);
}
