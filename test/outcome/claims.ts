import type { ExecutionCompletedDetail, ExecutionReport, OutcomeClaim } from '../../lib/outcome/contract';
import { leftBy, RUN } from './run';

/** Where the rules of these tests say that the reports of `RUN.monitorId` lie; of `Stack/Elsewhere` they do not know it. */
export const REPORTS = [
  { bucket: 'out', prefix: 'reports', monitorIds: [RUN.monitorId] },
  { monitorIds: ['Stack/Elsewhere'] },
];

/** The key of the report of `RUN`, in the bucket `out`. */
export const REPORT_KEY = `reports/${RUN.monitorId}/2026/03/04/09/report.json`;

/** What a run left that found violations. */
export function findings(outcome: Partial<ExecutionCompletedDetail> = {}): ExecutionReport {
  const folder = { bucket: 'out', prefix: `reports/${RUN.monitorId}/2026/03/04/09` };
  const found = {
    status: 'CompletedWithViolations',
    violationCount: 2,
    concerns: ['Drift'],
    outcomeId: 'a'.repeat(32),
  };
  return leftBy({ folder, windowFolder: folder }, { ...found, ...outcome } as Partial<ExecutionCompletedDetail>);
}

/** What a rule makes of an event that claims this. */
export function claimOf(detail: unknown, others: Partial<OutcomeClaim> = {}): OutcomeClaim {
  const { accountId: account, region } = RUN;
  return { account, region, detail: detail as ExecutionCompletedDetail, reports: REPORTS, ...others };
}

/** Claims about a run that found violations, of which nothing is true: what each of them is, and the outcome and envelope that it has in place of the true ones. */
export const FORGED: readonly [string, object, Partial<OutcomeClaim>][] = [
  ['a window of which there is no report', { reportUri: `s3://out/reports/${RUN.monitorId}/2026/03/04/10/` }, {}],
  ['no window', { reportUri: `s3://out/reports/${RUN.monitorId}/` }, {}],
  ['a folder above the place', { reportUri: 's3://out/reports/../../2026/03/04/09/../' }, {}],
  ['no address', { reportUri: undefined }, {}],
  ['a monitor of which its rule is not', { monitorId: 'Stack/Other' }, {}],
  ['a monitor in a list, which a rule takes for its name', { monitorId: [RUN.monitorId] }, {}],
  ['a monitor of a name that all objects have', { monitorId: 'constructor' }, {}],
  ['a run of another account, which put it', {}, { account: '444455556666' }],
  ['a run of another region, where it was put', {}, { region: 'us-east-1' }],
];
