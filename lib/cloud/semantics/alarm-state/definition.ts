import type { MetricIdentity } from './alarm-state';

/** Alarm properties that this evaluator does not know or that the service would refuse. */
export class AlarmStateError extends Error {
  public override readonly name = 'AlarmStateError';
}

/** The statistic of one period; undefined when the period has no data. */
export type Datapoint = number | undefined;

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
  readonly metric: MetricIdentity;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: MissingDataTreatment;
  readonly warmUp?: WarmUp;
  /** Never called with an empty list. */
  readonly statistic: (values: number[]) => number;
  readonly breaches: (value: number) => boolean;
  /** For example `> 0.2`. */
  readonly comparisonText: string;
}

type AlarmProperties = Readonly<Record<string, unknown>>;

const EVALUATED = new Set(
  (
    'Namespace MetricName Dimensions Statistic ExtendedStatistic Period EvaluationPeriods DatapointsToAlarm Threshold ' +
    'ComparisonOperator TreatMissingData EvaluateLowSampleCountPercentile WarmUpConfiguration'
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
const STATISTICS: Readonly<Record<string, (values: number[]) => number>> = {
  Average: (values) => sum(values) / values.length,
  Sum: sum,
  Minimum: (values) => values.reduce((a, b) => Math.min(a, b)),
  Maximum: (values) => values.reduce((a, b) => Math.max(a, b)),
  SampleCount: (values) => values.length,
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
    throw problem(
      'WrongValue',
      `DatapointsToAlarm ${datapointsToAlarm} is more than EvaluationPeriods ${evaluationPeriods}`,
    );
  }
  return {
    metric: metricOf(props),
    periodSeconds: periodOf(props, evaluationPeriods),
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: treatmentOf(props),
    warmUp: warmUpOf(props.WarmUpConfiguration),
    statistic: statisticOf(props),
    breaches: (value) => compare(value, threshold),
    comparisonText: `${sign} ${threshold}`,
  };
}

function refuseUnknown(props: AlarmProperties): void {
  if (props.Metrics !== undefined || props.ThresholdMetricId !== undefined) {
    throw problem(
      'NotSupported',
      'metric math and anomaly detection (Metrics, ThresholdMetricId) are not supported here',
    );
  }
  const unknown = Object.keys(props).find((key) => !EVALUATED.has(key) && !WITHOUT_EFFECT_ON_STATE.has(key));
  if (unknown !== undefined) {
    throw problem('UnknownProperty', `property "${unknown}" is not one that this evaluator knows`);
  }
  if ((props.EvaluateLowSampleCountPercentile ?? 'evaluate') !== 'evaluate') {
    throw problem('NotSupported', 'EvaluateLowSampleCountPercentile other than "evaluate" is not supported here');
  }
}

function metricOf(props: AlarmProperties): MetricIdentity {
  const { Namespace: namespace, MetricName: metricName } = props;
  if (typeof namespace !== 'string' || typeof metricName !== 'string') {
    throw problem('MissingProperty', 'Namespace and MetricName have to be strings');
  }
  return { namespace, metricName, dimensions: dimensionsOf(props.Dimensions ?? []) };
}

function dimensionsOf(list: unknown): Record<string, string> {
  if (!Array.isArray(list)) {
    throw problem('WrongValue', `Dimensions is a list of {Name, Value}, not ${JSON.stringify(list)}`);
  }
  return Object.fromEntries(
    list.map((item) => {
      if (typeof item?.Name !== 'string' || typeof item?.Value !== 'string') {
        throw problem('WrongValue', `a dimension is {Name, Value} with strings, not ${JSON.stringify(item)}`);
      }
      return [item.Name, item.Value];
    }),
  );
}

/** A period is 10, 20, 30 or a multiple of 60 s; all periods together are a day at most, a week from one-hour periods on. */
function periodOf(props: AlarmProperties, evaluationPeriods: number): number {
  const seconds = countOf(props, 'Period');
  if (![10, 20, 30].includes(seconds) && seconds % 60 !== 0) {
    throw problem('WrongValue', `Period ${seconds} is not 10, 20, 30 or a multiple of 60 seconds`);
  }
  const limit = seconds < HOUR_SECONDS ? DAY_SECONDS : 7 * DAY_SECONDS;
  if (seconds * evaluationPeriods > limit) {
    throw problem(
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
    throw problem(
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
    throw problem('WrongValue', `WarmUpPeriodDurationInMinutes ${duration} is not 1 to ${MAX_WARM_UP_MINUTES}`);
  }
  return { seconds: minutes * MINUTE_SECONDS, whole: String(whole) === 'true' };
}

function statisticOf(props: AlarmProperties): (values: number[]) => number {
  if ((props.Statistic === undefined) === (props.ExtendedStatistic === undefined)) {
    throw problem('WrongValue', 'exactly one of Statistic and ExtendedStatistic has to be given');
  }
  if (props.Statistic !== undefined) {
    return choice(STATISTICS, props, 'Statistic');
  }
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(String(props.ExtendedStatistic))?.[1];
  if (percent === undefined) {
    throw problem(
      'NotSupported',
      `ExtendedStatistic ${JSON.stringify(props.ExtendedStatistic)}: only percentiles (p0 to p100)`,
    );
  }
  return (values) => percentile(values, Number(percent));
}

/** Nearest-rank percentile: the smallest value with at least `percent` of the values at or below it. */
function percentile(values: number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1];
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function choice<T>(table: Readonly<Record<string, T>>, props: AlarmProperties, key: string): T {
  const name = props[key];
  if (typeof name !== 'string' || !Object.hasOwn(table, name)) {
    throw problem('NotSupported', `${key} ${JSON.stringify(name)} is not one of ${Object.keys(table).join(', ')}`);
  }
  return table[name];
}

/** CloudFormation takes numbers as text too. */
function numberOf(props: AlarmProperties, key: string): number {
  const value = props[key];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw problem('WrongValue', `${key} has to be a number, not ${JSON.stringify(value)}`);
  }
  return number;
}

function countOf(props: AlarmProperties, key: string): number {
  const count = numberOf(props, key);
  if (!Number.isInteger(count) || count < 1) {
    throw problem('WrongValue', `${key} has to be a whole number of at least 1, not ${count}`);
  }
  return count;
}

function problem(code: string, what: string): AlarmStateError {
  return new AlarmStateError(`${code}: alarm: ${what}`);
}
