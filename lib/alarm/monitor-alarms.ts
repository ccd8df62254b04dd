import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARM_ACTIONS } from '../core/cdk-shapes';
import { runbookOf } from '../core/documentation';
import { MonitoringAlarm } from '../core/monitoring-alarm';
import { having, optional, requireProps, type Shapes } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { IMonitor } from '../monitor/monitor';
import { ALARM_OPTIONS, type AlarmOptions, alarmProblems, alarmProps } from './alarm-options';
import { healthAlarmProps, sharedHealthProblems, tagged } from './health-alarm';
import { notEnabled } from './not-enabled';
import { sinceARun } from './since-a-run';

/** How the alarms of a monitor differ from their defaults. */
export interface MonitorAlarmOptions {
  /**
   * The alarm on violations.
   *
   * @default - it fires when a run confirms a violation
   */
  readonly drift?: AlarmOptions;

  /**
   * The alarm on runs that saw less than they should: above 0 where less was read or checked than asked, above 1 where a run failed, above 2 where
   * one is missing. The monitors of a `ModelMonitoring` share one, and take no options for it.
   *
   * @default - it fires when anything is less than whole
   */
  readonly health?: AlarmOptions;
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
export const MONITOR_ALARM_OPTIONS: Shapes<MonitorAlarmOptions> = { drift: ALARM_OPTIONS, health: ALARM_OPTIONS };

const PROPS: Shapes<MonitorAlarmsProps> = {
  ...MONITOR_ALARM_OPTIONS,
  monitor: having('monitorId', 'a monitor (IMonitor)'),
  alarmActions: optional(ALARM_ACTIONS),
  okActions: optional(ALARM_ACTIONS),
};

/**
 * The two alarms that every monitor needs, whatever the width of its data: one for drift, one for its health: less read or checked than asked, a run
 * that failed, a run that is missing. The health of monitors of one `ModelMonitoring` has one alarm there, and none here.
 *
 * Missing values never fire them: a run without data publishes no violations, and a run that does not happen is told by the reconciler, whose heartbeat
 * `StackAlarms` watches. Alarms on single features are made from `monitor.metricFeatureDrift(feature)`.
 */
export class MonitorAlarms extends Construct {
  private readonly drift?: cloudwatch.Alarm;
  private readonly health?: cloudwatch.Alarm;
  private readonly standsAlone: boolean;

  constructor(scope: Construct, id: string, props: MonitorAlarmsProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    const { monitor, drift = {}, health, alarmActions = [], okActions = [] } = props;
    this.standsAlone = monitor.monitoringId === monitor.monitorId;
    const ofDrift = alarmProps(driftProps(this, monitor), drift);
    const ofHealth = this.standsAlone ? alarmProps(healthProps(this, monitor), health ?? {}) : undefined;
    const ofHealthProblems = ofHealth ? alarmProblems('health', ofHealth) : sharedHealthProblems('health', health);
    throwIfAny('InvalidAlarmOptions', [...alarmProblems('drift', ofDrift), ...ofHealthProblems], this);
    if (drift.enabled ?? true) this.drift = new MonitoringAlarm(this, 'Drift', sinceARun(ofDrift));
    if (ofHealth && (health?.enabled ?? true)) this.health = new MonitoringAlarm(this, 'Health', sinceARun(ofHealth));
    for (const alarm of this.alarms) {
      tagged(alarm, monitor.monitorId);
      alarm.addAlarmAction(...alarmActions);
      alarm.addOkAction(...okActions);
    }
  }

  /**
   * Fires when a run confirmed violations. It goes back when the next one should have and did not, and a while later: of hourly runs 2 h 15 min to 2 h 25 min after the last that did.
   * Throws when it is not enabled.
   */
  public get driftAlarm(): cloudwatch.Alarm {
    return this.drift ?? notEnabled('drift', this);
  }

  /**
   * Fires when a run saw less than it should, failed, or is missing. Throws when it is not enabled, and for a monitor of a `ModelMonitoring`, which has
   * the one of all its monitors.
   */
  public get healthAlarm(): cloudwatch.Alarm {
    return this.health ?? notEnabled('health', this, this.standsAlone ? undefined : SHARED_HEALTH);
  }

  /** The alarms that are enabled. */
  public get alarms(): cloudwatch.Alarm[] {
    return [this.drift, this.health].filter((alarm) => alarm !== undefined);
  }
}

const SHARED_HEALTH: Problem = {
  prop: 'healthAlarm',
  got: 'a monitor of a ModelMonitoring',
  allowed: 'a monitor that stands alone',
  advice: 'all monitors of a ModelMonitoring have one: ask that for its healthAlarm',
};

function healthProps(scope: Construct, monitor: IMonitor): cloudwatch.AlarmProps {
  return healthAlarmProps(scope, monitor.metricHealth(), `Monitor ${monitor.monitorId}`);
}

function driftProps(scope: Construct, monitor: IMonitor): cloudwatch.AlarmProps {
  const meaning = 'The data violate the constraints of the baseline.';
  return {
    metric: monitor.metricViolations(),
    alarmDescription: `${meaning} Monitor ${monitor.monitorId}. Runbook: ${runbookOf(scope, 'Drift')}`,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  };
}
