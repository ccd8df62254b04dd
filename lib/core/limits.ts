import { Token } from 'aws-cdk-lib';
import type { Problem } from './validation-error';

/** How large something may be. */
interface Range {
  /** 1, where nothing is said. */
  readonly minimum?: number;
  readonly maximum: number;
  /** What is counted: "instances". */
  readonly unit?: string;
}

/**
 * Says that a number is not whole, or not between its limits; nothing of one that is absent, or known at deployment only.
 *
 * @internal
 */
export function numberProblems(prop: string, got: number | undefined, range: Range): Problem[] {
  if (got === undefined || Token.isUnresolved(got)) return [];
  const { minimum = 1, maximum, unit } = range;
  if (Number.isInteger(got) && got >= minimum && got <= maximum) return [];
  const allowed = `a whole number, ${minimum} to ${maximum}`;
  return [unit ? { prop, got: `${got} ${unit}`, allowed: `${allowed} ${unit}` } : { prop, got, allowed }];
}

/**
 * Says that a list has too few or too many items, which are shown by their number.
 *
 * @internal
 */
export function countProblems(prop: string, items: readonly unknown[], range: Range): Problem[] {
  return Token.isUnresolved(items) ? [] : numberProblems(prop, items.length, range);
}

/**
 * Says that a text is too long.
 *
 * @internal
 */
export function lengthProblems(prop: string, text: string, maximum: number): Problem[] {
  if (Token.isUnresolved(text) || text.length <= maximum) return [];
  return [{ prop, got: text, allowed: `a text of at most ${maximum} characters` }];
}
