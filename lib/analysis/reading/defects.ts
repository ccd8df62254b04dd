import { OwnCallLog, type OwnCalls } from './own-calls';

/** Why a record, a row or a file could not be profiled. */
export type DefectReason =
  | 'malformed-record'
  | 'invalid-time'
  | 'time-elsewhere'
  | 'base64-data'
  | 'unknown-encoding'
  | 'mixed-encodings'
  | 'malformed-data'
  | 'nested-data'
  | 'duplicate-key'
  | 'empty-data'
  | 'row-count-mismatch'
  | 'no-rows-at-path'
  | 'too-many-rows'
  | 'too-many-lists'
  | 'unnamed-values'
  | 'no-filter-column'
  | 'empty-file'
  | 'header-mismatch'
  | 'header-row'
  | 'duplicate-name'
  | 'wrong-width'
  | 'wrong-format'
  | 'no-such-column'
  | 'name-taken'
  | 'failed-cast'
  | 'unread-text'
  | 'unread-list'
  | 'too-many-columns'
  | 'name-too-long'
  | 'record-too-long'
  | 'unreadable-file'
  | 'out-of-time';

/** Why a record or a row could not be read, in words that quote no captured data but the names of columns. */
export interface RecordProblem {
  readonly reason: DefectReason;
  readonly detail: string;
}

/** A line of a file; `fileIndex` counts the files that a profile read. */
export interface Place {
  readonly fileIndex: number;
  readonly file: string;
  /** 1-based */
  readonly line: number;
}

/** A line that cannot be read, and why. The detail may name columns. */
export interface Defect extends Place {
  readonly reason: DefectReason;
  readonly detail: string;
}

/** How many places of one kind are kept; counts are exact. */
export const MAX_SAMPLES = 100;

/** The first places in file order, at most {@link MAX_SAMPLES}. */
export function firstPlaces<P extends Place>(places: readonly P[]): P[] {
  return [...places].sort((a, b) => a.fileIndex - b.fileIndex || a.line - b.line).slice(0, MAX_SAMPLES);
}

/** The same place, seen from a profile that read other files before. */
export const shiftPlace = <P extends Place>(place: P, files: number): P => ({
  ...place,
  fileIndex: place.fileIndex + files,
});

/** What is written of a log. */
export interface WrittenDefects {
  readonly counts: [DefectReason, number][];
  readonly samples: Defect[];
  /** absent where none are known */
  readonly ownCalls?: OwnCalls;
}

/** Counts what could not be read, and what is no record, and keeps the first places. */
export class DefectLog {
  readonly counts = new Map<DefectReason, number>();
  samples: Defect[] = [];
  readonly ownCalls = new OwnCallLog();

  add(defect: Defect): void {
    this.addMany(defect.reason, 1, [defect]);
  }

  /** Adds `count` defects of one reason, of which some places are known. */
  addMany(reason: DefectReason, count: number, places: readonly Defect[]): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + count);
    this.samples.push(...places);
    if (this.samples.length > 4 * MAX_SAMPLES) this.samples = firstPlaces(this.samples);
  }

  /** Adds the defects of a profile that comes after `files` files of this one. */
  merge(that: DefectLog, files: number): void {
    for (const [reason, count] of that.counts) this.addMany(reason, count, []);
    this.samples.push(...firstPlaces(that.samples).map((sample) => shiftPlace(sample, files)));
    this.samples = firstPlaces(this.samples);
    this.ownCalls.add(that.ownCalls.calls);
  }

  /** What {@link restore} takes. */
  get written(): WrittenDefects {
    const { counts, samples, ownCalls } = this;
    return { counts: [...counts], samples, ...(ownCalls.calls && { ownCalls: ownCalls.calls }) };
  }

  /** Adds what was written. */
  restore({ counts, samples, ownCalls }: WrittenDefects): this {
    for (const [reason, count] of counts) this.addMany(reason, count, []);
    this.samples.push(...samples);
    this.ownCalls.add(ownCalls);
    return this;
  }
}
