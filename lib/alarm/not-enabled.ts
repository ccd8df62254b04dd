import type { IConstruct } from 'constructs';
import { ValidationError } from '../core/validation-error';

/**
 * Tells that an alarm was asked for that its user has switched off.
 *
 * @internal
 */
export function notEnabled(prop: string, scope: IConstruct): never {
  const problem = { prop: `${prop}.enabled`, got: false, allowed: 'true, where the alarm is asked for' };
  throw new ValidationError('AlarmNotEnabled', [problem], scope);
}
