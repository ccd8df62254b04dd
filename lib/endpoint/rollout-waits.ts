import { type Duration, Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';
import { wholeDurationProblems } from '../core/whole-duration';
import type { RolloutOptions } from './rollout';

/**
 * How long a rollout waits, and how often at least.
 *
 * @internal
 */
export interface Waits {
  readonly baking: Duration;
  readonly times: number;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BlueGreenUpdatePolicy.html */
const LEAST_EXECUTION_MINUTES = 10;
const MOST_EXECUTION_MINUTES = 8 * 60;

/**
 * What is wrong with the durations of a rollout. Without baking nothing would be watched.
 *
 * @internal
 */
export function durationProblems({ baking, maxExecutionTimeout }: RolloutOptions): Problem[] {
  return [
    ...wholeDurationProblems('baking', baking, { unit: 'minutes', least: 1, most: 60 }),
    ...wholeDurationProblems('maxExecutionTimeout', maxExecutionTimeout, {
      unit: 'minutes',
      least: LEAST_EXECUTION_MINUTES,
      most: MOST_EXECUTION_MINUTES,
    }),
  ];
}

/**
 * What is wrong with the number of requests that a bake has to see.
 *
 * @internal
 */
export function leastRequestsProblems(got = 0): Problem[] {
  if (!Token.isUnresolved(got) && Number.isInteger(got) && got >= 0) return [];
  return [{ prop: 'leastRequests', got, allowed: 'a whole number, 0 or more, known when the app is synthesized' }];
}

/**
 * What is wrong with all waits together.
 *
 * @internal
 */
export function bakingProblems({ baking, times }: Waits, { maxExecutionTimeout }: RolloutOptions): Problem[] {
  if (baking.isUnresolved() || maxExecutionTimeout?.isUnresolved()) return [];
  const minutes = times * baking.toMinutes({ integral: false });
  const most = maxExecutionTimeout?.toMinutes({ integral: false }) ?? MOST_EXECUTION_MINUTES;
  if (minutes < most) return [];
  const got = `${times} times ${baking.toHumanString()}`;
  const advice = maxExecutionTimeout ? "raise 'maxExecutionTimeout'" : 'SageMaker gives an update up after 8 hours';
  return [{ prop: 'baking', got, allowed: `less than ${most} minutes together`, advice }];
}
