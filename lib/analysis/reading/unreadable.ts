import { sum } from '../numbers/sum';
import { headerDifference, type Profile } from '../profile/profile';
import { type DefectLog, type DefectReason, firstPlaces } from './defects';
import type { OwnCallCounts } from './own-calls';
import { notFound, type RecordTransformation } from './record-transformation';

/** One thing that could not be read. */
export interface UnreadableSample {
  readonly file: string;
  /** 1-based */
  readonly line: number;
  readonly reason: string;
  readonly detail: string;
}

/** What a profile read and what it could not. */
export interface Unreadable extends OwnCallCounts {
  /** rows that were profiled */
  readonly recordCount: number;
  /** records and rows that are in no figure; those that do not fit included */
  readonly unreadableCount: number;
  /** rows that were read, but have another shape than the rows that are analysed */
  readonly misfitCount?: number;
  /** captured records with a time outside the window: no defect, and in no other count */
  readonly outsideWindow: number;
  /** rows that were left out on purpose: no defect, and in no other count. A record that cannot be read counts as one; absent where nothing is left out */
  readonly filtered?: number;
  /** columns that transformations name and none of the rows had, each with what was to be done; absent where there are none */
  readonly notFound?: string[];
  /** exact */
  readonly byReason: Record<string, number>;
  /** the first 100 in file order */
  readonly samples: UnreadableSample[];
}

/** What defects amount to, of rows that are not profiled. */
export function defectsAsUnreadable(
  { counts, samples, ownCalls }: DefectLog,
  {
    recordCount,
    outsideWindow = 0,
    filtered = 0,
  }: Pick<Unreadable, 'recordCount'> & Partial<Pick<Unreadable, 'outsideWindow' | 'filtered'>>,
): Unreadable {
  return {
    recordCount,
    unreadableCount: sum([...counts.values()]),
    outsideWindow,
    ...(filtered > 0 && { filtered }),
    ...ownCalls.counts,
    byReason: Object.fromEntries(counts),
    samples: firstPlaces(samples).map(({ file, line, reason, detail }) => ({ file, line, reason, detail })),
  };
}

/** Why a row that was read does not fit. */
const MISFITS: readonly DefectReason[] = [
  'wrong-width',
  'wrong-format',
  'header-mismatch',
  'header-row',
  'no-such-column',
  'name-taken',
  'failed-cast',
  'unread-text',
  'unread-list',
];

/** What the rows of a profile should look like. */
export interface ExpectedRows {
  /** the baseline's, in order */
  readonly columnNames?: readonly string[];
  /** whether rows without names must have as many columns, else as many as most rows have; false where absent */
  readonly mustFit?: boolean;
  /** of the reading */
  readonly transformations?: readonly RecordTransformation[];
}

/**
 * Says what a profile could not read. With `columnNames`, rows under a header that has other names than these count as `header-mismatch`, too;
 * their order does not matter. An empty profile gives zeros.
 */
export function unreadable(profile: Profile, options: ExpectedRows = {}): Unreadable {
  const width = options.mustFit ? options.columnNames?.length : undefined;
  const defects = profile.allDefects(width);
  const table = profile.mainTable(width);
  const mismatch = options.columnNames && headerMismatch(profile, options.columnNames);
  if (table && mismatch) {
    const places = table.places.map((place) => ({ ...place, reason: 'header-mismatch' as const, detail: mismatch }));
    defects.addMany('header-mismatch', Math.max(table.rowCount, 1), places);
  }
  const recordCount = mismatch ? 0 : (table?.rowCount ?? 0);
  const lacking = recordCount > 0 ? notFound(options.transformations ?? [], profile.found) : [];
  const misfits = MISFITS.map((reason) => defects.counts.get(reason) ?? 0);
  return {
    ...defectsAsUnreadable(defects, { recordCount, outsideWindow: profile.outsideWindow, filtered: profile.filtered }),
    misfitCount: sum(misfits),
    ...(lacking.length > 0 && { notFound: lacking }),
  };
}

/** How the names of a profile's header differ from the expected ones; undefined when they are the same names, or there is no header. */
function headerMismatch(profile: Profile, expected: readonly string[]): string | undefined {
  const table = profile.mainTable();
  if (table?.shape !== 'header' || table.names.length !== expected.length) return undefined;
  const names = new Set(expected);
  return table.names.every((name) => names.has(name)) ? undefined : headerDifference(table.names, expected);
}
