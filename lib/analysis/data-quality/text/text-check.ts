import type { CategoryCount, ConstraintCheckType, DistributionConstraints, FeatureStatistics } from '../../schemas';
import type { DriftMethod } from '../detectors';
import { categoryCells } from '../detectors/categories';
import { comparePair, type PairComparison, pairThreshold } from '../detectors/compare-pair';
import type { NumericPair } from '../detectors/feature-pair';
import type { NumericSample } from '../detectors/numeric-sample';
import type { FormResult } from '../form/form-test';
import { tooFewValues } from '../gap-reasons';
import type { Violated } from '../violated';
import { namedValues } from './clear-values';
import { knownShare } from './known-values';
import { numbersPair } from './numbers-among-text';
import {
  type ColumnText,
  type FormCount,
  formCounts,
  hashedText,
  type KeyedHash,
  type LengthCount,
  lengthCounts,
  NUMBER,
  type TextFeature,
  type TextStatistics,
  type TextValues,
  textValues,
} from './text-statistics';
import { formsViolated, knownValuesViolated, lengthsViolated, numbersViolated } from './text-violated';

/** What a baseline keeps of text, and how its values' hashes are made. */
export interface KeptText {
  readonly statistics: TextStatistics;
  readonly hash: KeyedHash;
}

/** A column of text in a window, and what its baseline keeps of it. */
export interface TextCheck {
  readonly text: ColumnText;
  readonly baseline: TextFeature;
  readonly method: DriftMethod;
  /** of the feature's constraints */
  readonly settings: DistributionConstraints;
  readonly hash: (value: number) => string;
}

/** The hash of a value of a feature, as its baseline has it. */
export const valueHash =
  ({ statistics, hash }: KeptText, feature: string) =>
  (value: number): string =>
    hash(statistics.key, hashedText(feature, value));

/**
 * Whether a column's texts are as long as its baseline's, made of the same characters, and values that it has, and the numbers among them distributed alike:
 * each a test, as that of a distribution.
 * Nothing without values in the baseline, and nothing that the constraints switch off. The window needs values.
 */
export function textResults(check: TextCheck): FormResult[] {
  if (check.settings.perform_comparison === 'Disabled' || check.baseline.forms.length === 0) return [];
  return [lengths(check), forms(check), knownValues(check), numbersAmong(check)];
}

function lengths({ text, baseline, method, settings }: TextCheck): FormResult {
  const counts = { baseline: baseline.lengths, current: lengthCounts(text) };
  const compared = comparePair(lengthPair(counts.baseline, counts.current), method, settings);
  if (Number.isNaN(compared.distance)) return gapOf(baseline, 'text_length_check', counts);
  const hasNumbers = text.numbers.moments.count > 0 || baseline.forms.some(({ form }) => form === NUMBER);
  return distanceTest(baseline, compared, () => lengthsViolated(compared, { ...counts, hasNumbers }));
}

function forms({ text, baseline, method, settings }: TextCheck): FormResult {
  const counts = { baseline: categories(baseline.forms), current: categories(formCounts(text)) };
  const cells = categoryCells(counts.baseline, counts.current);
  const compared = comparePair({ kind: 'categorical', cells, buckets: counts }, method, settings);
  if (Number.isNaN(compared.pValue)) return gapOf(baseline, 'text_form_check', counts);
  return distanceTest(baseline, compared, () => formsViolated(compared, counts));
}

/** How many numbers there are is the form's. */
function numbersAmong({ text, baseline, method, settings }: TextCheck): FormResult {
  const pair = baseline.numbers && numbersPair(baseline.numbers, text.numbers);
  const compared = pair && comparePair(pair, method, settings);
  if (!compared || Number.isNaN(compared.distance)) return {};
  return distanceTest(baseline, compared, () => numbersViolated(compared));
}

function distanceTest(
  { name: feature }: TextFeature,
  { distance, threshold, pValue }: PairComparison,
  violated: () => Violated,
): FormResult {
  return { test: { feature, pValue, violated: distance > threshold ? violated() : undefined } };
}

/** A drop by no more than the threshold is no drift: a baseline that knows fewer of its values than that has none to lose. */
function knownValues({ text, baseline, settings, hash }: TextCheck): FormResult {
  const share = baseline.values && knownShare(textValues(text, hash), baseline.values);
  if (!share) return {};
  const threshold = pairThreshold('categorical', 'MassShift', settings);
  if (share.expected <= threshold) return {};
  const hasDropped = share.expected - share.observed > threshold;
  return {
    test: {
      feature: baseline.name,
      pValue: share.pValue,
      violated: hasDropped ? knownValuesViolated(share, namesOf({ text, baseline, hash })) : undefined,
    },
  };
}

/** Nothing where the baseline has no values in clear: then none is told of the window, either. */
function namesOf({ text, baseline: { frequent, values }, hash }: Pick<TextCheck, 'text' | 'baseline' | 'hash'>) {
  if (!frequent || !values) return undefined;
  return namedValues({ column: text.column, sample: text.texts.sample }, { frequent, values }, hash);
}

/** How often each thing occurs on both sides. */
interface Sides {
  readonly baseline: readonly { readonly count: number }[];
  readonly current: readonly { readonly count: number }[];
}

function gapOf({ name }: TextFeature, check: ConstraintCheckType, { baseline, current }: Sides): FormResult {
  const total = (counts: Sides['baseline']) => counts.reduce((sum, { count }) => sum + count, 0);
  return { gap: { feature: name, check, reason: tooFewValues(total(current), total(baseline)) } };
}

const categories = (counts: readonly FormCount[]): CategoryCount[] =>
  counts.map(({ form, count }) => ({ value: form, count }));

function lengthPair(baseline: readonly LengthCount[], current: readonly LengthCount[]): NumericPair {
  const levels = { baseline: [], current: [] }; // for methods that count distinct values alone, which no test has
  return {
    kind: 'numeric',
    baseline: lengthSample(baseline),
    current: lengthSample(current),
    levels,
    standardDeviation: standardDeviation(baseline),
  };
}

function lengthSample(counts: readonly LengthCount[]): NumericSample {
  const ranks = new Float64Array(counts.length);
  let sum = 0;
  for (const [index, { count }] of counts.entries()) {
    sum += count;
    ranks[index] = sum;
  }
  return { values: Float64Array.from(counts, ({ length }) => length), ranks, count: sum };
}

function standardDeviation(counts: readonly LengthCount[]): number {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const mean = counts.reduce((sum, { length, count }) => sum + length * count, 0) / all;
  return Math.sqrt(counts.reduce((sum, { length, count }) => sum + count * (length - mean) ** 2, 0) / all);
}

/**
 * Statistics of a column of text with a histogram of its groups of values in place of one of its values: the shares of frequent values are seen in
 * those of their groups. Missing values are no part of it.
 */
export function groupStatistics(feature: FeatureStatistics, { groups }: Pick<TextValues, 'groups'>): FeatureStatistics {
  const { string_statistics } = feature;
  if (!string_statistics) return feature;
  const buckets = groups.flatMap((count, group) => (count > 0 ? [{ value: `group ${group}`, count }] : []));
  return { ...feature, string_statistics: { ...string_statistics, distribution: { categorical: { buckets } } } };
}
