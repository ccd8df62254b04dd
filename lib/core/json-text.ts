import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A value as JSON. Where it holds what only the deployment knows, so does the text.
 *
 * (A text of `Stack.toJsonString` is made anew each time that it is resolved, three times for each synthesis.)
 *
 * @internal
 */
export function jsonText(scope: Construct, value: unknown): string {
  return isKnown(value) ? JSON.stringify(value) : Stack.of(scope).toJsonString(value);
}

function isKnown(value: unknown): boolean {
  if (Token.isUnresolved(value)) return false;
  return typeof value !== 'object' || value === null || Object.values(value).every(isKnown);
}
