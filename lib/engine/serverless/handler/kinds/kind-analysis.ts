import type { ExpectedColumns, Judging, Reading } from '../../../../analysis';
import type { AnalysisRequest, ExtractTask, MonitorRequest } from '../../contract';
import type { KindEntry } from './kind-of';

/** How the serverless engine analyses one kind of monitor. */
export interface KindAnalysis extends KindEntry {
  /** The analysis that a request asks for; its parts are the analysis' own affair. */
  analysis(request: AnalysisRequest): Judging<unknown>;
}

/** ISO 8601. */
export type Interval = ExtractTask['interval'];

/** How the serverless engine reads the data of one kind: a handler that reads needs nothing of what is made of it. */
export interface KindReading extends KindEntry {
  /** The reading part of the analysis that a request asks for: of the records of its window, or of an interval of it. */
  reading(request: AnalysisRequest, columns?: ExpectedColumns, interval?: Interval): Reading<unknown>;
}

/** What decides what is read for one kind: who looks for what was read needs nothing of what reads. */
export interface KindDecisions extends KindEntry {
  /** All that decides what parts hold of captured records, but for the interval: what differs here never meets. */
  decisions(request: MonitorRequest, columns?: ExpectedColumns): readonly unknown[];
}
