import { javaDouble } from '../../numbers/java-double';
import type { CategoryCount } from '../../schemas';
import { brief } from '../../words';
import type { PairComparison } from '../detectors/compare-pair';
import type { Violated } from '../violated';
import type { NamedValue, NamedValues } from './clear-values';
import type { KnownShare } from './known-values';
import type { LengthCount } from './text-statistics';

/** Counts of the same thing on both sides. */
interface Sides<Count> {
  readonly baseline: readonly Count[];
  readonly current: readonly Count[];
}

const exceeds = ({ distance, threshold }: PairComparison) =>
  `drift distance: ${javaDouble(distance)} exceeds threshold: ${javaDouble(threshold)}`;

/** Four significant digits are enough to read. */
const percent = (share: number) => `${Number((share * 100).toPrecision(4))}%`;

/** Lengths on both sides, and whether there are numbers among the text on one of them. */
interface Lengths extends Sides<LengthCount> {
  readonly hasNumbers: boolean;
}

/** Of texts that are longer or shorter than the baseline's. */
export function lengthsViolated(compared: PairComparison, { baseline, current, hasNumbers }: Lengths): Violated {
  const medians = `Half of the baseline's values have a length of up to ${median(baseline)}, half of these of up to ${median(current)}`;
  const unit = hasNumbers ? 'in characters, of numbers in digits before the point' : 'in characters';
  return {
    type: 'text_length_check',
    description: `Text length ${exceeds(compared)}. ${medians}, ${unit}.`,
    observed: compared.distance,
    expected: compared.threshold,
  };
}

/** Of texts that are made of other characters than the baseline's. */
export function formsViolated(compared: PairComparison, counts: Sides<CategoryCount>): Violated {
  const { form, before, after } = largestChange(counts);
  const change = `The share of the form ${JSON.stringify(form)} went from ${percent(before)} to ${percent(after)}.`;
  return {
    type: 'text_form_check',
    description: `Text form ${exceeds(compared)}. ${change}`,
    observed: compared.distance,
    expected: compared.threshold,
  };
}

/** Of the numbers in a column with text among them. */
export function numbersViolated(compared: PairComparison): Violated {
  return {
    type: 'numbers_among_text_check',
    description: `Numbers among text ${exceeds(compared)}. Text makes a column of numbers one of text: where it stands for no value, leave the field empty in the dataset.`,
    observed: compared.distance,
    expected: compared.threshold,
  };
}

/** Of values that the baseline does not have; the most frequent ones by their names, where they may be told. */
export function knownValuesViolated({ observed, expected }: KnownShare, named?: NamedValues): Violated {
  const advice = 'Where new values are what is to be expected, declare the column an identifier.';
  return {
    type: 'known_values_check',
    description: `Known values requirement is not met. Expected: ${percent(expected)} of the values are among the baseline's. Observed: Only ${percent(observed)}.${namesOf(named)} ${advice}`,
    observed,
    expected,
  };
}

/** How many values a sentence names. */
const NAMED = 3;

const namesOf = (named?: NamedValues): string =>
  named ? `${listOf('New', named.came)}${listOf('Gone', named.gone)}` : '';

function listOf(word: string, values: readonly NamedValue[]): string {
  if (values.length === 0) return '';
  const names = values.slice(0, NAMED).map(({ value, share }) => `${brief(value)} (${percent(share)})`);
  const more = values.length > NAMED ? ` and ${values.length - NAMED} more` : '';
  return ` ${word}: ${names.join(', ')}${more}.`;
}

function median(counts: readonly LengthCount[]): number {
  const half = counts.reduce((sum, { count }) => sum + count, 0) / 2;
  let sum = 0;
  for (const { length, count } of counts) {
    sum += count;
    if (sum >= half) return length;
  }
  return 0;
}

function largestChange({ baseline, current }: Sides<CategoryCount>) {
  const before = shares(baseline);
  const after = shares(current);
  const changes = [...new Set([...before.keys(), ...after.keys()])].map((form) => ({
    form,
    before: before.get(form) ?? 0,
    after: after.get(form) ?? 0,
  }));
  const size = (change: { readonly before: number; readonly after: number }) => Math.abs(change.after - change.before);
  return changes.reduce((most, each) => (size(each) > size(most) ? each : most));
}

function shares(counts: readonly CategoryCount[]): Map<string, number> {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return new Map(counts.map(({ value, count }) => [value, count / all]));
}
