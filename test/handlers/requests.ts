import type { BaselineRequest, ExplanationSettings } from '../../lib/baseline/contract';
import type { ExpectedMonitor } from '../../lib/engine/reconciler/contract';
import type { MonitorRequest, TransformSettings } from '../../lib/engine/serverless/contract';

/** A run that analyses 09:00 to 10:00. */
export const MONITOR_REQUEST: MonitorRequest = {
  mode: 'monitor',
  scheduledTime: '2026-03-04T10:20:00Z',
  monitor: { id: 'Stack/Monitor', kind: 'DataQuality', endpointName: 'churn' },
  capture: { bucket: 'capture', prefix: 'data' },
  windowHours: 1,
  baseline: {
    statistics: { bucket: 'out', key: 'baseline/statistics.json' },
    constraints: { bucket: 'out', key: 'baseline/constraints.json' },
  },
  drift: { method: 'MassShift' },
  output: { bucket: 'out', prefix: 'reports/dq' },
  featureMetrics: ['tenure'],
};

export const BASELINE_REQUEST: BaselineRequest = {
  mode: 'baseline',
  dataset: { bucket: 'data', key: 'train.csv' },
  format: { csv: { header: true } },
  output: { bucket: 'out', prefix: 'baseline/0123456789abcdef' },
  callback: {
    responseUrl: 'https://cloudformation.example/answer?signature=secret',
    stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/S/1',
    requestId: 'r-1',
    logicalResourceId: 'Baseline',
    physicalResourceId: 's3://out/baseline/0123456789abcdef',
  },
};

/** The monitor of `MONITOR_REQUEST` as the reconciler expects it. */
export const EXPECTED_MONITOR: ExpectedMonitor = {
  id: MONITOR_REQUEST.monitor.id,
  runMetrics: true,
  kind: 'DataQuality',
  endpointName: 'churn',
  engine: 'serverless',
  everyHours: 1,
  startHour: 0,
  graceMinutes: 80,
  output: MONITOR_REQUEST.output,
  scheduleIdentity: 'Schedule-1',
};

/** Predictions of transform jobs, with generated ids. */
export const SCORED_BY_JOBS: TransformSettings = {
  side: 'output',
  data: { bucket: 'jobs', prefix: 'out' },
  format: { csv: { header: false } },
  generatedIds: true,
};

/** How a model is asked about rows of CSV, two requests at once, unless it is said otherwise. */
export function explanationOf({
  model,
  ...others
}: Omit<ExplanationSettings, 'model' | 'aggregation'> & {
  model?: Partial<ExplanationSettings['model']>;
}): ExplanationSettings {
  const request = { contentType: 'text/csv' } as const;
  const asked = { endpointName: 'Predictor-1', request, labels: ['score'], recordsPerRequest: 50, requestsAtOnce: 2 };
  return { ...others, model: { ...asked, ...model }, aggregation: 'mean_abs' };
}
