import { chanceOf, newValues } from '../form/chance';
import type { KnownText, TextValues } from './text-statistics';

/** How many of the texts of a window have a value that the baseline has, and how many were to be expected. */
export interface KnownShare {
  /** 0 to 1 */
  readonly observed: number;
  /** of another sample of the baseline's source, 0 to 1 */
  readonly expected: number;
  /** how likely chance alone lets as few of them be known, 0 to 1 */
  readonly pValue: number;
}

/**
 * The share of known values, of the values that both sides count by themselves; of new ones as many are expected as the baseline met only once. Undefined
 * when one side counts no value.
 */
export function knownShare(window: TextValues, baseline: TextValues): KnownShare | undefined {
  const level = Math.max(window.level, baseline.level);
  const before = baseline.known.filter((value) => value.level >= level);
  const now = window.known.filter((value) => value.level >= level);
  const all = total(now);
  if (all === 0 || total(before) === 0) return undefined;
  const known = new Set(before.map(({ hash }) => hash));
  const unknown = { count: total(now.filter(({ hash }) => !known.has(hash))), of: all };
  const rare = { once: metTimes(before, 1), twice: metTimes(before, 2), of: total(before) };
  return {
    observed: 1 - unknown.count / all,
    expected: 1 - rare.once / rare.of,
    pValue: chanceOf(unknown, newValues(rare)),
  };
}

const total = (values: readonly KnownText[]) => values.reduce((sum, { count }) => sum + count, 0);

const metTimes = (values: readonly KnownText[], times: number) => values.filter(({ count }) => count === times).length;
