// What reports say of what was never seen.

/** A monitor that looks for its data in another place than before, and has found none there. */
export interface MovedPlace {
  /** ISO 8601: when the first of the windows without data began that were looked for there */
  readonly since: string;
  /** where there were data, or at least runs that looked for them: `s3://bucket/prefix/`, or `endpoint churn` */
  readonly from: string;
  /** where they are looked for now */
  readonly to: string;
}

/** How long a monitor has been without data, of a run that found none. */
export interface TimeWithoutData {
  /** ISO 8601: when the first of the windows without data began, of those in a row up to this one */
  readonly since: string;
  /** from then up to the end of the window */
  readonly hours: number;
  /** whether a run of the monitor had any before; `None` also where no run of it is known */
  readonly dataBefore: 'None' | 'Some' | 'Unknown';
  /** absent where the place is the one of the last data, or not known to be another */
  readonly moved?: MovedPlace;
}

/** What a monitor was told to read, and of which nothing has ever been captured. */
export interface NeverCaptured {
  /** `s3://bucket/prefix/`, below which nothing lies, or nothing of `variants` */
  readonly at: string;
  /** those that were asked for and have no folder there; absent where nothing at all lies there */
  readonly variants?: string[];
  /** those that were not asked for and have records of the window */
  readonly others?: string[];
}

/** What of a window was analysed, where its objects have more bytes than its data let a run read: some of them, drawn by a keyed hash of their names. */
export interface ReportedSample {
  /** of the bytes, above 0 and below 1 */
  readonly share: number;
  /** that were read */
  readonly bytes: number;
  /** that all objects of the window have */
  readonly ofBytes: number;
  /** that were read */
  readonly objects: number;
  /** that the window has */
  readonly ofObjects: number;
}

/** What of a window a run was asked for. */
export interface Sampled {
  /** counts of records, metrics and probabilities are of this part alone; absent where all of the window is analysed */
  readonly sample?: ReportedSample;
}

/** What a run says that it has not seen. */
export interface ReportedUnseen extends Sampled {
  /** of runs without data */
  readonly withoutData?: TimeWithoutData;
  /** absent where all that was asked for has been captured once, or the engine does not say */
  readonly neverCaptured?: NeverCaptured;
}

/** What became of calls of this library's own among captured records. */
export interface ReportedOwnCalls {
  /** calls of this library's own that were captured, each once: no records. Absent where there are none */
  readonly ownCalls?: number;
  /** records that were taken for calls which had been left out already, and are in no figure. Absent where there are none */
  readonly repeatedOwnCalls?: number;
  /** records that came with the mark of such calls while some were made, and are none: they are in all figures. Absent where there are none */
  readonly strangeCalls?: number;
}
