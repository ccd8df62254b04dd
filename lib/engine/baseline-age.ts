import type { Duration } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';

/**
 * What is wrong with the age that a prop allows a baseline.
 *
 * @internal
 */
export function baselineAgeProblems(prop: string, age: Duration | undefined): Problem[] {
  if (age === undefined || isWholeHours(age)) return [];
  const got = age.isUnresolved() ? 'a token' : age.toHumanString();
  return [{ prop, got, allowed: 'whole hours, 1 or more' }];
}

function isWholeHours(duration: Duration): boolean {
  if (duration.isUnresolved()) return false;
  const hours = duration.toHours({ integral: false });
  return Number.isInteger(hours) && hours >= 1;
}
