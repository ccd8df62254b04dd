import { Duration, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { stackSingleton } from '../core/stack-singleton';
import { HEARTBEAT, METRIC_NAMESPACE } from '../monitor/contract';

/**
 * Fires when the reconciler of a stack, which notices missed runs, has itself been silent for three hours. One per stack.
 *
 * Missing values are breaching here, so it may fire once in the minutes between its creation and the first heartbeat.
 *
 * @internal
 */
export class HeartbeatAlarm extends Construct {
  /** The heartbeat alarm of a stack, created when it is first asked for. */
  public static of(scope: Construct, reconcilerId: string): HeartbeatAlarm {
    return stackSingleton(scope, 'Heartbeat', (stack, id) => new HeartbeatAlarm(stack, id, reconcilerId));
  }

  public readonly alarm: cloudwatch.Alarm;
  private readonly actionArns = new Set<string>();

  private constructor(stack: Stack, id: string, reconcilerId: string) {
    super(stack, id);
    const metric = new cloudwatch.Metric({
      namespace: METRIC_NAMESPACE,
      metricName: HEARTBEAT.metric,
      dimensionsMap: { [HEARTBEAT.dimension]: reconcilerId },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.hours(1),
    });
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      metric,
      alarmDescription:
        'The reconciler of model monitoring is silent: missed runs would go unnoticed. Runbook: docs/runbook.md, Heartbeat.',
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  /** Adds an action that the alarm does not have yet: every endpoint of the stack brings its own. */
  public addActionOnce(action: cloudwatch.IAlarmAction): void {
    const { alarmActionArn } = action.bind(this, this.alarm);
    if (this.actionArns.has(alarmActionArn)) return;
    this.actionArns.add(alarmActionArn);
    this.alarm.addAlarmAction({ bind: () => ({ alarmActionArn }) });
  }
}
