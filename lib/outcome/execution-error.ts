import type { ExecutionError } from './contract';

/** What a digest and CloudFormation's console can show. */
const CHARACTERS = 1000;

/**
 * The words of a failed execution, at most 1,000 characters.
 *
 * A failed Lambda task has as `Cause` the JSON of the function's error; its `errorMessage` is what a person needs. Anything else is
 * taken as it is. `told` are the words that a failed item left; a Distributed Map's own error has none.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function errorWords(error: ExecutionError, told?: string): string {
  const words =
    told ??
    causeWords(error.Cause) ??
    error.Error ??
    'the execution failed, and its state machine says neither error nor cause: its history has what happened';
  return words.slice(0, CHARACTERS);
}

function causeWords(cause: string | undefined): string | undefined {
  if (!cause) return undefined;
  try {
    const parsed: unknown = JSON.parse(cause);
    const message = (parsed as { errorMessage?: unknown } | null)?.errorMessage;
    return typeof message === 'string' && message !== '' ? message : cause;
  } catch {
    return cause; // no JSON: these are the words
  }
}
