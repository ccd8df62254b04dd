// Shapes of what a report says of the calls that this library makes to a monitored endpoint.

/** What became of calls of this library's own among captured records. */
export interface ReportedOwnCalls {
  /** calls of this library's own that were captured, each once: no records. Absent where there are none */
  readonly ownCalls?: number;
  /** records that were taken for calls which had been left out already, and are in no figure. Absent where there are none */
  readonly repeatedOwnCalls?: number;
  /** records that came with the mark of such calls while some were made, and are none: they are in all figures. Absent where there are none */
  readonly strangeCalls?: number;
}
