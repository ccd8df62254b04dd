import type { Problem } from './validation-error';

/** The longest list in a record that becomes columns: each is one of the baseline's features, with a test of its own. */
const MAX_LIST_LENGTH = 1000;

/**
 * Says that a list cannot be of such a length.
 *
 * @internal
 */
export function listLengthProblems(prop: string, got: number): Problem[] {
  if (Number.isInteger(got) && got >= 1 && got <= MAX_LIST_LENGTH) return [];
  return [{ prop, got, allowed: `a whole number from 1 to ${MAX_LIST_LENGTH}, known at synthesis` }];
}
