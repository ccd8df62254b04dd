import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/**
 * An alarm that the monitors of a stack share. Every endpoint of the stack brings its own actions.
 *
 * @internal
 */
export abstract class StackAlarm extends Construct {
  public readonly alarm: cloudwatch.Alarm;
  private readonly actionArns = new Set<string>();

  protected constructor(scope: Construct, id: string, props: cloudwatch.AlarmProps) {
    super(scope, id);
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', props);
  }

  /** Adds an action that the alarm does not have yet. */
  public addActionOnce(action: cloudwatch.IAlarmAction): void {
    const { alarmActionArn } = action.bind(this, this.alarm);
    if (this.actionArns.has(alarmActionArn)) return;
    this.actionArns.add(alarmActionArn);
    this.alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) });
  }
}
