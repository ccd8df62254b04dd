import type { ExecutionCompletedDetail, ExecutionReport, ExecutionStatus, ReportOwner } from './contract';

const STATUSES: readonly ExecutionStatus[] = [
  'Completed',
  'Watch',
  'CompletedWithViolations',
  'NoData',
  'LabelsMissing',
  'Failed',
];

/** Whether something has what is read of a report, whatever version wrote it. */
export function isReport(value: unknown): value is ExecutionReport {
  const { outcome, published, violated } = (value ?? {}) as Partial<ExecutionReport>;
  const { status, monitorId, reportUri, violations } = (outcome ?? {}) as Partial<ExecutionCompletedDetail>;
  return (
    Array.isArray(published) &&
    STATUSES.includes(status as ExecutionStatus) &&
    typeof monitorId === 'string' &&
    typeof reportUri === 'string' &&
    Array.isArray(violated ?? violations)
  );
}

/** Whose a report is, in words, where it names somebody else; undefined for one's own. Reports of earlier versions name the monitor alone. */
export function otherOwner({ outcome }: ExecutionReport, own: ReportOwner): string | undefined {
  const { monitorId, accountId = own.accountId, region = own.region } = outcome;
  if (monitorId === own.monitorId && accountId === own.accountId && region === own.region) return undefined;
  return `monitor ${monitorId} of account ${accountId} in ${region}`;
}
