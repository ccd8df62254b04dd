import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LINE_BYTES, STATE_BYTES } from './contract';
import { deployedBytes, estimatedCharacters, largestMember } from './deployed-size';
import { ValidationError } from './validation-error';

/** Bytes that names, times and the pre-signed URL of an answer take beside a request. */
const BESIDE_BYTES = 4 * 1024;

/**
 * Bytes of a request that an execution carries.
 *
 * Also of what a schedule sends to a function: the documentation of EventBridge Scheduler names no limit of its own, so this is the least of what its
 * targets take.
 */
export const REQUEST_BYTES = STATE_BYTES - BESIDE_BYTES;

/** The same where children of a Distributed Map get the request beside their items. */
export const MAPPED_REQUEST_BYTES = REQUEST_BYTES - LINE_BYTES;

/** Of JSON, that UTF-16 code units become at most: `\u001f`. */
const MOST_BYTES = 6;

/**
 * Lets synthesis fail with `RequestTooLarge` where a request, which may hold tokens, has more bytes of JSON than its execution carries.
 *
 * @internal
 */
export function limitRequest(scope: Construct, request: object, limit = REQUEST_BYTES): void {
  if (mayExceed(request, limit)) scope.node.addValidation({ validate: () => faults(scope, request, limit) });
}

/**
 * The bytes of an object as JSON, which may hold tokens; undefined where there are no more than a limit.
 *
 * Resolving takes longer than making an object, so it is done for those alone that may be too large.
 *
 * @internal
 */
export function excessiveBytes(scope: Construct, object: object, limit: number): number | undefined {
  if (!mayExceed(object, limit)) return undefined;
  const bytes = deployedBytes(Stack.of(scope).resolve(object));
  return bytes > limit ? bytes : undefined;
}

function mayExceed(object: object, limit: number): boolean {
  return estimatedCharacters(object) * MOST_BYTES > limit;
}

function faults(scope: Construct, request: object, limit: number): string[] {
  const bytes = excessiveBytes(scope, request, limit);
  if (bytes === undefined) return [];
  const { name, bytes: most } = largestMember(Stack.of(scope).resolve(request));
  const problem = {
    prop: 'request',
    got: `${bytes} bytes`,
    allowed: `at most ${limit} bytes, which a run of the state machine carries`,
    advice: `most are of '${name}', ${most} bytes: let it name fewer features, columns or values`,
  };
  return [new ValidationError('RequestTooLarge', [problem], scope).message];
}
