import type { Problem } from '../../core/validation-error';
import type { MonitorSpec } from '../../monitor/monitoring-engine';

/**
 * Says that SageMaker has no schedules of a frequency.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html
 */
export function frequencyProblems({ frequency }: MonitorSpec): Problem[] {
  const { intervalHours, weekday, timeZone } = frequency;
  if (intervalHours >= 1 && !weekday && timeZone === 'UTC') return [];
  const often = intervalHours < 1 ? `every ${intervalHours * 60} minutes` : `daily, in ${timeZone}`;
  const got = weekday ? `weekly, on ${weekday}` : often;
  const allowed = 'hourly(), everyHours(...) or dailyAt(...) in UTC on modelMonitor()';
  const advice = "SageMaker's schedules know no minutes, weeks and zones: MonitoringEngine.serverless() does";
  return [{ prop: 'frequency', got, allowed, advice }];
}
