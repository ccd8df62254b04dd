import { KINDS } from '../kind/kinds';
import type { BilledMonitor } from './billed-monitor';

/** Seconds of one virtual CPU, of which a range is known. */
export interface SecondsRange {
  readonly least: number;
  readonly most: number;
}

/** A function's processor is at most so much slower than that of the benchmark: nobody says which one it gets. */
const SLOWER = 2.5;

/** What the benchmark's processor took (docs/benchmark.md), up to what a function's may take. */
const measured = (seconds: number): SecondsRange => ({ least: seconds, most: SLOWER * seconds });

/** A gigabyte of captured records: its columns. */
const PROFILE = measured(3);
/** What of it meets labels, and labels themselves: lines are found once for all that is made of them. */
const RECORDS = measured(1.2);
/** A sample of its rows, which a model is asked about. */
const ROWS = measured(20);

/** A million predictions that meet as many labels. */
export const MEETING = measured(1.3);

/** Seconds in which a model answers one request, assumed. */
export const ANSWER_SECONDS = 0.1;

/** Seconds of *profile* for a gigabyte, of what a monitor of this kind makes of it. */
export function secondsPerGb(kind: BilledMonitor['kind']): SecondsRange {
  const { readsLabels, asksModel } = KINDS[kind];
  if (asksModel) return ROWS;
  return readsLabels ? RECORDS : PROFILE;
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
