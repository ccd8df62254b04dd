import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** Short periods that an alarm looks at together, in place of the one between two runs. */
interface ShortPeriods {
  readonly period: Duration;
  readonly evaluationPeriods: number;
}

const DAY_MINUTES = 24 * 60;

/**
 * All periods of an alarm together, in minutes, by whether they are shorter than an hour.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const LONGEST = { short: DAY_MINUTES, long: 7 * DAY_MINUTES };

/**
 * An alarm on what one run says, which stays on until the next run should have said something else, and a while longer.
 *
 * Two runs are seldom as far apart as the time between them says. With one period of that length, a minute would come that has no value, in which CloudWatch takes the period before it, with the
 * values of two runs: an alarm that had gone back would fire again. So it looks at many short periods, of which one decides. More than one run, as a user
 * may ask for, is counted by periods as long as the time between two.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * @internal
 */
export function sinceARun(props: cloudwatch.AlarmProps): cloudwatch.AlarmProps {
  const metric = props.metric as cloudwatch.Metric;
  const found = shortPeriods(metric.period.toMinutes());
  if (props.evaluationPeriods !== 1 || found === undefined) return props;
  const { period, evaluationPeriods } = found;
  return { ...props, metric: metric.with({ period }), evaluationPeriods, datapointsToAlarm: 1 };
}

/**
 * Lets an alarm that is there look at other periods.
 *
 * @internal
 */
export function setPeriods(alarm: cloudwatch.Alarm, props: cloudwatch.AlarmProps): void {
  const resource = alarm.node.defaultChild as cloudwatch.CfnAlarm;
  resource.period = (props.metric as cloudwatch.Metric).period.toSeconds();
  resource.evaluationPeriods = props.evaluationPeriods;
  resource.datapointsToAlarm = props.datapointsToAlarm;
}

/** Undefined where runs are so far apart that an alarm cannot look farther back. */
function shortPeriods(minutes: number): ShortPeriods | undefined {
  const step = stepMinutes(minutes);
  const evaluationPeriods = Math.ceil((minutes + laterMinutes(minutes)) / step);
  const longest = step < 60 ? LONGEST.short : LONGEST.long;
  if (evaluationPeriods * step > longest) return undefined;
  return { period: Duration.minutes(step), evaluationPeriods };
}

function stepMinutes(minutes: number): number {
  if (minutes < 60) return 1;
  return minutes < DAY_MINUTES ? 5 : 60;
}

/** How much later than the time between two runs the next one may tell: of Model Monitor up to an hour, until the reconciler has seen it; of days an hour more, where clocks are changed. */
function laterMinutes(minutes: number): number {
  if (minutes < 60) return 15;
  return minutes < DAY_MINUTES ? 75 : 180;
}
