import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { BOOLEAN, NUMBER, optional, struct } from '../core/prop-shapes';
import type { Problem } from '../core/validation-error';

/** How one alarm of this library differs from its default. */
export interface AlarmOptions {
  /**
   * Whether there is such an alarm.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The alarm fires above this value, 0 or more. The heartbeat has none: it is there or not.
   *
   * @default 0
   */
  readonly threshold?: number;

  /**
   * How many periods are looked at, 1 or more; all together at most seven days. A period is the time between two runs of the monitor, and an
   * hour for the alarms of a stack. Of one, an alarm on runs looks at the time between two of them and a while longer, in shorter periods, so that a run
   * that ends later than the one before lets none go back, and fire again.
   *
   * @default 1, for the heartbeat 3
   */
  readonly evaluationPeriods?: number;

  /**
   * In how many of them the value has to be above the threshold, 1 to `evaluationPeriods`.
   *
   * @default - in all of them
   */
  readonly datapointsToAlarm?: number;
}

/**
 * What all alarms of a metric may look at together, for periods of an hour and more.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const MAX_WINDOW = Duration.days(7);

/**
 * An alarm as it is by default, with the options of a user.
 *
 * @internal
 */
export function alarmProps(byDefault: cloudwatch.AlarmProps, options: AlarmOptions): cloudwatch.AlarmProps {
  const {
    threshold = byDefault.threshold,
    evaluationPeriods = byDefault.evaluationPeriods,
    datapointsToAlarm,
  } = options;
  return { ...byDefault, threshold, evaluationPeriods, datapointsToAlarm };
}

/**
 * What is wrong with an alarm.
 *
 * @param prop that holds the options of the alarm
 * @internal
 */
export function alarmProblems(prop: string, { metric, ...props }: cloudwatch.AlarmProps): Problem[] {
  const { threshold, evaluationPeriods, datapointsToAlarm = evaluationPeriods } = props;
  const most = Math.floor(MAX_WINDOW.toSeconds() / (metric as cloudwatch.Metric).period.toSeconds());
  const problems: Problem[] = [];
  if (!(threshold >= 0)) problems.push({ prop: `${prop}.threshold`, got: threshold, allowed: 'a number, 0 or more' });
  if (!isWholeUpTo(most, evaluationPeriods)) {
    problems.push({ prop: `${prop}.evaluationPeriods`, got: evaluationPeriods, allowed: wholeUpTo(most) });
  }
  if (!isWholeUpTo(evaluationPeriods, datapointsToAlarm)) {
    problems.push({ prop: `${prop}.datapointsToAlarm`, got: datapointsToAlarm, allowed: wholeUpTo(evaluationPeriods) });
  }
  return problems;
}

function isWholeUpTo(most: number, value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function wholeUpTo(most: number): string {
  return `a whole number from 1 to ${most}`;
}

/**
 * What the options of one alarm have to be.
 *
 * @internal
 */
export const ALARM_OPTIONS = optional(
  struct<AlarmOptions>({
    enabled: optional(BOOLEAN),
    threshold: optional(NUMBER),
    evaluationPeriods: optional(NUMBER),
    datapointsToAlarm: optional(NUMBER),
  }),
);
