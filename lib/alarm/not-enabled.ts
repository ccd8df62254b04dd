import type { IConstruct } from 'constructs';
import { type Problem, ValidationError } from '../core/validation-error';

/**
 * Tells that an alarm was asked for that is not there: by default, because its user has switched it off.
 *
 * @internal
 */
export function notEnabled(
  prop: string,
  scope: IConstruct,
  problem: Problem = { prop: `${prop}.enabled`, got: false, allowed: 'true, where the alarm is asked for' },
): never {
  throw new ValidationError('AlarmNotEnabled', [problem], scope);
}
