// Whether a monitor still looks for its data where it found some. Pure.
import type { ExecutionReport } from '../contract';
import type { RunOrigin } from '../origin/contract';
import type { MovedPlace } from './contract';

/** Where a run looks for its data, as far as that is known. */
export interface DataPlace extends Pick<RunOrigin, 'dataAt'> {
  readonly endpointName?: string;
}

/** What is known of a place that is another one: from when on it was looked at, and whether it may have been given up for the one before. */
interface PlaceBefore {
  /** of the last run that says anything */
  readonly report: ExecutionReport;
  /** when the run's own part of the window without data began */
  readonly since: string;
}

/**
 * The move of a monitor whose place is not that of the run before it, or not that of the last data. One that went back, and one that never had data anywhere, has not moved.
 */
export function movedPlace(place: DataPlace, { report, since }: PlaceBefore): MovedPlace | undefined {
  const before = report.outcome.status === 'NoData' ? report.withoutData : undefined;
  const there = { dataAt: report.dataAt, endpointName: report.outcome.endpointName };
  if (isSame(place, there)) return before?.moved;
  const [from, to] = [before?.moved?.from ?? named(there), named(place)];
  return from === to || before?.dataBefore === 'None' ? undefined : { since, from, to };
}

/** Addresses decide where both are known; engines that do not say them still name endpoints. */
function isSame(one: DataPlace, other: DataPlace): boolean {
  if (one.dataAt !== undefined && other.dataAt !== undefined) return one.dataAt === other.dataAt;
  if (one.endpointName === undefined || other.endpointName === undefined) return true;
  return one.endpointName === other.endpointName;
}

const named = ({ dataAt, endpointName }: DataPlace): string => dataAt ?? `endpoint ${endpointName}`;
