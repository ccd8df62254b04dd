import type { CategoryCount } from '../../schemas';
import { type CellCounts, occupied } from './bins';

/**
 * Two histograms of `statistics.json` as counts of the same categories, ordered by name; a category that one lacks counts 0 there, missing
 * values are the category `NullValue`. Categories without any count are left out.
 */
export function categoryCells(baseline: readonly CategoryCount[], current: readonly CategoryCount[]): CellCounts {
  const before = byName(baseline);
  const after = byName(current);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return occupied({
    baseline: names.map((name) => before.get(name) ?? 0),
    current: names.map((name) => after.get(name) ?? 0),
  });
}

function byName(counts: readonly CategoryCount[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { value, count } of counts) sums.set(value, (sums.get(value) ?? 0) + count);
  return sums;
}
