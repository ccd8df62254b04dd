import type { Duration } from 'aws-cdk-lib';
import { DURATION } from '../core/cdk-shapes';
import { NUMBER, optional, type Shapes, textLike } from '../core/prop-shapes';
import { OperationsMetric } from './operations-metric';

/** When an alarm on operations fires. */
export interface AlarmPeriods {
  /**
   * Over which a value is taken; whole minutes, 1 to 60.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * How many periods are looked at, 1 to 24.
   *
   * @default 3
   */
  readonly evaluationPeriods?: number;

  /**
   * In how many of them the value has to be beyond the threshold, 1 to `evaluationPeriods`.
   *
   * @default - in all of them
   */
  readonly datapointsToAlarm?: number;
}

/** How an alarm on latency differs from its default. */
export interface LatencyAlarmOptions extends AlarmPeriods {
  /**
   * A percentile, from `p50` to `p99.9`. Of a handful of requests in a period, a high one is the slowest.
   *
   * @default 'p99'
   */
  readonly statistic?: string;
}

/** How an alarm on a share of requests differs from its default. */
export interface ErrorAlarmOptions extends AlarmPeriods {
  /**
   * The alarm fires above this share of the requests of a period, in percent, above 0 to 100.
   *
   * @default 1, for errors of clients 20
   */
  readonly percent?: number;

  /**
   * Of a period with fewer requests nothing is said; a whole number, 1 or more.
   *
   * @default 20
   */
  readonly leastRequests?: number;
}

/** How an alarm on saturation differs from its default. */
export interface UtilizationAlarmOptions extends AlarmPeriods {
  /**
   * How many vCPUs, or GPUs, an instance has: their utilization is up to 100 percent for each of them. Of memory and disk, 1.
   *
   * @default 1
   */
  readonly unitCount?: number;
}

/** How an alarm on what is unusual differs from its default. */
export interface AnomalyAlarmOptions extends AlarmPeriods {
  /**
   * How many standard deviations wide the band is on either side of what CloudWatch expects, above 0.
   *
   * @default 3
   */
  readonly standardDeviations?: number;
}

/** @internal */
export const PERIODS: Shapes<AlarmPeriods> = {
  period: optional(DURATION),
  evaluationPeriods: optional(NUMBER),
  datapointsToAlarm: optional(NUMBER),
};
/** @internal */
export const LATENCY: Shapes<LatencyAlarmOptions> = {
  ...PERIODS,
  statistic: optional(textLike(/^p(?:[5-9]\d)(?:\.\d)?$/, 'a percentile from p50 to p99.9')),
};
/** @internal */
export const ERRORS: Shapes<ErrorAlarmOptions> = {
  ...PERIODS,
  percent: optional(NUMBER),
  leastRequests: optional(NUMBER),
};
/** @internal */
export const UTILIZATION: Shapes<UtilizationAlarmOptions> = { ...PERIODS, unitCount: optional(NUMBER) };
/** @internal */
export const ANOMALY: Shapes<AnomalyAlarmOptions> = { ...PERIODS, standardDeviations: optional(NUMBER) };
/** @internal */
export const UTILIZATIONS = Object.fromEntries(
  Object.entries(OperationsMetric).filter(([name]) => name.endsWith('_UTILIZATION')),
);
