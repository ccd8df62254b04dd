import { type Breaches, chanceOf } from '../form/chance';
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
 * The share of known values, of the values that both sides count by themselves. A baseline that meets a value once has missed others like it: as many
 * new ones as it has of those are expected in another sample (Good 1953). That estimate is less sure than a share of as many values, by the values
 * that it met twice: it counts for a smaller sample accordingly. Undefined when one side counts no value.
 *
 * @see https://doi.org/10.2307/2333344
 */
export function knownShare(window: TextValues, baseline: TextValues): KnownShare | undefined {
  const level = Math.max(window.level, baseline.level);
  const before = baseline.known.filter((value) => value.level >= level);
  const now = window.known.filter((value) => value.level >= level);
  const all = total(now);
  if (all === 0 || total(before) === 0) return undefined;
  const known = new Set(before.map(({ hash }) => hash));
  const unknown = { count: total(now.filter(({ hash }) => !known.has(hash))), of: all };
  const expected = newValues(before);
  return {
    observed: 1 - unknown.count / all,
    expected: 1 - expected.count / expected.of,
    pValue: chanceOf(unknown, effective(before, expected)),
  };
}

const total = (values: readonly KnownText[]) => values.reduce((sum, { count }) => sum + count, 0);

const metTimes = (values: readonly KnownText[], times: number) => values.filter(({ count }) => count === times).length;

const newValues = (values: readonly KnownText[]): Breaches => ({ count: metTimes(values, 1), of: total(values) });

/** The sample whose share of new values would be as sure as the estimate: its variance is (N1 + 2 N2) / n². */
function effective(values: readonly KnownText[], { count, of }: Breaches): Breaches {
  if (count === 0) return { count, of };
  const factor = count / (count + 2 * metTimes(values, 2));
  const scaled = Math.max(1, Math.round(count * factor));
  return { count: scaled, of: Math.max(scaled, Math.round((of * scaled) / count)) };
}
