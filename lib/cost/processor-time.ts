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

/** A gigabyte of captured records: its columns. Anything else that is made of it takes as much where nothing but that is. */
const PROFILE = measured(3);
/** What of it meets labels, beside that: lines are found once for all that is made of them. */
const RECORDS = measured(1.2);
/** A sample of its rows, which a model is asked about. */
const ROWS = measured(20);

/** A gigabyte of labels. */
export const LABELS = measured(3);

/** A million predictions that meet as many labels. */
export const MEETING = measured(1.3);

/** Seconds in which a model answers one request, assumed. */
export const ANSWER_SECONDS = 0.1;

/** Seconds of *profile* for a gigabyte of captured records, of all that monitors of these kinds make of it in one pass; none for none. */
export function secondsPerGb(kinds: readonly BilledMonitor['kind'][]): SecondsRange {
  if (kinds.length === 0) return { least: 0, most: 0 };
  const { least, most } = sumOfRanges(kinds.map(rateOf));
  return { least: Math.max(least, PROFILE.least), most: Math.max(most, PROFILE.most) };
}

function rateOf(kind: BilledMonitor['kind']): SecondsRange {
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
