import { type AlarmDefinition, readAlarm } from './definition';
import type { Datapoint } from './measurement';

export { AlarmStateError } from './definition';

/** State of a metric alarm. */
export type AlarmStateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** Name of one metric: namespace, name and the exact set of dimensions. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  /** Dimension name to value; {} is a metric without dimensions. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Where alarms read raw values from. */
export interface MetricStore {
  /** Values put with a timestamp in [periodStart, periodEnd), in any order; [] is a missing period. */
  values(metric: MetricIdentity, periodStart: Date, periodEnd: Date): number[];
}

/** What an evaluation found. */
export interface AlarmEvaluation {
  readonly state: AlarmStateValue;
  /** One sentence: how many datapoints breached which threshold, or what was missing. */
  readonly reason: string;
}

/**
 * Periods that are looked at beyond EvaluationPeriods when some are missing.
 *
 * The service says only that it retrieves more datapoints than EvaluationPeriods; its two worked tables retrieve 5 for 3.
 * The same distance is used here for every alarm.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
const EXTRA_PERIODS = 2;

/**
 * Evaluates the resolved properties of an AWS::CloudWatch::Alarm at `now`.
 *
 * The window slides: periods end at the last whole minute before `now` (for periods under a minute, at the last whole period); or periods are those of a clock, and whole.
 * The alarm is taken as new: where the service would keep the current state (missing data treated as `ignore`, or too few
 * datapoints for an early alarm), INSUFFICIENT_DATA stays. `AlarmWatch` has a memory.
 *
 * @throws AlarmStateError on a property, statistic or comparison that this evaluator does not know, functions of metric math other than IF and anomaly detection included
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateAlarm(
  props: Readonly<Record<string, unknown>>,
  store: MetricStore,
  now: Date,
): AlarmEvaluation {
  return new AlarmWatch(props).evaluate(store, now);
}

/** What one evaluation of a watched alarm did. */
export interface AlarmTransition extends AlarmEvaluation {
  readonly previous: AlarmStateValue;
  /** True when actions fire: the state is not the previous one. */
  readonly changed: boolean;
}

/** An alarm with its memory: actions fire on a change of state only. A new alarm is in INSUFFICIENT_DATA. */
export class AlarmWatch {
  private readonly alarm: AlarmDefinition;
  private current: AlarmStateValue;
  private isWarm = false;

  /**
   * @param initial state that the alarm was left in
   * @param createdAt begin of its warm-up; without it, an alarm is warm
   */
  public constructor(
    props: Readonly<Record<string, unknown>>,
    initial: AlarmStateValue = 'INSUFFICIENT_DATA',
    private readonly createdAt?: Date,
  ) {
    this.alarm = readAlarm(props);
    this.current = initial;
  }

  public get state(): AlarmStateValue {
    return this.current;
  }

  /** Evaluates once and remembers the state. */
  public evaluate(store: MetricStore, now: Date): AlarmTransition {
    const previous = this.current;
    const datapoints = datapointsOf(this.alarm, store, now);
    this.isWarm ||= this.warmUpEnded(datapoints, now);
    if (!this.isWarm) return { state: previous, reason: `${previous}: warming up`, previous, changed: false };
    const evaluation = evaluateDatapoints(this.alarm, datapoints, previous);
    this.current = evaluation.state;
    return { ...evaluation, previous, changed: evaluation.state !== previous };
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html */
  private warmUpEnded(datapoints: readonly Datapoint[], now: Date): boolean {
    const { warmUp, evaluationPeriods } = this.alarm;
    if (warmUp === undefined || this.createdAt === undefined) return true;
    if (now.getTime() >= this.createdAt.getTime() + warmUp.seconds * 1000) return true;
    return !warmUp.whole && datapoints.slice(-evaluationPeriods).every((value) => value !== undefined);
  }
}

/** Datapoints of the evaluation range, oldest first. */
function datapointsOf(
  { evaluationPeriods, window, measure }: AlarmDefinition,
  store: MetricStore,
  now: Date,
): Datapoint[] {
  const bounds = [window.lastEnd(now.getTime())];
  while (bounds.length <= evaluationPeriods + EXTRA_PERIODS) bounds.unshift(window.beginBefore(bounds[0]));
  return bounds.slice(1).map((end, index) => measure(store, new Date(bounds[index]), new Date(end)));
}

function evaluateDatapoints(
  alarm: AlarmDefinition,
  datapoints: Datapoint[],
  previous: AlarmStateValue,
): AlarmEvaluation {
  const real = datapoints.filter((value) => value !== undefined);
  const recent = real.slice(-alarm.evaluationPeriods);
  const breaching = recent.filter(alarm.breaches).length;
  const missing = alarm.evaluationPeriods - recent.length;
  const verdict =
    missing === 0
      ? verdictOf(breaching, alarm)
      : fillMissing({ alarm, datapoints, real, breaching, missing, previous });
  return { state: verdict, reason: reasonOf({ alarm, recent, breaching, missing, verdict, previous }) };
}

function verdictOf(breaching: number, alarm: AlarmDefinition): AlarmStateValue {
  return breaching >= alarm.datapointsToAlarm ? 'ALARM' : 'OK';
}

interface Shortage {
  readonly alarm: AlarmDefinition;
  readonly datapoints: Datapoint[];
  readonly real: number[];
  readonly breaching: number;
  readonly missing: number;
  readonly previous: AlarmStateValue;
}

/** Fewer real datapoints than EvaluationPeriods: the rest counts as TreatMissingData says. */
function fillMissing(shortage: Shortage): AlarmStateValue {
  const { alarm, real, breaching, missing, previous } = shortage;
  switch (alarm.treatMissingData) {
    case 'breaching':
      return verdictOf(breaching + missing, alarm);
    case 'notBreaching':
      return verdictOf(breaching, alarm);
    case 'ignore':
      return real.length === 0 ? previous : verdictOfReal(shortage, () => previous);
    case 'missing':
      return real.length === 0
        ? 'INSUFFICIENT_DATA'
        : verdictOfReal(shortage, () => (isOldEnough(shortage) ? 'ALARM' : previous));
  }
}

/** Real datapoints decide where they can; `otherwise` is asked when all of them breach but they are too few. */
function verdictOfReal(shortage: Shortage, otherwise: () => AlarmStateValue): AlarmStateValue {
  const { alarm, real, breaching } = shortage;
  if (breaching >= alarm.datapointsToAlarm || breaching < real.length) {
    return verdictOf(breaching, alarm);
  }
  return otherwise();
}

/** The oldest breaching datapoint is at least DatapointsToAlarm periods old: alarm early although datapoints are few. */
function isOldEnough({ alarm, datapoints }: Shortage): boolean {
  const oldest = datapoints.findIndex((value) => value !== undefined && alarm.breaches(value));
  return datapoints.length - oldest >= alarm.datapointsToAlarm;
}

interface Findings {
  readonly alarm: AlarmDefinition;
  readonly recent: number[];
  readonly breaching: number;
  readonly missing: number;
  readonly verdict: AlarmStateValue;
  readonly previous: AlarmStateValue;
}

function reasonOf({ alarm, recent, breaching, missing, verdict, previous }: Findings): string {
  const gaps =
    missing === 0
      ? ''
      : `; ${missing} of ${alarm.evaluationPeriods} datapoints missing, treated as ${alarm.treatMissingData}`;
  const needed = `${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} needed for ALARM`;
  const seen = `${breaching} of ${recent.length} datapoints [${recent.join(', ')}] ${alarm.comparisonText}`;
  return `${verdict}: ${seen} (${needed}${gaps}); it was ${previous}`;
}
