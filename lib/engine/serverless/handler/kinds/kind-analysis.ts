import type { ExpectedColumns, Judging, Reading } from '../../../../analysis';
import type { AnalysisRequest } from '../../contract';
import type { KindEntry } from './kind-of';

/** How the serverless engine analyses one kind of monitor. */
export interface KindAnalysis extends KindEntry {
  /** The analysis that a request asks for; its parts are the analysis' own affair. */
  analysis(request: AnalysisRequest): Judging<unknown>;
}

/** How the serverless engine reads the data of one kind: a handler that reads needs nothing of what is made of it. */
export interface KindReading extends KindEntry {
  /** The reading part of the analysis that a request asks for. */
  reading(request: AnalysisRequest, columns?: ExpectedColumns): Reading<unknown>;
}
