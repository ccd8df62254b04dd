/** A definition that this interpreter does not know or that the service would refuse. */
export class StatesLanguageError extends Error {
  public override readonly name = 'StatesLanguageError';
}

/** An error of a running execution, with the names that the States Language gives it. */
export class StateFailure extends Error {
  public override readonly name = 'StateFailure';

  public constructor(
    public readonly error: string,
    public override readonly cause: string,
  ) {
    super(`${error}: ${cause}`);
  }
}

/**
 * Largest input or result of a state, task or execution, in bytes of UTF-8.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const PAYLOAD_LIMIT_BYTES = 262_144;

/** Fails the execution with States.DataLimitExceeded when the value, written as JSON, is over the limit. */
export function checkSize(value: unknown, what: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? 'null', 'utf8');
  if (bytes > PAYLOAD_LIMIT_BYTES) {
    throw new StateFailure(
      'States.DataLimitExceeded',
      `${what} has ${bytes} bytes, more than the ${PAYLOAD_LIMIT_BYTES} allowed`,
    );
  }
}

/** Lets a StateFailure through; anything else is a fault of the definition or of the interpreter and is thrown on. */
export function asStateFailure(error: unknown): StateFailure {
  if (error instanceof StateFailure) {
    return error;
  }
  throw error;
}

/** A rejection of a service as a failure of the state; StatesLanguageError is thrown on. */
export function serviceFailure(reason: unknown): StateFailure {
  if (reason instanceof StatesLanguageError) {
    throw reason;
  }
  const { name, message } = (reason ?? {}) as { name?: unknown; message?: unknown };
  if (typeof name !== 'string') {
    throw new StatesLanguageError(
      `UnnamedRejection: a service rejected with ${JSON.stringify(reason)}, which has no name`,
    );
  }
  return new StateFailure(name, typeof message === 'string' ? message : '');
}

/**
 * Tells whether one name of ErrorEquals covers an error.
 *
 * States.ALL does not cover States.DataLimitExceeded; nothing covers States.Runtime; States.TaskFailed covers all but
 * States.Timeout and those two.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function coversError(name: string, error: string): boolean {
  if (error === 'States.Runtime') {
    return false;
  }
  if (name === error) {
    return true;
  }
  if (error === 'States.DataLimitExceeded') {
    return false;
  }
  return name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout');
}
