import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARM_ACTIONS } from '../core/cdk-shapes';
import { runbookOf } from '../core/documentation';
import { optional, requireProps, type Shapes } from '../core/prop-shapes';
import { existingSingleton, stackSingleton } from '../core/stack-singleton';
import { type Problem, throwIfAny } from '../core/validation-error';
import { HEARTBEAT, METRIC_DIMENSIONS, METRICS } from '../outcome/contract';
import { reconcilerIdOf } from '../outcome/monitor-id';
import { ALARM_OPTIONS, type AlarmOptions, alarmProblems, alarmProps } from './alarm-options';
import { notEnabled } from './not-enabled';
import { reconcilerMetric } from './reconciler-metric';
import { SharedAlarm } from './shared-alarm';

/** Props of `StackAlarms`. */
export interface StackAlarmsProps {
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

  /**
   * The alarm on runs that were due and left no trace.
   *
   * @default - it fires when a run is missed
   */
  readonly missed?: AlarmOptions;

  /**
   * The alarm on the watcher that notices missed runs: it takes no `threshold`, and at most 48 periods.
   *
   * @default - it fires after three hours of silence, at the latest after five
   */
  readonly heartbeat?: AlarmOptions;
}

const PROPS: Shapes<StackAlarmsProps> = {
  alarmActions: optional(ALARM_ACTIONS),
  okActions: optional(ALARM_ACTIONS),
  missed: ALARM_OPTIONS,
  heartbeat: ALARM_OPTIONS,
};

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_WarmUpConfiguration.html */
const MAX_WARM_UP_HOURS = 48;

/**
 * The two alarms that all monitors of a stack share: one on runs that were due and left no trace, one on the watcher that notices these.
 *
 * `ModelMonitoring` makes them, and every one of the stack adds its actions. Make them yourself to tell one team, whoever owns the
 * endpoints: then nobody adds actions to them.
 *
 * @example
 * import * as sns from 'aws-cdk-lib/aws-sns';
 *
 * declare const endpoint: Endpoint;
 * declare const platformTeam: sns.Topic;
 * declare const churnTeam: sns.Topic;
 *
 * const stackAlarms = new StackAlarms(this, 'Alarms', { alarmActions: [new TopicAlarmAction(platformTeam)] });
 * new ModelMonitoring(this, 'Churn', {
 *   data: MonitoredData.endpoint(endpoint),
 *   engine: MonitoringEngine.serverless(),
 *   notificationTopic: churnTeam,
 *   stackAlarms,
 * });
 */
export class StackAlarms extends Construct {
  /** The alarms that every `ModelMonitoring` of a stack adds its actions to, unless it is given others; made when they are first asked for. */
  public static of(scope: Construct): StackAlarms {
    return stackSingleton(scope, 'Alarms', (stack, id) => new StackAlarms(stack, id));
  }

  /** Identity of the watcher whose alarms these are: dimension of its metrics. */
  public readonly reconcilerId: string;

  private readonly missed?: SharedAlarm;
  private readonly heartbeat?: SharedAlarm;

  constructor(scope: Construct, id: string, props: StackAlarmsProps = {}) {
    super(scope, id);
    requireProps(props, PROPS, this);
    const { missed = {}, heartbeat = {}, alarmActions = [], okActions = [] } = props;
    this.reconcilerId = reconcilerIdOf(this);
    const ofMissed = alarmProps(missedProps(this, this.reconcilerId), missed);
    const ofHeartbeat = alarmProps(heartbeatProps(this, this.reconcilerId), heartbeat);
    const problems = [...alarmProblems('missed', ofMissed), ...heartbeatProblems(heartbeat, ofHeartbeat)];
    throwIfAny('InvalidAlarmOptions', problems, this);
    if (missed.enabled ?? true) this.missed = new SharedAlarm(this, 'Missed', ofMissed);
    if (heartbeat.enabled ?? true) this.heartbeat = this.addHeartbeat(ofHeartbeat);
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(...alarmActions);
      alarm.addOkAction(...okActions);
    }
  }

  /** Fires when a run of any monitor of the stack was due and left no trace. Throws when it is not enabled. */
  public get missedAlarm(): cloudwatch.Alarm {
    return this.missed?.alarm ?? notEnabled('missed', this);
  }

  /** Fires when the watcher that notices missed runs has itself been silent for three hours, at the latest five. Throws when it is not enabled. */
  public get heartbeatAlarm(): cloudwatch.Alarm {
    return this.heartbeat?.alarm ?? notEnabled('heartbeat', this);
  }

  /** The alarms that are enabled. */
  public get alarms(): cloudwatch.Alarm[] {
    return [this.missed, this.heartbeat].filter((shared) => shared !== undefined).map(({ alarm }) => alarm);
  }

  /**
   * Adds actions that no alarm has yet, of any number of endpoints.
   *
   * @internal
   */
  public _addOnce(list: 'alarmActions' | 'okActions', actions: readonly cloudwatch.IAlarmAction[]): void {
    for (const shared of [this.missed, this.heartbeat]) {
      for (const action of actions) shared?.addOnce(list, action);
    }
  }

  /**
   * No value is breaching. So that a new stack, which has none, is not told, the alarm is made after the reconciler, and warms up for as long
   * as it waits for a sign of life: a reconciler that lives has given one by then, and one that never did is told.
   */
  private addHeartbeat(props: cloudwatch.AlarmProps): SharedAlarm {
    const alarm = new SharedAlarm(this, 'Heartbeat', { ...props, warmUpMinutes: props.evaluationPeriods * 60 });
    alarm.node.addDependency(existingSingleton(this, 'Reconciler'));
    return alarm;
  }
}

/**
 * What keeps runs from starting seldom stops at one monitor, and which it was stands in the metric of each. The alarm goes back with the next
 * reconciliation that finds all runs; missing values are for the heartbeat to tell.
 */
function missedProps(scope: Construct, reconcilerId: string): cloudwatch.AlarmProps {
  return {
    metric: reconcilerMetric(METRICS.missed, reconcilerId),
    alarmDescription:
      `A run of a model monitor of ${reconcilerId} was due and left no trace. Which monitor: metric ${METRICS.missed} by ` +
      `${METRIC_DIMENSIONS.monitor}, or 'run missed' in the log of the reconciler. Runbook: ${runbookOf(scope, 'Missed')}`,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  };
}

function heartbeatProps(scope: Construct, reconcilerId: string): cloudwatch.AlarmProps {
  return {
    metric: reconcilerMetric(HEARTBEAT.metric, reconcilerId),
    alarmDescription: `The reconciler of model monitoring is silent: missed runs would go unnoticed. Runbook: ${runbookOf(scope, 'Heartbeat')}`,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 3,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  };
}

function heartbeatProblems(
  { threshold, evaluationPeriods = 1 }: AlarmOptions,
  props: cloudwatch.AlarmProps,
): Problem[] {
  const problems = alarmProblems('heartbeat', props);
  if (threshold !== undefined) {
    problems.push({
      prop: 'heartbeat.threshold',
      got: threshold,
      allowed: 'nothing: an hour has one heartbeat or none',
    });
  }
  if (evaluationPeriods > MAX_WARM_UP_HOURS) {
    const allowed = `at most ${MAX_WARM_UP_HOURS} hours`;
    problems.push({ prop: 'heartbeat.evaluationPeriods', got: evaluationPeriods, allowed });
  }
  return problems;
}
