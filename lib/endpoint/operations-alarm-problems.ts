import { Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';
import { wholeDurationProblems } from '../core/whole-duration';
import type { AlarmPeriods } from './operations-alarm-options';

/** Of periods of an hour at most, all together are a day. */
const MAX_PERIODS = 24;

/**
 * What is wrong with the periods of an alarm.
 *
 * @internal
 */
export function periodProblems({ period, evaluationPeriods = 3, datapointsToAlarm = evaluationPeriods }: AlarmPeriods) {
  return [
    ...wholeDurationProblems('period', period, { unit: 'minutes', least: 1, most: 60 }),
    ...wholeUpTo('evaluationPeriods', evaluationPeriods, MAX_PERIODS),
    ...wholeUpTo('datapointsToAlarm', datapointsToAlarm, evaluationPeriods),
  ];
}

/**
 * What is wrong with a share of a whole.
 *
 * @internal
 */
export function percentage(prop: string, got: number): Problem[] {
  return unless(got > 0 && got <= 100, { prop, got, allowed: 'a number above 0, up to 100' });
}

/**
 * What is wrong with a count.
 *
 * @internal
 */
export function wholeFrom(prop: string, got: number, least: number): Problem[] {
  return unless(Number.isInteger(got) && got >= least, { prop, got, allowed: `a whole number, ${least} or more` });
}

/**
 * What is wrong with a number that is more than zero.
 *
 * @internal
 */
export function positive(prop: string, got: number): Problem[] {
  return unless(got > 0, { prop, got, allowed: 'a number above 0' });
}

function wholeUpTo(prop: string, got: number, most: number): Problem[] {
  return unless(Number.isInteger(got) && got >= 1 && got <= most, {
    prop,
    got,
    allowed: `a whole number from 1 to ${most}`,
  });
}

/** A number that only the deployment knows is refused: thresholds are computed with it, and expressions written. */
function unless(isAllowed: boolean, problem: Problem): Problem[] {
  if (Token.isUnresolved(problem.got)) return [{ ...problem, got: 'a token' }];
  return isAllowed ? [] : [problem];
}
