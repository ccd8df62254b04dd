import { PASSING_ERRORS, sectionUrl } from '../core/contract';
import { documentationUrl } from './documentation';

/**
 * Something that a person has to put right: a missing object, a denied read, a wrong name.
 *
 * The code is the error's name too, so that Step Functions and the log show it. A handler throws it to get a retry and, at last,
 * a failed execution; each code has a section in docs/errors.md.
 */
export class Failure extends Error {
  constructor(
    /** PascalCase. */
    public readonly code: string,
    /** What was wrong, where, what is allowed and what to do; lower case, no full stop. */
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${what}`, options);
    this.name = code;
  }
}

/** What constructs never write, and a function was given all the same. @param what was wrong, and where */
export function malformedRequest(what: string, options?: ErrorOptions): Failure {
  const cause = 'only the constructs call this function, and write no such request';
  return new Failure('MalformedRequest', `${what}; ${cause}: after an update, deploy all of the stack anew`, options);
}

/** Why something failed, for CloudFormation and its readers: the words of what was thrown, and where a failure's code is explained. */
export function reasonOf(thrown: unknown): string {
  const words = wordsOf(thrown);
  return thrown instanceof Failure ? `${words} (${sectionUrl(documentationUrl(), 'errors', thrown.code)})` : words;
}

/** The words of whatever was thrown; the message alone, without stack. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The name of whatever was thrown: an AWS error code, a failure's code, or `Error`. */
export function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'Error';
}

/**
 * Whether what was thrown may pass by itself: a service had no time for the call, could not be reached, or its answer was lost. Everything else is the same
 * the next time.
 *
 * @see https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/retry/service-error-classification/constants.ts
 */
export function mayPass(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { name, code, $metadata } = thrown as ServiceError;
  if (PASSING.includes(name) || PASSING.includes(code ?? '') || ($metadata?.httpStatusCode ?? 0) >= 500) return true;
  return thrown.cause !== undefined && mayPass(thrown.cause);
}

/** What the SDK throws has a status, where it was answered, or else a code of Node.js. */
interface ServiceError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Names and codes of errors; the latter of a connection that broke, or that nobody takes. */
const PASSING: readonly string[] = [
  ...PASSING_ERRORS,
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
];
