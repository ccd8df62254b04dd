import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARM_ACTIONS } from '../core/cdk-shapes';
import { runbookOf } from '../core/documentation';
import { MonitoringAlarm } from '../core/monitoring-alarm';
import { having, optional, requireProps, type Shapes } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import type { IMonitor } from '../monitor/monitor';
import { ALARM_OPTIONS, type AlarmOptions, alarmProblems, alarmProps } from './alarm-options';
import { notEnabled } from './not-enabled';

/** How the alarms of a monitor differ from their defaults. */
export interface MonitorAlarmOptions {
  /**
   * The alarm on violations.
   *
   * @default - it fires when a run finds a violation
   */
  readonly drift?: AlarmOptions;

  /**
   * The alarm on runs that ended without a report.
   *
   * @default - it fires when a run fails
   */
  readonly failed?: AlarmOptions;
}

/** Props of `MonitorAlarms`. */
export interface MonitorAlarmsProps extends MonitorAlarmOptions {
  /** The monitor that is watched. */
  readonly monitor: IMonitor;

  /**
   * What happens when one of the alarms fires; at most five actions.
   *
   * @default - nothing; add actions to the alarms later
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when one of the alarms goes back; at most five actions.
   *
   * @default - nothing; add actions to the alarms later
   */
  readonly okActions?: cloudwatch.IAlarmAction[];
}

/**
 * What the alarms of one monitor have to be.
 *
 * @internal
 */
export const MONITOR_ALARM_OPTIONS: Shapes<MonitorAlarmOptions> = { drift: ALARM_OPTIONS, failed: ALARM_OPTIONS };

const PROPS: Shapes<MonitorAlarmsProps> = {
  ...MONITOR_ALARM_OPTIONS,
  monitor: having('monitorId', 'a monitor (IMonitor)'),
  alarmActions: optional(ALARM_ACTIONS),
  okActions: optional(ALARM_ACTIONS),
};

const ABOVE_0_IN_ONE_RUN = {
  comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  threshold: 0,
  evaluationPeriods: 1,
  treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
};

/**
 * The two alarms that every monitor needs, whatever the width of its data: one for drift, one for runs that failed.
 *
 * Missing values never fire them: a run without data publishes no violations, and a run that does not happen is the business of
 * the alarm on missed runs. `StackAlarms` has that one for all monitors of a stack; one for a single monitor is made from
 * `monitor.metricMissed()`. Alarms on single features are made from `monitor.metricFeatureDrift(feature)`.
 */
export class MonitorAlarms extends Construct {
  private readonly drift?: cloudwatch.Alarm;
  private readonly failed?: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: MonitorAlarmsProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    const { monitor, drift = {}, failed = {}, alarmActions = [], okActions = [] } = props;
    const ofDrift = alarmProps(driftProps(this, monitor), drift);
    const ofFailed = alarmProps(failedProps(this, monitor), failed);
    throwIfAny('InvalidAlarmOptions', [...alarmProblems('drift', ofDrift), ...alarmProblems('failed', ofFailed)], this);
    if (drift.enabled ?? true) this.drift = new MonitoringAlarm(this, 'Drift', ofDrift);
    if (failed.enabled ?? true) this.failed = new MonitoringAlarm(this, 'Failed', ofFailed);
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(...alarmActions);
      alarm.addOkAction(...okActions);
    }
  }

  /** Fires when a run found violations, and goes back when the next one finds none. Throws when it is not enabled. */
  public get driftAlarm(): cloudwatch.Alarm {
    return this.drift ?? notEnabled('drift', this);
  }

  /** Fires when a run ended without a report. Throws when it is not enabled. */
  public get failedAlarm(): cloudwatch.Alarm {
    return this.failed ?? notEnabled('failed', this);
  }

  /** The alarms that are enabled. */
  public get alarms(): cloudwatch.Alarm[] {
    return [this.drift, this.failed].filter((alarm) => alarm !== undefined);
  }
}

function driftProps(scope: Construct, monitor: IMonitor): cloudwatch.AlarmProps {
  const meaning = 'The data violate the constraints of the baseline.';
  return {
    metric: monitor.metricViolations(),
    alarmDescription: `${meaning} Monitor ${monitor.monitorId}. Runbook: ${runbookOf(scope, 'Drift')}`,
    ...ABOVE_0_IN_ONE_RUN,
  };
}

function failedProps(scope: Construct, monitor: IMonitor): cloudwatch.AlarmProps {
  const meaning = 'A monitoring run ended without a report.';
  return {
    metric: monitor.metricFailed(),
    alarmDescription: `${meaning} Monitor ${monitor.monitorId}. Runbook: ${runbookOf(scope, 'Failed')}`,
    ...ABOVE_0_IN_ONE_RUN,
  };
}
