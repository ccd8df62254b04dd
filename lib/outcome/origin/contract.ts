// Which run of its monitor a report is of: names and shapes that constructs and handlers share.
import type { ObjectLocation } from '../../core/contract';

/** A time of the clocks of a zone: each day, or on one day of each week. */
export interface ClockTime {
  /** name of the IANA's database, as `Europe/Berlin` */
  readonly timeZone: string;
  /** full hour of the day, 0 to 23 */
  readonly hour: number;
  /** 1 is Monday, 7 is Sunday; absent: each day */
  readonly weekday?: number;
}

/** When the runs of a monitor are due: every so many hours of UTC, or at a time of a clock. Each analyses what was since the one before it. */
export interface RunTimes {
  /** hours between two runs: 0.25, 0.5, or a whole number that divides a day; of a clock's, when nobody changes it */
  readonly everyHours: number;
  /** hour of the day, UTC, from which they are counted; absent: a run is due whenever one of at most an hour could be */
  readonly startHour?: number;
  readonly clock?: ClockTime;
}

/** Where the files of a baseline lie; no statistics where the kind compares none. */
export interface ComparedBaseline {
  readonly statistics?: ObjectLocation;
  /** `analysis.json` of bias and attributions */
  readonly constraints: ObjectLocation;
}

/** Which of a monitor's runs one is, and what it was compared with: for whoever looks at it beside others. Absent in reports of earlier versions. */
export interface RunOrigin {
  /** ISO 8601, when it was due */
  readonly due?: string;
  readonly times?: RunTimes;
  /** absent where the engine does not say */
  readonly baseline?: ComparedBaseline;
  /** `s3://bucket/prefix/`, below which the data of the run were looked for; absent where the engine does not say */
  readonly dataAt?: string;
}
