import { createHash } from 'node:crypto';
import type { SampleSettings } from '../../../../analysis';
import type { BaselineRequest } from '../../../../baseline/contract';
import { malformedRequest } from '../../../../runtime/failure';
import type { AnalysisRequest, MonitorRequest } from '../../contract';
import { windowOf } from '../../request-window';
import { wholeReading } from './records-of-run';

/** Whether the rows of a dataset are explained. */
export const isExplained = ({ explanation }: BaselineRequest): boolean => explanation !== undefined;

/** 64 bits: rows are ordered by them, and no two of them should be the same. */
const RANK_DIGITS = 16;

/** Which rows a request takes a sample of: those of captured records of its window, or of a dataset. */
export function sampledInput(request: AnalysisRequest): SampleSettings {
  if (!request.explanation) throw malformedRequest("the request has no 'explanation'");
  const { headers, features, recordCount: capacity, otherColumns } = request.explanation;
  if (request.mode === 'baseline') {
    const { bucket, key } = request.dataset;
    const dataset = { headers, others: otherColumns, format: request.format };
    return { capacity, rank: rankBy(`${bucket}/${key}\n`), dataset };
  }
  const { start, end } = windowOf(request);
  const window = { start: start.toISOString(), end: end.toISOString() };
  const rank = rankBy(`${request.monitor.id}\n${request.scheduledTime}\n`);
  return { capacity, rank, captured: { headers, features }, window, ...wholeReading(request) };
}

/** All that decides which rows are taken, and what of them. No run leaves them for others. */
export const sampledDecisions = (request: MonitorRequest): readonly unknown[] => [
  request.explanation?.headers,
  request.explanation?.features,
  request.explanation?.recordCount,
  wholeReading(request),
];

/** Another order for each run, that nobody chooses who is called by an identifier of the service. */
function rankBy(salt: string): (identity: string) => string {
  return (identity) => createHash('sha256').update(salt).update(identity).digest('hex').slice(0, RANK_DIGITS);
}
