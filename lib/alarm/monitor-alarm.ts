import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** An alarm that this library made, to which actions can be added. */
export interface IMonitorAlarm extends cloudwatch.IAlarm {
  /** Adds what happens when the alarm fires; an alarm takes five actions for each of its three states. */
  addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void;

  /** Adds what happens when the alarm goes back to `OK`. */
  addOkAction(...actions: cloudwatch.IAlarmAction[]): void;

  /** Adds what happens when the alarm lacks data. */
  addInsufficientDataAction(...actions: cloudwatch.IAlarmAction[]): void;
}
