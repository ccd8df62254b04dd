/** A resource that holds state, and whose replacement or removal somebody has thought about. */
export interface ReviewedLoss {
  readonly app: string;
  readonly stack: string;
  /** construct path within the stack */
  readonly path: string;
  /** what becomes of the state, and why that is right */
  readonly reason: string;
}

/** Every such resource since the last release; one that is not lost, or not any more, fails as well. */
export const REVIEWED: readonly ReviewedLoss[] = [];
