/** Something that cannot be rehearsed, or input that cannot be used; the message begins with the code. */
export class RehearsalError extends Error {
  public constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'RehearsalError';
  }
}
