import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { IMonitor } from '../monitor/monitor';
import { MetricAlarm } from './metric-alarm';
import type { IMonitorAlarm } from './monitor-alarm';

/** Props of `MonitorAlarms`. */
export interface MonitorAlarmsProps {
  /** The monitor that is watched. */
  readonly monitor: IMonitor;

  /**
   * What happens when one of the alarms fires.
   *
   * @default - nothing; add actions to the alarms later
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];
}

/**
 * The two alarms that every monitor needs, whatever the width of its data: one for drift, one for runs that failed.
 *
 * Missing values never fire them: a run without data publishes no violations, and a run that does not happen is the business of
 * the alarm on missed runs. `ModelMonitoring` makes that one once for all monitors of a stack; one for a single monitor is made from
 * `monitor.metricMissed()`. Alarms on single features are made from `monitor.metricFeatureDrift(feature)`.
 */
export class MonitorAlarms extends Construct {
  /** Fires when a run found violations, and goes back when the next one finds none. */
  public readonly driftAlarm: IMonitorAlarm;

  /** Fires when a run ended without a report. */
  public readonly failedAlarm: IMonitorAlarm;

  constructor(scope: Construct, id: string, props: MonitorAlarmsProps) {
    super(scope, id);
    const { monitor } = props;
    const alarm = (alarmId: string, metric: cloudwatch.Metric, meaning: string) =>
      new MetricAlarm(this, alarmId, {
        metric,
        alarmDescription: `${meaning} Monitor ${monitor.monitorId}. Runbook: docs/runbook.md, ${alarmId}.`,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: 0,
        evaluationPeriods: 1,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      });
    this.driftAlarm = alarm('Drift', monitor.metricViolations(), 'The data violate the constraints of the baseline.');
    this.failedAlarm = alarm('Failed', monitor.metricFailed(), 'A monitoring run ended without a report.');
    for (const one of [this.driftAlarm, this.failedAlarm]) one.addAlarmAction(...(props.alarmActions ?? []));
  }
}
