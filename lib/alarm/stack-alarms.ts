import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARM_ACTIONS } from '../core/cdk-shapes';
import { deadLetterQueue } from '../core/dead-letter-queue';
import { runbookOf } from '../core/documentation';
import { optional, requireProps, type Shapes } from '../core/prop-shapes';
import { existingSingleton, stackSingleton } from '../core/stack-singleton';
import { type Problem, throwIfAny } from '../core/validation-error';
import { HEARTBEAT } from '../outcome/contract';
import { reconcilerIdOf } from '../outcome/monitor-id';
import { ALARM_OPTIONS, type AlarmOptions, alarmProblems, alarmProps } from './alarm-options';
import { notEnabled } from './not-enabled';
import { reconcilerMetric } from './reconciler-metric';
import { SharedAlarm } from './shared-alarm';

/** Props of `StackAlarms`. */
export interface StackAlarmsProps {
  /**
   * What happens when the alarm fires; at most five actions.
   *
   * @default - nothing; add actions to the alarm later
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens when the alarm goes back; at most five actions.
   *
   * @default - nothing; add actions to the alarm later
   */
  readonly okActions?: cloudwatch.IAlarmAction[];

  /**
   * The alarm on the watcher that notices missed runs: it takes no `threshold`, and at most 48 periods.
   *
   * @default - it fires after three hours of silence, at the latest after five
   */
  readonly heartbeat?: AlarmOptions;

  /**
   * The alarm on the dead-letter queue: messages that were not sent, pages that were not drawn, trainings and runs that were not started.
   *
   * @default - it fires above 0 messages
   */
  readonly undelivered?: AlarmOptions;
}

const PROPS: Shapes<StackAlarmsProps> = {
  alarmActions: optional(ALARM_ACTIONS),
  okActions: optional(ALARM_ACTIONS),
  heartbeat: ALARM_OPTIONS,
  undelivered: ALARM_OPTIONS,
};

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_WarmUpConfiguration.html */
const MAX_WARM_UP_HOURS = 48;

/**
 * The alarms that all monitors of a stack share: on the watcher that notices runs which were due and left no trace, and on what could not be delivered.
 *
 * `ModelMonitoring` makes it, and every one of the stack adds its actions. Make it yourself to tell one team, whoever owns the
 * endpoints: then nobody adds actions to it.
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

  /** Identity of the watcher whose alarm this is: dimension of its heartbeat. */
  public readonly reconcilerId: string;

  private readonly heartbeat?: SharedAlarm;
  private readonly undelivered?: SharedAlarm;

  constructor(scope: Construct, id: string, props: StackAlarmsProps = {}) {
    super(scope, id);
    requireProps(props, PROPS, this);
    const { heartbeat = {}, undelivered = {}, alarmActions = [], okActions = [] } = props;
    this.reconcilerId = reconcilerIdOf(this);
    const ofHeartbeat = alarmProps(heartbeatProps(this, this.reconcilerId), heartbeat);
    const ofUndelivered = alarmProps(undeliveredProps(this), undelivered);
    const problems = [...heartbeatProblems(heartbeat, ofHeartbeat), ...alarmProblems('undelivered', ofUndelivered)];
    throwIfAny('InvalidAlarmOptions', problems, this);
    if (heartbeat.enabled ?? true) this.heartbeat = this.addHeartbeat(ofHeartbeat);
    if (undelivered.enabled ?? true) this.undelivered = new SharedAlarm(this, 'Undelivered', ofUndelivered);
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(...alarmActions);
      alarm.addOkAction(...okActions);
    }
  }

  /** Fires when the watcher that notices missed runs has itself been silent for three hours, at the latest five. Throws when it is not enabled. */
  public get heartbeatAlarm(): cloudwatch.Alarm {
    return this.heartbeat?.alarm ?? notEnabled('heartbeat', this);
  }

  /** Fires when something lies in the stack's dead-letter queue. Throws when it is not enabled. */
  public get undeliveredAlarm(): cloudwatch.Alarm {
    return this.undelivered?.alarm ?? notEnabled('undelivered', this);
  }

  /** The alarms that are enabled. */
  public get alarms(): cloudwatch.Alarm[] {
    return this.shared.map(({ alarm }) => alarm);
  }

  private get shared(): SharedAlarm[] {
    return [this.heartbeat, this.undelivered].filter((alarm) => alarm !== undefined);
  }

  /**
   * Adds actions that no alarm has yet, of any number of endpoints.
   *
   * @internal
   */
  public _addOnce(list: 'alarmActions' | 'okActions', actions: readonly cloudwatch.IAlarmAction[]): void {
    for (const action of actions) for (const alarm of this.shared) alarm.addOnce(list, action);
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

/**
 * A queue that nobody calls for six hours has no values: what lay in it then lies there still.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
function undeliveredProps(scope: Construct): cloudwatch.AlarmProps {
  return {
    metric: deadLetterQueue(scope).metricApproximateNumberOfMessagesVisible({
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.hours(1),
    }),
    alarmDescription: `Model monitoring could not deliver something: a message, the start of a training or of a run. Runbook: ${runbookOf(scope, 'Undelivered')}`,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
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
