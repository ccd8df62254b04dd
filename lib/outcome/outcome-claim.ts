import { folderIn, type ObjectLocation, objectIn, type PrefixLocation } from '../core/contract';
import { type ExecutionCompletedDetail, FILES, type OutcomeClaim, type ReportedMonitors } from './contract';

/** The entry of the monitor that an event names; undefined where the rule is about none of this name. */
export function claimedMonitor({ detail, reports = [] }: OutcomeClaim): ReportedMonitors | undefined {
  return reports.find(({ monitorIds }) => monitorIds.includes(detail.monitorId));
}

/** When a run was due, at the end of the address of its report, to the hour or to the minute: digits alone, so that it leads nowhere else. */
const DUE = /\/(\d{4}\/\d\d\/\d\d\/\d\d(?:\/\d\d)?)\/$/;

/** The report at the key of the window that an event is about, in a place that is known; undefined where it names no window. */
export function claimedReport(
  { monitorId, reportUri }: ExecutionCompletedDetail,
  place: PrefixLocation,
): ObjectLocation | undefined {
  const due = DUE.exec(reportUri)?.[1];
  return due === undefined ? undefined : objectIn(folderIn(place, `${monitorId}/${due}`), FILES.report);
}

/** What tells an outcome from all others of its monitor. None is a text of strangers, which might not come through a bus as it was. */
const IDENTITY = ['outcomeId', 'executionId', 'status', 'windowStart', 'windowEnd'] as const;

/** Whether an event is that of an outcome. */
export function isOfOutcome(claimed: ExecutionCompletedDetail, outcome: ExecutionCompletedDetail): boolean {
  return IDENTITY.every((member) => claimed[member] === outcome[member]);
}
