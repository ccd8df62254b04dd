import { createHmac } from 'node:crypto';
import {
  checkWindow,
  type KeptText,
  type PartialProfile,
  type Statistics,
  type suggestConstraints,
  type TextKeys,
} from '../../../../lib/analysis';
import { declaredBaseline } from '../../../../lib/analysis/data-quality/declared-columns';
import { textStatistics } from '../../../../lib/analysis/data-quality/text/text-statistics';
import { Profile } from '../../../../lib/analysis/profile/profile';
import type { Random } from '../detectors/traffic';

/** Draws one text. */
export type DrawText = (next: Random) => string;

const { floor, imul, log } = Math;

/** An index below a count, of which the k-th is k times as rare as the first. */
export function zipf(count: number): (next: Random) => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let index = 0; index < count; index++) {
    sum += 1 / (index + 1);
    sums[index] = sum;
  }
  return (next) => {
    const wanted = next() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const known = new Map<number, string>();

/** A word of 4 letters and more that follows from a number. */
export function word(index: number): string {
  const text = known.get(index) ?? newWord(index);
  known.set(index, text);
  return text;
}

function newWord(index: number): string {
  let state = imul(index + 1, 0x9e3779b1) >>> 0;
  let text = '';
  for (let at = 0; at < 3 + (index % 10); at++) {
    text += LETTERS[(state >>> 3) % LETTERS.length];
    state = imul(state ^ (state >>> 15), 0x85ebca6b) >>> 0;
  }
  return text + index.toString(36);
}

const cities = zipf(400);
const products = zipf(20_000);
const words = zipf(3000);
const evenly = (count: number) => (next: Random) => floor(next() * count);

/** As many words as chance wants, four by the mean. */
const sentence: DrawText = (next) => {
  const count = 1 + floor(-4 * log(1 - next()));
  return Array.from({ length: count }, () => word(words(next))).join(' ');
};

/** Texts of more than 120 values each. */
export const TEXTS: { readonly [name: string]: DrawText } = {
  city: (next) => word(cities(next)),
  product: (next) => `P-${products(next)}`,
  customer: (next) => word(evenly(3000)(next)),
  agent: (next) => (next() < 0.5 ? 'Mozilla/5.0' : `bot ${word(evenly(100_000)(next))}`),
  comment: sentence,
  order: (next) => `order-${evenly(1_000_000_000)(next)}`,
};

/** A profile of rows whose columns are drawn one by one. */
export function drawn(
  rows: number,
  next: Random,
  draws: { readonly [name: string]: DrawText } = TEXTS,
): PartialProfile {
  const profile = new Profile();
  const names = Object.keys(draws);
  const table = profile.table('header', names, names.length);
  const all = Object.values(draws);
  for (let row = 0; row < rows; row++) table.addRow(all.map((draw) => draw(next)));
  return profile;
}

export const KEYS: TextKeys = {
  newKey: () => 'a key of the tests',
  hash: (key, text) => createHmac('sha256', key).update(text).digest('hex').slice(0, 16),
};

/** For many draws: no cryptography. */
export const FAST_KEYS: TextKeys = { newKey: () => '', hash: (_, text) => text };

interface Baseline {
  readonly baselineStatistics: Statistics;
  readonly baselineConstraints: ReturnType<typeof suggestConstraints>;
  readonly text?: KeptText;
}

/** The baseline that a profile makes, with what is kept of its text. */
export function textBaseline(
  profile: PartialProfile,
  keys = FAST_KEYS,
  threshold?: number,
): Baseline & { text: KeptText } {
  const { statistics, constraints, texts } = declaredBaseline(profile);
  const distribution_constraints = {
    ...constraints.monitoring_config?.distribution_constraints,
    ...(threshold !== undefined && { comparison_threshold: threshold, categorical_comparison_threshold: threshold }),
  };
  return {
    baselineStatistics: statistics,
    baselineConstraints: {
      ...constraints,
      monitoring_config: { ...constraints.monitoring_config, distribution_constraints },
    },
    text: { statistics: textStatistics(texts, keys), hash: keys.hash },
  };
}

/** What a window is found to be: `feature check`, with the p-value. */
export const foundIn = (profile: PartialProfile, baseline: Baseline, falseAlarmRate?: number) =>
  checkWindow({ profile, ...baseline, drift: { method: 'MassShift', falseAlarmRate } });
