import type { ColumnProfile } from '../../profile/column-profile';
import { categoryOf } from '../../profile/meaning';
import { measured } from '../../profile/text-profile';
import { levelOf, type ValueSample } from '../../profile/value-sample';
import type { TextValues } from './text-statistics';

/** A value of text in clear, and how many texts have it. */
export interface ClearValue {
  readonly value: string;
  readonly count: number;
}

/** How many of them a baseline keeps, the most frequent ones. */
const FREQUENT = 20;

/** A value in clear, and the share of the values that it has, 0 to 1. */
export interface NamedValue {
  readonly value: string;
  readonly share: number;
}

/** Values of which a finding is, the most frequent ones first. */
export interface NamedValues {
  /** of the window, which the baseline lacks */
  readonly came: readonly NamedValue[];
  /** of the baseline's frequent ones, which the window lacks */
  readonly gone: readonly NamedValue[];
}

/**
 * The most frequent texts among a column's first values, which are counted with their text: none of its numbers, and none that are kept by their hash
 * alone. A column without texts gives none.
 */
export const frequentValues = (column: ColumnProfile): ClearValue[] => clearValues(column).slice(0, FREQUENT);

function clearValues({ values }: ColumnProfile): ClearValue[] {
  const counts = new Map<string, number>();
  for (const [value, { number, long, count }] of values.tracked) {
    if (!Number.isNaN(number) || long) continue;
    const category = categoryOf(value);
    counts.set(category, (counts.get(category) ?? 0) + count);
  }
  return Array.from(counts, ([value, count]) => ({ value, count })).sort(
    (one, other) => other.count - one.count || (one.value < other.value ? -1 : 1),
  );
}

/** What a window has in clear, and in its sample. */
export interface WindowValues {
  readonly column: ColumnProfile;
  readonly sample: ValueSample;
}

/** What a baseline has: its frequent values, and the hashes of those that it knows. */
export interface BaselineValues {
  readonly frequent: readonly ClearValue[];
  readonly values: TextValues;
}

/** Names the values that came and went, as far as both sides count them by themselves. */
export function namedValues(
  window: WindowValues,
  baseline: BaselineValues,
  hash: (value: number) => string,
): NamedValues {
  const level = Math.max(window.sample.level, baseline.values.level);
  const isCounted = ({ value }: ClearValue) => levelOf(measured(value).hash) >= level;
  const known = new Set(baseline.values.known.map((each) => each.hash));
  const came = clearValues(window.column).filter(
    (each) => isCounted(each) && !known.has(hash(measured(each.value).hash)),
  );
  const gone = baseline.frequent.filter(
    (each) => isCounted(each) && !window.sample.counts.has(measured(each.value).hash),
  );
  const all = baseline.values.groups.reduce((sum, count) => sum + count, 0);
  return { came: came.map(shareOf(window.column.present)), gone: gone.map(shareOf(all)) };
}

const shareOf =
  (all: number) =>
  ({ value, count }: ClearValue): NamedValue => ({ value, share: count / all });
