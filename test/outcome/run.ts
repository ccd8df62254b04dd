import { type ExecutionCompletedDetail, type ExecutionReport, PUBLICATION_STEPS } from '../../lib/outcome/contract';
import { executionReport, type MonitorRun } from '../../lib/outcome/execution-report';

/** The run of a monitor that was due at 9 and looked at the hour before. */
export const RUN: MonitorRun = {
  executionId: 'e1',
  accountId: '111122223333',
  region: 'eu-west-1',
  monitorId: 'Stack/DataQuality',
  monitorKind: 'DataQuality',
  endpointName: 'churn',
  engine: 'serverless',
  window: { start: new Date('2026-03-04T08:00:00Z'), end: new Date('2026-03-04T09:00:00Z') },
  folder: { bucket: 'out', prefix: 'reports/dq/2026/03/04/09' },
  windowFolder: { bucket: 'out', prefix: 'reports/dq/2026/03/04/09' },
};

/** What a run left, told whole unless it says otherwise: of an earlier version, which knew neither token nor id. */
export function leftBy(
  run: Partial<MonitorRun>,
  outcome: Partial<ExecutionCompletedDetail> = {},
  others: Partial<ExecutionReport> = {},
): ExecutionReport {
  const report = executionReport({ ...RUN, ...run }, { status: 'Analysed' }, new Date(0));
  return { ...report, published: [...PUBLICATION_STEPS], ...others, outcome: { ...report.outcome, ...outcome } };
}
