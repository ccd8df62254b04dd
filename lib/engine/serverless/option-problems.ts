import { Token } from 'aws-cdk-lib';
import type { Problem } from '../../core/validation-error';
import { type WholeDuration, wholeDurationProblems } from '../../core/whole-duration';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';
import { WHOLE_HOURS } from '../whole-hours';
import { Checks } from './checks';
import { DriftMethod } from './drift-method';
import type { ServerlessEngineOptions } from './serverless-engine-options';
import { maxSettleMinutes } from './start-times';

/** Whatever the frequency. */
const SETTLE_TIME: WholeDuration = { unit: 'minutes', least: 0, most: maxSettleMinutes(1) };

/**
 * What is wrong with options of the engine. What is known at deployment only is not judged.
 *
 * @internal
 */
export function optionProblems(options: ServerlessEngineOptions): Problem[] {
  const { maxConcurrency } = options;
  const problems = [
    ...rateProblems(options),
    ...checksProblems(options),
    ...limitProblems(options),
    ...wholeDurationProblems('settleTime', options.settleTime, SETTLE_TIME),
  ];
  if (isKnown(maxConcurrency) && !isConcurrency(maxConcurrency)) {
    problems.unshift({ prop: 'maxConcurrency', got: maxConcurrency, allowed: 'a whole number, 1 to 1000' });
  }
  return problems;
}

function rateProblems({ driftMethod, falseAlarmRate }: ServerlessEngineOptions): Problem[] {
  const rate = { prop: 'falseAlarmRate', got: falseAlarmRate };
  if (driftMethod === DriftMethod.MODEL_MONITOR && falseAlarmRate !== undefined) {
    const advice = 'the rule of Model Monitor has no test; leave it out, or choose another drift method';
    return [{ ...rate, allowed: 'nothing with DriftMethod.MODEL_MONITOR', advice }];
  }
  if (!isKnown(falseAlarmRate) || (falseAlarmRate > 0 && falseAlarmRate <= 1)) return [];
  return [{ ...rate, allowed: 'a number above 0, at most 1' }];
}

function checksProblems({ driftMethod, checks }: ServerlessEngineOptions): Problem[] {
  if (driftMethod !== DriftMethod.MODEL_MONITOR || checks !== Checks.BY_MEANING) return [];
  const advice =
    'the drift method compares what the container compares; leave checks out, or choose another drift method';
  return [{ prop: 'checks', got: checks, allowed: 'Checks.MODEL_MONITOR with DriftMethod.MODEL_MONITOR', advice }];
}

function limitProblems({ limits = {} }: ServerlessEngineOptions): Problem[] {
  const { baselineAge, timeWithoutData, ...shares } = limits;
  const ofShares = Object.entries(shares).flatMap(([name, share]) =>
    !isKnown(share) || (share >= 0 && share <= 1) ? [] : [{ prop: `limits.${name}`, got: share, allowed: '0 to 1' }],
  );
  return [
    ...ofShares,
    ...wholeDurationProblems('limits.baselineAge', baselineAge, WHOLE_HOURS),
    ...wholeDurationProblems('limits.timeWithoutData', timeWithoutData, WHOLE_HOURS),
  ];
}

/**
 * What is wrong with the time to settle of a monitor that runs as often.
 *
 * @internal
 */
export function settleFrequencyProblems(settleMinutes: number, { intervalHours }: MonitoringFrequency): Problem[] {
  const most = maxSettleMinutes(intervalHours);
  if (settleMinutes <= most) return [];
  const allowed = `at most ${most} minutes for a monitor that runs every ${intervalHours * 60}: a run starts before the next window has ended`;
  return [{ prop: 'settleTime', got: `${settleMinutes} minutes`, allowed }];
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !Token.isUnresolved(value);
}

function isConcurrency(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 1000;
}
