import type { MonitorRun } from '../../lib/outcome/execution-report';

/** The run of a monitor that was due at 9 and looked at the hour before. */
export const RUN: MonitorRun = {
  executionId: 'e1',
  monitorId: 'Stack/DataQuality',
  monitorKind: 'DataQuality',
  endpointName: 'churn',
  engine: 'serverless',
  window: { start: new Date('2026-03-04T08:00:00Z'), end: new Date('2026-03-04T09:00:00Z') },
  folder: { bucket: 'out', prefix: 'reports/dq/2026/03/04/09' },
};
