import type { ColumnProfile, NumberProfile } from '../../profile/column-profile';
import { formOf, type TextForm } from '../../profile/text-form';
import { lengthClass, shortestOf } from '../../profile/text-length';
import type { TextProfile } from '../../profile/text-profile';
import { levelOf } from '../../profile/value-sample';
import { type ClearValue, frequentValues } from './clear-values';
import { type KeptNumbers, keptNumbers } from './numbers-among-text';

/** The file beside `statistics.json`: Model Monitor knows no such file, and does not read it. */
export const TEXT_STATISTICS = 'text-statistics.json';

/** Raised with every change to what the file means. */
export const TEXT_STATISTICS_VERSION = 1;

/** What is kept of features of text that have too many values for a histogram, without any of their values unless somebody asked for them. */
export interface TextStatistics {
  readonly version: number;
  /** random, of this file alone: what its values' hashes are made with */
  readonly key: string;
  readonly features: readonly TextFeature[];
}

/** What is kept of one feature. */
export interface TextFeature {
  readonly name: string;
  /** code points of texts, digits before the point of numbers; long ones in classes, by their shortest */
  readonly lengths: readonly LengthCount[];
  /** what values are made of */
  readonly forms: readonly FormCount[];
  /** absent where numbers are fewer than half of the values, and where somebody declared what the column is */
  readonly numbers?: KeptNumbers;
  /** absent for identifiers, whose values are new by nature */
  readonly values?: TextValues;
  /** the most frequent values, in clear: only where somebody asked for them */
  readonly frequent?: readonly ClearValue[];
}

/** How many values have a length. */
export interface LengthCount {
  readonly length: number;
  readonly count: number;
}

/** How many values have a form. */
export interface FormCount {
  /** see `TextForm`; `number` for a value that means a number */
  readonly form: TextForm;
  readonly count: number;
}

/** Which values there are, as far as it is kept. */
export interface TextValues {
  /** how many texts are in each of 128 groups by the hash of the value, and how many values are numbers */
  readonly groups: readonly number[];
  /** one value in 2^level is counted by itself */
  readonly level: number;
  readonly known: readonly KnownText[];
}

/** A value that is counted by itself. */
export interface KnownText {
  /** the start of an HMAC of the feature's name and the value's hash of 31 bits */
  readonly hash: string;
  /** the highest level at which it is counted */
  readonly level: number;
  readonly count: number;
}

/** A hash that nobody computes without the key: 16 or more hexadecimal digits. */
export type KeyedHash = (key: string, text: string) => string;

/** The key of a file, and the hash that is made with it. */
export interface TextKeys {
  newKey(): string;
  readonly hash: KeyedHash;
}

/** A column that text is kept of. */
export interface TextColumn {
  readonly name: string;
  readonly column: ColumnProfile;
  readonly isIdentifier?: boolean;
  /** whether somebody said what it is; false where absent */
  readonly isDeclared?: boolean;
}

/** A column's texts, and the numbers among them. */
export interface ColumnText {
  readonly column: ColumnProfile;
  readonly texts: TextProfile;
  readonly numbers: NumberProfile;
}

/** Of all values of a column, tracked or not. */
export const columnText = (column: ColumnProfile): ColumnText => ({
  column,
  texts: column.texts(),
  numbers: column.numbers,
});

/** What is kept of columns, their frequent values in clear where they are asked for; a column without values has empty lists. */
export function textStatistics(
  columns: readonly TextColumn[],
  { newKey, hash }: TextKeys,
  isInClear = false,
): TextStatistics {
  const key = newKey();
  const features = columns.map(({ name, column, isIdentifier, isDeclared }): TextFeature => {
    const text = columnText(column);
    const values = isIdentifier ? undefined : textValues(text, (value) => hash(key, hashedText(name, value)));
    const frequent = isInClear && !isIdentifier && { frequent: frequentValues(column) };
    const numbers = isDeclared ? undefined : keptNumbers(column);
    return {
      name,
      lengths: lengthCounts(text),
      forms: formCounts(text),
      ...(numbers && { numbers }),
      values,
      ...frequent,
    };
  });
  return { version: TEXT_STATISTICS_VERSION, key, features };
}

/** What is hashed with the key: the same value of two features has two hashes. */
export const hashedText = (feature: string, value: number): string => JSON.stringify([feature, value]);

/** The form of a value that means a number. */
export const NUMBER = 'number';

/** The form of every value, the most frequent one first. */
export function formCounts({ texts, numbers }: ColumnText): FormCount[] {
  const counts = occupied(texts.forms).map(([bits, count]) => ({ form: formOf(bits), count }));
  const number = { form: NUMBER, count: numbers.moments.count };
  return [...counts, ...(number.count > 0 ? [number] : [])].sort((one, other) => other.count - one.count);
}

/** The length of every value, the shortest first. Of numbers those of the sketch stand for all. */
export function lengthCounts({ texts, numbers }: ColumnText): LengthCount[] {
  const counts = Float64Array.from(texts.lengths);
  for (const [level, items] of numbers.sketch.data().entries()) {
    for (const item of items) counts[lengthClass(digitsOf(item))] += 2 ** level;
  }
  return occupied(counts).map(([index, count]) => ({ length: shortestOf(index), count }));
}

const occupied = (counts: Float64Array): [index: number, count: number][] =>
  [...counts.entries()].filter(([, count]) => count > 0);

/** Digits before the point: of 0.5 one. An infinite number is as long as the longest double. */
const digitsOf = (number: number): number =>
  Math.min(308, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(number)))))) + 1;

/** How many texts are in each group of values, and how many values are numbers. */
export const groupCounts = ({ texts, numbers }: ColumnText): number[] => [...texts.groups, numbers.moments.count];

/** Which values a column has. */
export function textValues(text: ColumnText, hash: (value: number) => string): TextValues {
  const { sample } = text.texts;
  return {
    groups: groupCounts(text),
    level: sample.level,
    known: Array.from(sample.counts, ([value, count]) => ({ hash: hash(value), level: levelOf(value), count })).sort(
      (one, other) => other.count - one.count || (one.hash < other.hash ? -1 : 1),
    ),
  };
}
