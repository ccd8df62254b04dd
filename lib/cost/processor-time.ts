import { KINDS } from '../kind/kinds';
import type { BilledMonitor } from './billed-monitor';

/** Seconds of one virtual CPU, of which a range is known. */
export interface SecondsRange {
  readonly least: number;
  readonly most: number;
}

/** *profile* takes 12 to 31 seconds for the 1.75 GB of 3.6 million records, by model and columns. */
const PROFILE: SecondsRange = { least: 12 / 1.75, most: 31 / 1.75 };
/** What is made of records that meet labels, or of rows that a model is asked about: each reads lines by itself (docs/benchmark.md). */
const RECORDS: SecondsRange = { least: 20, most: 30 };

/** Seconds in which a million predictions meet as many labels. */
export const MEETING_SECONDS = 4.7;

/** Seconds in which a model answers one request, assumed. */
export const ANSWER_SECONDS = 0.1;

/** Seconds of *profile* for a gigabyte, of what a monitor of this kind makes of it. */
export function secondsPerGb(kind: BilledMonitor['kind']): SecondsRange {
  const { readsLabels, asksModel } = KINDS[kind];
  return readsLabels || asksModel ? RECORDS : PROFILE;
}

/** Adds up ranges. */
export function sumOfRanges(ranges: readonly SecondsRange[]): SecondsRange {
  const sum = (bound: keyof SecondsRange) => ranges.reduce((all, range) => all + range[bound], 0);
  return { least: sum('least'), most: sum('most') };
}

/** So many times a range. */
export const times = (count: number, { least, most }: SecondsRange): SecondsRange => ({
  least: count * least,
  most: count * most,
});
