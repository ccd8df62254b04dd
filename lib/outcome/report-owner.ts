import type { ExecutionReport, ExecutionStatus, ReportOwner } from './contract';

const STATUSES: readonly ExecutionStatus[] = ['Completed', 'Watch', 'CompletedWithViolations', 'NoData', 'Failed'];

/** Whether something has what is read of a report, whatever version wrote it. */
export function isReport(value: unknown): value is ExecutionReport {
  const { outcome, published, violated } = (value ?? {}) as Partial<ExecutionReport>;
  return (
    Array.isArray(published) &&
    STATUSES.includes(outcome?.status as ExecutionStatus) &&
    typeof outcome?.monitorId === 'string' &&
    typeof outcome.reportUri === 'string' &&
    Array.isArray(violated ?? outcome.violations)
  );
}

/** Whose a report is, in words, where it names somebody else; undefined for one's own. Reports of earlier versions name the monitor alone. */
export function otherOwner({ outcome }: ExecutionReport, own: ReportOwner): string | undefined {
  const { monitorId, accountId = own.accountId, region = own.region } = outcome;
  if (monitorId === own.monitorId && accountId === own.accountId && region === own.region) return undefined;
  return `monitor ${monitorId} of account ${accountId} in ${region}`;
}
