import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { MetricAlarm, type MetricAlarmProps } from './metric-alarm';

/**
 * Actions of one alarm.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/cli/cli-mon-put-metric-alarm.html
 */
const MAX_ACTIONS = 5;

/**
 * An alarm that the monitors of a stack share. Every endpoint of the stack may bring actions of its own: for each five of them there is one more
 * alarm on the same metric, because an alarm takes no more.
 *
 * @internal
 */
export abstract class StackAlarm extends Construct {
  private readonly alarms: MetricAlarm[] = [];
  private readonly actionArns = new Set<string>();

  protected constructor(
    scope: Construct,
    id: string,
    private readonly props: MetricAlarmProps,
  ) {
    super(scope, id);
    this.addAlarm();
  }

  /** Adds an action that no alarm has yet. */
  public addActionOnce(action: cloudwatch.IAlarmAction): void {
    const { alarmActionArn } = action.bind(this, this.alarms[0]);
    if (this.actionArns.has(alarmActionArn)) return;
    const isFull = this.actionArns.size === this.alarms.length * MAX_ACTIONS;
    const alarm = isFull ? this.addAlarm() : this.alarms[this.alarms.length - 1];
    this.actionArns.add(alarmActionArn);
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) });
  }

  private addAlarm(): MetricAlarm {
    const { length } = this.alarms;
    const alarm = new MetricAlarm(this, length === 0 ? 'Alarm' : `Alarm${length + 1}`, this.props);
    this.alarms.push(alarm);
    return alarm;
  }
}
