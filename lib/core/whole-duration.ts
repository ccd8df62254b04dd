import type { Duration } from 'aws-cdk-lib';
import type { Problem } from './validation-error';

/** Of which unit a duration has to be a whole number, and which numbers are allowed. */
export interface WholeDuration {
  readonly unit: 'hours' | 'minutes';
  readonly least: number;
  /** any where absent */
  readonly most?: number;
}

/**
 * What is wrong with a duration of a prop. One that is known at deployment only is refused, as nobody could say what it is.
 *
 * @internal
 */
export function wholeDurationProblems(prop: string, duration: Duration | undefined, asked: WholeDuration): Problem[] {
  if (duration === undefined || isAsAsked(duration, asked)) return [];
  const { unit, least, most } = asked;
  const allowed = `whole ${unit}, ${most === undefined ? `${least} or more` : `${least} to ${most}`}`;
  if (!duration.isUnresolved()) return [{ prop, got: duration.toHumanString(), allowed }];
  return [{ prop, got: 'a token', allowed: `${allowed}, known when the app is synthesized` }];
}

function isAsAsked(duration: Duration, { unit, least, most = Number.POSITIVE_INFINITY }: WholeDuration): boolean {
  if (duration.isUnresolved()) return false;
  const whole = { integral: false };
  const count = unit === 'hours' ? duration.toHours(whole) : duration.toMinutes(whole);
  return Number.isInteger(count) && count >= least && count <= most;
}
