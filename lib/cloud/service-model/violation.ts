/** One value that a service would refuse. */
export interface Violation {
  /** `ProcessingInputs[0].S3Input.S3Uri`; empty for the input as a whole */
  readonly path: string;
  /** the value as JSON, cut at 200 characters; `nothing` where it is missing */
  readonly got: string;
  /** what is allowed there, such as `have length less than or equal to 63` */
  readonly allowed: string;
}

/** A violation by a value. */
export function violation(path: string, value: unknown, allowed: string): Violation {
  return { path, got: shown(value), allowed };
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
