import { type EvaluationWindow, evaluationWindow } from './evaluation-window';
import { alarmError, choice, type Measurement, measurementOf } from './measurement';

export { AlarmStateError } from './measurement';

/** What TreatMissingData may say. */
export type MissingDataTreatment = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

/** How long a new alarm waits before it is evaluated. */
export interface WarmUp {
  readonly seconds: number;
  /** it waits so long even if there are data for the whole evaluation window before */
  readonly whole: boolean;
}

/** Checked properties of an alarm. */
export interface AlarmDefinition {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: MissingDataTreatment;
  readonly warmUp?: WarmUp;
  readonly window: EvaluationWindow;
  /** What the alarm watches. */
  readonly measure: Measurement;
  readonly breaches: (value: number) => boolean;
  /** For example `> 0.2`. */
  readonly comparisonText: string;
}

type AlarmProperties = Readonly<Record<string, unknown>>;

const EVALUATED = new Set(
  (
    'Namespace MetricName Dimensions Metrics Statistic ExtendedStatistic Period EvaluationPeriods DatapointsToAlarm Threshold ' +
    'ComparisonOperator TreatMissingData EvaluateLowSampleCountPercentile WarmUpConfiguration EvaluationWindow'
  ).split(' '),
);
const WITHOUT_EFFECT_ON_STATE = new Set(
  'AlarmName AlarmDescription ActionsEnabled AlarmActions OKActions InsufficientDataActions Tags'.split(' '),
);
const TREATMENTS = new Set(['breaching', 'notBreaching', 'ignore', 'missing']);
const COMPARISONS: Readonly<Record<string, [string, (value: number, threshold: number) => boolean]>> = {
  GreaterThanThreshold: ['>', (value, threshold) => value > threshold],
  GreaterThanOrEqualToThreshold: ['>=', (value, threshold) => value >= threshold],
  LessThanThreshold: ['<', (value, threshold) => value < threshold],
  LessThanOrEqualToThreshold: ['<=', (value, threshold) => value <= threshold],
};
const MINUTE_SECONDS = 60;
const MAX_WARM_UP_MINUTES = 2880;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/**
 * Reads and checks the resolved properties of an AWS::CloudWatch::Alarm.
 *
 * @throws AlarmStateError on anything that would change the evaluation and is not known here
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */
export function readAlarm(props: AlarmProperties): AlarmDefinition {
  refuseUnknown(props);
  const [sign, compare] = choice(COMPARISONS, props, 'ComparisonOperator');
  const threshold = numberOf(props, 'Threshold');
  const evaluationPeriods = countOf(props, 'EvaluationPeriods');
  const datapointsToAlarm =
    props.DatapointsToAlarm === undefined ? evaluationPeriods : countOf(props, 'DatapointsToAlarm');
  if (datapointsToAlarm > evaluationPeriods) {
    throw alarmError(
      'WrongValue',
      `DatapointsToAlarm ${datapointsToAlarm} is more than EvaluationPeriods ${evaluationPeriods}`,
    );
  }
  const periodSeconds = periodOf(periodical(props), evaluationPeriods);
  return {
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: treatmentOf(props),
    warmUp: warmUpOf(props.WarmUpConfiguration),
    window: evaluationWindow(props.EvaluationWindow, periodSeconds),
    measure: measurementOf(props),
    breaches: (value) => compare(value, threshold),
    comparisonText: `${sign} ${threshold}`,
  };
}

function refuseUnknown(props: AlarmProperties): void {
  if (props.ThresholdMetricId !== undefined) {
    throw alarmError('NotSupported', 'anomaly detection (ThresholdMetricId) is not supported here');
  }
  const unknown = Object.keys(props).find((key) => !EVALUATED.has(key) && !WITHOUT_EFFECT_ON_STATE.has(key));
  if (unknown !== undefined) {
    throw alarmError('UnknownProperty', `property "${unknown}" is not one that this evaluator knows`);
  }
  if ((props.EvaluateLowSampleCountPercentile ?? 'evaluate') !== 'evaluate') {
    throw alarmError('NotSupported', 'EvaluateLowSampleCountPercentile other than "evaluate" is not supported here');
  }
}

/** Where the period stands: with the alarm's metric, or, of metric math, with each metric, the same for all. */
function periodical(props: AlarmProperties): AlarmProperties {
  if (!Array.isArray(props.Metrics)) return props;
  const periods = new Set(
    props.Metrics.flatMap(({ MetricStat: stat }) => (stat === undefined ? [] : Number(stat.Period))),
  );
  if (periods.size !== 1)
    throw alarmError('WrongValue', `the metrics of an alarm have one Period, not ${[...periods]}`);
  return { Period: [...periods][0] };
}

/** A period is 10, 20, 30 or a multiple of 60 s; all periods together are a day at most, a week from one-hour periods on. */
function periodOf(props: AlarmProperties, evaluationPeriods: number): number {
  const seconds = countOf(props, 'Period');
  if (![10, 20, 30].includes(seconds) && seconds % 60 !== 0) {
    throw alarmError('WrongValue', `Period ${seconds} is not 10, 20, 30 or a multiple of 60 seconds`);
  }
  const limit = seconds < HOUR_SECONDS ? DAY_SECONDS : 7 * DAY_SECONDS;
  if (seconds * evaluationPeriods > limit) {
    throw alarmError(
      'WrongValue',
      `Period ${seconds} times EvaluationPeriods ${evaluationPeriods} is more than ${limit} seconds`,
    );
  }
  return seconds;
}

/** Metrics of AWS/DynamoDB ignore missing data unless the alarm says otherwise. */
function treatmentOf(props: AlarmProperties): MissingDataTreatment {
  const treatment = props.TreatMissingData ?? (props.Namespace === 'AWS/DynamoDB' ? 'ignore' : 'missing');
  if (typeof treatment !== 'string' || !TREATMENTS.has(treatment)) {
    throw alarmError(
      'WrongValue',
      `TreatMissingData ${JSON.stringify(treatment)} is not one of ${[...TREATMENTS].join(', ')}`,
    );
  }
  return treatment as MissingDataTreatment;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_WarmUpConfiguration.html */
function warmUpOf(configuration: unknown): WarmUp | undefined {
  if (configuration === undefined) return undefined;
  const { WarmUpPeriodDurationInMinutes: duration, OnlyStartEvaluatingAfterWarmUpPeriodEnds: whole = false } =
    configuration as AlarmProperties;
  const minutes = Number(duration);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_WARM_UP_MINUTES) {
    throw alarmError('WrongValue', `WarmUpPeriodDurationInMinutes ${duration} is not 1 to ${MAX_WARM_UP_MINUTES}`);
  }
  return { seconds: minutes * MINUTE_SECONDS, whole: String(whole) === 'true' };
}

/** CloudFormation takes numbers as text too. */
function numberOf(props: AlarmProperties, key: string): number {
  const value = props[key];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw alarmError('WrongValue', `${key} has to be a number, not ${JSON.stringify(value)}`);
  }
  return number;
}

function countOf(props: AlarmProperties, key: string): number {
  const count = numberOf(props, key);
  if (!Number.isInteger(count) || count < 1) {
    throw alarmError('WrongValue', `${key} has to be a whole number of at least 1, not ${count}`);
  }
  return count;
}
