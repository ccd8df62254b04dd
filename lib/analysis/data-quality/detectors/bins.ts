import { type NumericSample, rankOf } from './numeric-sample';

/** A bound between two bins: the value itself is in the lower one if `inclusive`, else in the upper one. */
export interface Cut {
  readonly value: number;
  readonly inclusive: boolean;
}

/** Counts of the same cells in two samples, in the same order. */
export interface CellCounts {
  readonly baseline: readonly number[];
  readonly current: readonly number[];
}

const PARTS = 10;

/**
 * The bounds of bins by a baseline's deciles (the smallest values that 1/10, 2/10 ... of the sample do not exceed), each in the lower bin. A
 * value that is several deciles gets a bin of its own, so that no mass of a tenth or more hides in a bin with others. Without values: none.
 */
export function decileCuts(baseline: NumericSample): Cut[] {
  const times = new Map<number, number>();
  for (const value of deciles(baseline)) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].flatMap(([value, count]) => [
    ...(count > 1 ? [{ value, inclusive: false }] : []),
    { value, inclusive: true },
  ]);
}

function deciles({ values, ranks, count }: NumericSample): number[] {
  if (count === 0) return [];
  let index = 0;
  return Array.from({ length: PARTS - 1 }, (_, part) => {
    while (ranks[index] * PARTS < (part + 1) * count) index += 1;
    return values[index];
  });
}

/** How many values are in each bin: one bin more than bounds, the outer ones open. All 0 for an empty sample. */
export function binCounts(sample: NumericSample, cuts: readonly Cut[]): number[] {
  const ranks = [0, ...cuts.map(({ value, inclusive }) => rankOf(sample, value, inclusive)), sample.count];
  return ranks.slice(1).map((rank, index) => rank - ranks[index]);
}

/** Both samples' counts in bins by the baseline's deciles, see {@link decileCuts}; bins that are empty in both are left out. */
export function decileCounts(baseline: NumericSample, current: NumericSample): CellCounts {
  const cuts = decileCuts(baseline);
  return occupied({ baseline: binCounts(baseline, cuts), current: binCounts(current, cuts) });
}

/** The cells that hold anything of either sample. */
export function occupied({ baseline, current }: CellCounts): CellCounts {
  const isOccupied = (_: number, index: number) => baseline[index] + current[index] > 0;
  return { baseline: baseline.filter(isOccupied), current: current.filter(isOccupied) };
}

/** The sum of counts; 0 for none. */
export const totalOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
