// Signatures first; the implementations follow file by file.
import type { ComparisonMethod, Constraints, Statistics, Violation } from './schemas';

export interface ProfileInput {
  readonly kind: 'capture' | 'dataset';
  /** dataset only; CSV with a header where absent */
  readonly format?: { readonly csv?: { readonly header: boolean } };
  /** capture only: records whose `eventMetadata.inferenceTime` is in [start, end); ISO 8601 */
  readonly window?: { readonly start: string; readonly end: string };
}

export interface FileReader {
  push(chunk: Uint8Array): void;
  end(): void;
}

/** Reads files one after the other: a file has to end before the next begins. */
export interface Profiler {
  file(name: string): FileReader;
  finish(): PartialProfile;
}

export interface PartialProfile {
  readonly version: number;
}

export type Generation = 'deequ-2.0' | 'deequ-1.0';

export interface StatisticsOptions {
  readonly columnNames?: string[];
  readonly generation?: Generation;
}

export interface ConstraintOverrides {
  readonly datatypeCheckThreshold?: number;
  readonly domainContentThreshold?: number;
  readonly comparisonThreshold?: number;
  readonly comparisonMethod?: ComparisonMethod;
  readonly categoricalComparisonThreshold?: number;
  readonly features?: { readonly [feature: string]: FeatureOverrides };
}

export interface FeatureOverrides {
  readonly completeness?: number;
  readonly completenessTolerance?: number;
}

export interface DataQualityInput {
  readonly profile: PartialProfile;
  readonly baselineStatistics?: Statistics;
  readonly baselineConstraints: Constraints;
}

export interface FeatureDistance {
  readonly feature: string;
  readonly distance: number;
  readonly threshold: number;
  /** `LInfinity` with the comparison method: `Simple` or `Robust` */
  readonly method: string;
}

export interface NotEvaluated {
  readonly feature: string;
  readonly check: string;
  readonly reason: string;
}

export interface DataQualityResult {
  readonly violations: Violation[];
  readonly distances: FeatureDistance[];
  readonly notEvaluated: NotEvaluated[];
  readonly columnNames: string[];
}

export interface UnreadableSample {
  readonly file: string;
  /** 1-based; 0 for a file as a whole */
  readonly line: number;
  readonly reason: string;
  readonly detail: string;
}

export interface Unreadable {
  /** rows or records that were profiled */
  readonly recordCount: number;
  readonly unreadableCount: number;
  /** records with a time outside the window: no defect */
  readonly outsideWindow: number;
  readonly byReason: Record<string, number>;
  /** the first 100, in file order */
  readonly samples: UnreadableSample[];
}

const notYet = (): never => {
  throw new Error('not implemented yet');
};

export function createProfiler(_input: ProfileInput): Profiler {
  return notYet();
}
export function encodeProfile(_profile: PartialProfile): string {
  return notYet();
}
export function decodeProfile(_text: string): PartialProfile {
  return notYet();
}
export function mergeProfiles(_parts: PartialProfile[]): PartialProfile {
  return notYet();
}
export function statistics(_profile: PartialProfile, _options?: StatisticsOptions): Statistics {
  return notYet();
}
export function suggestConstraints(
  _statistics: Statistics,
  _options?: { readonly generation?: Generation },
): Constraints {
  return notYet();
}
export function applyOverrides(
  _constraints: Constraints,
  _overrides: ConstraintOverrides,
): { constraints: Constraints; unknownFeatures: string[] } {
  return notYet();
}
export function checkDataQuality(_input: DataQualityInput): DataQualityResult {
  return notYet();
}
export function unreadable(_profile: PartialProfile): Unreadable {
  return notYet();
}
