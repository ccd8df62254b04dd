import type { RecordProblem } from './defects';

const HOUR = 3_600_000;

/** When a file of captured records was begun, and when it was written last: milliseconds since 1970. It is not written before it is begun. */
export interface FileTimes {
  readonly begun: number;
  readonly written: number;
}

/** Where a record is, seen from a window: in it, in another one that reads its file as well, or in none that does. */
export type PlaceInTime = 'inside' | 'beside' | 'elsewhere';

/** Records of times in [start, end), milliseconds since 1970, UTC, of files that are read one after the other. */
export class TimeWindow {
  private file?: FileTimes;

  constructor(
    readonly start: number,
    readonly end: number,
  ) {}

  /** The records of a file are asked about from now on. */
  enter(file?: FileTimes): void {
    this.file = file;
  }

  /**
   * Where a record of this time is. It is in the window in which its file was begun where it says an earlier time, and in which its file was written last where it says
   * a later one: clocks differ, and the window that its own time is in may not read the file. By more than an hour they do not. Of a file whose times nobody
   * knows, {@link placeByHours}.
   */
  placeOf(time: number): PlaceInTime {
    if (!this.file) return this.placeByHours(time);
    const { begun, written } = this.file;
    const own = Math.max(Math.min(time, written), begun);
    if (!this.has(own)) return 'beside';
    return Math.abs(time - own) <= HOUR ? 'inside' : 'elsewhere';
  }

  /** Files lie by the hour in which they were begun, and take records for minutes: of a window, those of its hours and of the hour before are read, so that one has records of the hour after as well. */
  private placeByHours(time: number): PlaceInTime {
    if (this.has(time)) return 'inside';
    const [first, last] = [Math.floor(this.start / HOUR) - 1, Math.ceil(this.end / HOUR) + 1];
    return time >= first * HOUR && time < last * HOUR ? 'beside' : 'elsewhere';
  }

  private has(time: number): boolean {
    return time >= this.start && time < this.end;
  }
}

/** Where a record of this time is, seen from a window; `inside` without one. */
export function placeInTime(time: number, window?: TimeWindow): PlaceInTime {
  return window ? window.placeOf(time) : 'inside';
}

/** Of a record that no window has. */
export const TIME_ELSEWHERE: RecordProblem = {
  reason: 'time-elsewhere',
  detail: 'its time is more than an hour away from when its file was written, so that no window has it',
};
