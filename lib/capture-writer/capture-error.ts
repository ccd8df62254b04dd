/** What a `CaptureWriter` refuses. What S3 answers is thrown as it is. */
export class CaptureError extends Error {
  /** `InvalidCaptureWriter`, or `InvalidCapturedInference`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'CaptureError';
    this.code = code;
  }
}
