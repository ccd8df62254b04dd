import type { Problem } from '../../core/validation-error';
import type { MonitorSpec } from '../../monitor/monitoring-engine';

/**
 * Says that SageMaker has no schedules of a frequency.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html
 */
export function frequencyProblems({ frequency }: MonitorSpec): Problem[] {
  const { intervalHours, weekday } = frequency;
  if (intervalHours >= 1 && !weekday) return [];
  const got = weekday ? `weekly, on ${weekday}` : `every ${intervalHours * 60} minutes`;
  const allowed = 'hourly(), everyHours(...) or dailyAt(...) on modelMonitor()';
  const advice = "SageMaker's schedules know no minutes and no weeks: MonitoringEngine.serverless() does";
  return [{ prop: 'frequency', got, allowed, advice }];
}
