import type { NumberColumn } from '../labels/number-column';
import type { Requests } from '../labels/request-records';
import { GROUPS } from '../sequential/grouped-window';
import type { ComparedRecords } from './compared-records';
import { groupOf } from './row-groups';

/** Rows of the requests of some identifiers: of one variant, or of both that answered the same; and what turned out, where that is known. */
export interface ComparedRow {
  /** rows of predictions, by their numbers; undefined where that variant has none */
  readonly reference?: number;
  readonly candidate?: number;
  /** the row of labels */
  readonly label?: number;
  /** of the request, or of the unit that it is of: the same in whichever window it is seen */
  readonly group: number;
}

/** What happens to rows. */
export type RowSink = (row: ComparedRow) => void;

/** A request: where its rows begin, and how many there are. */
interface RequestRows {
  readonly start: number;
  readonly count: number;
  readonly group: number;
}

/**
 * Brings together what two variants said of the same requests, and their labels. Of several with one identifier the last counts, as ever; a request whose
 * variants have other numbers of rows is two, and labels of another number than a variant's rows are none of its.
 *
 * @returns how many requests both have answered
 */
export function meetRequests(records: ComparedRecords, take: RowSink): number {
  const { predictions, labels, ofReference } = records;
  const reference = lastRequests(predictions, (index) => ofReference[index]);
  const candidate = lastRequests(predictions, (index) => !ofReference[index]);
  const truths = lastRequests(labels, () => true);
  let shared = 0;
  for (const [id, own] of reference) {
    const other = candidate.get(id);
    const isShared = other?.count === own.count;
    if (isShared) shared += 1;
    takeRows({ reference: own, candidate: isShared ? other : undefined, label: truths.get(id) }, take);
  }
  for (const [id, own] of candidate) {
    if (reference.get(id)?.count !== own.count) takeRows({ candidate: own, label: truths.get(id) }, take);
  }
  return shared;
}

interface MetRequest {
  readonly reference?: RequestRows;
  readonly candidate?: RequestRows;
  readonly label?: RequestRows;
}

function takeRows({ reference, candidate, label }: MetRequest, take: RowSink): void {
  const { count, group } = reference ?? candidate ?? { count: 0, group: 0 };
  const known = label?.count === count ? label : undefined;
  for (let row = 0; row < count; row += 1)
    take({ reference: at(reference, row), candidate: at(candidate, row), label: at(known, row), group });
}

const at = (request: RequestRows | undefined, row: number) => (request ? request.start + row : undefined);

/** Requests, and of those of predictions the samples of their rows. */
interface GroupedRequests extends Requests {
  readonly samples?: NumberColumn;
}

function lastRequests(
  { ids, rowCounts, samples }: GroupedRequests,
  isOwn: (index: number) => boolean,
): Map<string, RequestRows> {
  const last = new Map<string, RequestRows>();
  let start = 0;
  for (let index = 0; index < ids.length; index += 1) {
    const unit = groupOf(samples?.values[start] ?? 0);
    const group = unit < 0 ? ids.group(index, GROUPS) : unit;
    if (isOwn(index)) last.set(ids.text(index), { start, count: rowCounts.values[index], group });
    start += rowCounts.values[index];
  }
  return last;
}
