import type { ObjectLocation } from '../../core/contract';
import { Failure } from '../../runtime/failure';
import { s3Uri } from '../../runtime/s3';
import type { ExecutionCompletedDetail, ExecutionReport, OutcomeClaim } from '../contract';
import { claimedMonitor, claimedReport, isOfOutcome } from '../outcome-claim';
import { keptReport } from './kept-report';

/** What there is to act on: the outcome as the report has it, when it was concluded, and where the report is. Of an event that is believed nothing but the outcome is known. */
export interface ToldOutcome
  extends Pick<ExecutionReport, 'outcome'>,
    Partial<Pick<ExecutionReport, 'concludedAt' | 'comparison' | 'due' | 'times'>> {
  readonly location?: ObjectLocation;
}

/**
 * The outcome that an event tells of, as its report has it: the event is the sign that there is something to read, and nothing else of it is believed but which
 * window it is about. Undefined where the report has another outcome, which has an event of its own.
 *
 * A report is there before its event is put, so one that is not there, cannot be read or is somebody else's is no reason to be silent: throws then.
 */
export async function toldOutcome(claim: OutcomeClaim): Promise<ToldOutcome | undefined> {
  const { account: accountId, region, detail, reports } = claim;
  if (reports === undefined) return { outcome: detail };
  const known = claimedMonitor(claim);
  if (!known) throw malformedClaim('names a monitor that is not one of its rule');
  const { bucket, bucketOwner, prefix } = known;
  if (bucket === undefined || prefix === undefined) return { outcome: detail };
  const location = claimedReport(detail, { bucket, bucketOwner, prefix });
  if (!location) throw malformedClaim("has no 'reportUri' that ends with when a run was due, as /2026/03/04/09/");
  const kept = await keptReport(location, { monitorId: detail.monitorId, accountId, region });
  if (!kept) throw notReported(detail, s3Uri(location));
  const { outcome, concludedAt, comparison, due, times } = kept.report;
  return isOfOutcome(detail, outcome) ? { outcome, concludedAt, comparison, due, times, location } : undefined;
}

function malformedClaim(what: string): Failure {
  const then = 'whoever may put events on the bus may have written it; nothing was done about it';
  return new Failure('MalformedEvent', `the event ${what}; ${then}`);
}

function notReported({ monitorId }: ExecutionCompletedDetail, uri: string): Failure {
  const what = `an event tells of a run of monitor ${monitorId}, and there is no report ${uri}`;
  const then =
    'the report was moved or deleted, or nobody ran and somebody else put the event; nothing was done about it';
  return new Failure('OutcomeNotReported', `${what}: ${then}`);
}
