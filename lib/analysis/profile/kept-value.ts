import type { Constraints, Statistics } from '../schemas';
import { hashOf } from './text-hash';

/** Longer values are told apart by their hash: a profile, and the files of a window, keep no text that somebody can make as long as he likes. */
export const MAX_KEPT_CHARACTERS = 1024;

const HEX = 16;
const hex = (word: number) => (word >>> 0).toString(HEX).padStart(8, '0');

/** What a value is kept as: itself, or, where it is too long, its length and its hash: `(5242880 characters, xxHash64 0123456789abcdef)`. */
export function keptValue(value: string): string {
  if (value.length <= MAX_KEPT_CHARACTERS) return value;
  const { high, low } = hashOf(value);
  return `(${value.length} characters, xxHash64 ${hex(high)}${hex(low)})`;
}

/** The low 31 bits of the hash of a value that is kept as this. */
export const hashOfKept = (kept: string): number => Number.parseInt(kept.slice(-9, -1), HEX) & 0x7fffffff;

/** The statistics of a baseline with its categories as a window keeps them: its files may be older than that, or the container's. */
export function keptStatistics(statistics: Statistics): Statistics {
  const features = statistics.features.map((feature) => {
    const { string_statistics } = feature;
    const buckets = string_statistics?.distribution?.categorical?.buckets;
    if (!string_statistics || !buckets) return feature;
    const kept = buckets.map(({ value, count }) => ({ value: keptValue(value), count }));
    return {
      ...feature,
      string_statistics: { ...string_statistics, distribution: { categorical: { buckets: kept } } },
    };
  });
  return { ...statistics, features };
}

/** The same of its constraints. */
export function keptConstraints(constraints: Constraints): Constraints {
  const features = constraints.features.map((feature) => {
    const { string_constraints } = feature;
    if (!string_constraints?.domains) return feature;
    return {
      ...feature,
      string_constraints: { ...string_constraints, domains: string_constraints.domains.map(keptValue) },
    };
  });
  return { ...constraints, features };
}
