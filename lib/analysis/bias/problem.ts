/** Why something could not be analyzed. */
export type BiasProblemReason =
  | 'missing-column'
  | 'missing-threshold'
  | 'invalid-threshold'
  | 'invalid-value'
  | 'empty-column'
  | 'label-types-differ'
  | 'no-positive-prediction'
  | 'too-many-values';

/** Something that could not be analyzed, and why. */
export interface BiasProblem {
  /** the facet or label column */
  readonly column: string;
  readonly reason: BiasProblemReason;
  readonly detail: string;
}

/** A value, or the reason why there is none. */
export type Attempt<T> = { readonly value: T } | { readonly problem: BiasProblem };

/** An attempt that failed. */
export const problem = (column: string, reason: BiasProblemReason, detail: string): { problem: BiasProblem } => ({
  problem: { column, reason, detail },
});
