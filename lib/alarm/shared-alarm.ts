import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { MonitoringAlarm } from '../core/monitoring-alarm';

/**
 * What is said of a `SharedAlarm`.
 *
 * @internal
 */
export interface SharedAlarmProps extends cloudwatch.AlarmProps {
  /** How long it waits for its first values, in minutes; absent: not at all. */
  readonly warmUpMinutes?: number;
}

/**
 * An alarm that the monitors of a stack share. Every endpoint of the stack may bring actions of its own: for each five of them there is one more
 * alarm on the same metric, because an alarm takes no more.
 *
 * @internal
 */
export class SharedAlarm extends Construct {
  private readonly twins: MonitoringAlarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SharedAlarmProps,
  ) {
    super(scope, id);
    this.addTwin();
  }

  /** The first of the alarms: to it actions are added by hand. */
  public get alarm(): cloudwatch.Alarm {
    return this.twins[0];
  }

  /** Adds an action, unless one of the alarms has it. */
  public addOnce(list: 'alarmActions' | 'okActions', action: cloudwatch.IAlarmAction): void {
    if (this.twins.some((alarm) => alarm.hasBound(list, action))) return;
    const last = this.twins[this.twins.length - 1];
    const arn = last.arnOf(action);
    if (this.twins.some((alarm) => alarm.arnsOf(list).has(arn))) return;
    const taker = last.isFull(list) ? this.addTwin() : last;
    if (list === 'alarmActions') taker.addAlarmAction(action);
    else taker.addOkAction(action);
  }

  private addTwin(): MonitoringAlarm {
    const { length } = this.twins;
    const alarm = new MonitoringAlarm(this, length === 0 ? 'Alarm' : `Alarm${length + 1}`, this.props);
    const { warmUpMinutes } = this.props;
    if (warmUpMinutes !== undefined) warmUp(alarm, warmUpMinutes);
    this.twins.push(alarm);
    return alarm;
  }
}

/**
 * An alarm that warms up is not evaluated, and does nothing, until there are values for its whole window, or until the time is over.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 */
function warmUp(alarm: cloudwatch.Alarm, minutes: number): void {
  const resource = alarm.node.defaultChild as cloudwatch.CfnAlarm;
  // by its name in the template: older releases of aws-cdk-lib have no property for it
  resource.addPropertyOverride('WarmUpConfiguration.WarmUpPeriodDurationInMinutes', minutes);
}
