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
  readonly reason: string;
}

/** Evaluates resolved AWS::CloudWatch::Alarm properties at `now`; `previous` is what 'ignore' keeps (default INSUFFICIENT_DATA). */
export function evaluateAlarm(
  _props: Readonly<Record<string, unknown>>,
  _store: MetricStore,
  _now: Date,
  _previous?: AlarmStateValue,
): AlarmEvaluation {
  throw new Error('not there yet');
}

/** What one evaluation of a watched alarm did. */
export interface AlarmTransition extends AlarmEvaluation {
  readonly previous: AlarmStateValue;
  /** True when actions fire: the state is not the previous one. */
  readonly changed: boolean;
}

/** An alarm with its memory: actions fire on a change of state only. */
export class AlarmWatch {
  public constructor(_props: Readonly<Record<string, unknown>>, _initial: AlarmStateValue = 'INSUFFICIENT_DATA') {
    throw new Error('not there yet');
  }
  public get state(): AlarmStateValue {
    throw new Error('not there yet');
  }
  public evaluate(_store: MetricStore, _now: Date): AlarmTransition {
    throw new Error('not there yet');
  }
}
