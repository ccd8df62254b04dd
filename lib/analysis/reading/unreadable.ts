import { headerDifference, type Profile } from '../profile/profile';
import { firstPlaces } from './defects';

/** One thing that could not be read. */
export interface UnreadableSample {
  readonly file: string;
  /** 1-based */
  readonly line: number;
  readonly reason: string;
  readonly detail: string;
}

/** What a profile read and what it could not. */
export interface Unreadable {
  /** rows that were profiled */
  readonly recordCount: number;
  readonly unreadableCount: number;
  /** captured records with a time outside the window: no defect, and in no other count */
  readonly outsideWindow: number;
  /** exact */
  readonly byReason: Record<string, number>;
  /** the first 100 in file order */
  readonly samples: UnreadableSample[];
}

/**
 * Says what a profile could not read. With `columnNames` (the baseline's), rows under a header that has other names than these count as
 * `header-mismatch`, too; their order does not matter. An empty profile gives zeros.
 */
export function unreadable(profile: Profile, options: { readonly columnNames?: readonly string[] } = {}): Unreadable {
  const defects = profile.allDefects();
  const table = profile.mainTable();
  const mismatch = options.columnNames && headerMismatch(profile, options.columnNames);
  if (table && mismatch) {
    const places = table.places.map((place) => ({ ...place, reason: 'header-mismatch' as const, detail: mismatch }));
    defects.addMany('header-mismatch', Math.max(table.rowCount, 1), places);
  }
  return {
    recordCount: mismatch ? 0 : (table?.rowCount ?? 0),
    unreadableCount: [...defects.counts.values()].reduce((all, count) => all + count, 0),
    outsideWindow: profile.outsideWindow,
    byReason: Object.fromEntries(defects.counts),
    samples: firstPlaces(defects.samples).map(({ file, line, reason, detail }) => ({ file, line, reason, detail })),
  };
}

/** How the names of a profile's header differ from the expected ones; undefined when they are the same names, or there is no header. */
function headerMismatch(profile: Profile, expected: readonly string[]): string | undefined {
  const table = profile.mainTable();
  if (table?.shape !== 'header' || table.names.length !== expected.length) return undefined;
  const names = new Set(expected);
  return table.names.every((name) => names.has(name)) ? undefined : headerDifference(table.names, expected);
}
