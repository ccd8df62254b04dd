import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { runbookOf } from '../core/documentation';
import type { Problem } from '../core/validation-error';
import { tagWithMonitor } from '../outcome/monitor-tag';
import type { AlarmOptions } from './alarm-options';

/**
 * The alarm on the health of a monitor that stands alone, or of all that belong together. Missing values are not told here: every run that is due is
 * told by itself or by the reconciler, and whether that one lives by its heartbeat.
 *
 * @internal
 */
export function healthAlarmProps(scope: Construct, metric: cloudwatch.Metric, of: string): cloudwatch.AlarmProps {
  const levels = '1: less was read or checked than asked, 2: a run failed, 3: a run is missing';
  return {
    metric,
    alarmDescription: `A model monitor sees less than it should (${levels}). ${of}. Runbook: ${runbookOf(scope, 'Health')}`,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  };
}

/**
 * Lets an alarm say on the bill which monitor it is for, or which front door.
 *
 * @internal
 */
export function tagged<Alarm extends cloudwatch.Alarm>(alarm: Alarm, monitorId: string): Alarm {
  tagWithMonitor((alarm.node.defaultChild as cloudwatch.CfnAlarm).cdkTagManager, monitorId);
  return alarm;
}

/**
 * Options for the alarm on the health of a monitor that has none of its own: those of a `ModelMonitoring` share one.
 *
 * @internal
 */
export function sharedHealthProblems(prop: string, health?: AlarmOptions): Problem[] {
  if (health === undefined) return [];
  const allowed = 'nothing: the monitors of a ModelMonitoring share the alarm on their health';
  return [{ prop, got: 'options', allowed, advice: "give it to the ModelMonitoring, as 'alarms'" }];
}
