/** Something that the stand-in does not model, or input that it cannot use; the message begins with the code. */
export class CloudError extends Error {
  public constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'CloudError';
  }
}
