import type { Constraints, FeatureConstraints, FeatureStatistics, Statistics, Violation } from '../analysis';
import type { Comparison } from './parity-comparison';
import { compareViolationSets } from './parity-violations';

/** How one file of the container is compared with ours. */
export interface FileComparison<T> {
  /** begins the names of the fields: `baseline`, `run 1` */
  readonly part: string;
  readonly expected: T;
  readonly actual: T;
  /** why types cannot be compared; absent when they can */
  readonly untyped?: string;
  /** what the case lacks: features that only we have are then no difference */
  readonly absent: readonly string[];
}

const byName = <T extends { readonly name: string }>(features: readonly T[]) =>
  new Map(features.map((feature) => [feature.name, feature]));

/** Compares `statistics.json` field by field; histograms as sets. */
export function compareStatistics(comparison: Comparison, files: FileComparison<Statistics>): void {
  const { part, expected, actual } = files;
  const pair = { expected: expected.dataset.item_count, actual: actual.dataset.item_count };
  comparison.values(`${part} item_count`, 'the dataset', pair);
  eachFeature(comparison, { ...files, expected: expected.features, actual: actual.features }, (theirs, ours) => {
    compareTypes(comparison, files, { expected: theirs.inferred_type, actual: ours.inferred_type, name: theirs.name });
    const fields = { expected: flatStatistics(theirs), actual: flatStatistics(ours) };
    for (const field of new Set([...Object.keys(fields.expected), ...Object.keys(fields.actual)])) {
      const values = { expected: fields.expected[field], actual: fields.actual[field] };
      comparison.values(`${part} ${field}`, `"${theirs.name}"`, values);
    }
  });
}

function flatStatistics({ numerical_statistics, string_statistics }: FeatureStatistics): Record<string, unknown> {
  const { common, distribution: ours, ...rest } = { ...numerical_statistics, ...string_statistics };
  const numeric = numerical_statistics?.distribution?.kll;
  const categories = string_statistics?.distribution?.categorical?.buckets;
  return {
    ...common,
    ...rest,
    ...(numeric && { buckets: numeric.buckets, sketch: numeric.sketch }),
    ...(categories && { histogram: Object.fromEntries(categories.map(({ value, count }) => [value, count])) }),
  };
}

/** Compares the suggested `constraints.json`; domains as sets. */
export function compareConstraints(comparison: Comparison, files: FileComparison<Constraints>): void {
  const { part, expected, actual } = files;
  const prefix = `${part} constraints`;
  const features = { ...files, part: prefix, expected: expected.features, actual: actual.features };
  eachFeature(comparison, features, (theirs, ours) => {
    compareTypes(comparison, features, {
      expected: theirs.inferred_type,
      actual: ours.inferred_type,
      name: theirs.name,
    });
    const fields = { expected: flatConstraints(theirs), actual: flatConstraints(ours) };
    for (const field of new Set([...Object.keys(fields.expected), ...Object.keys(fields.actual)])) {
      const values = { expected: fields.expected[field], actual: fields.actual[field] };
      comparison.values(`${prefix} ${field}`, `"${theirs.name}"`, values);
    }
  });
  const config = { expected: expected.monitoring_config, actual: actual.monitoring_config };
  if (expected.monitoring_config) comparison.values(`${prefix} config`, 'the file', config);
}

function flatConstraints({ completeness, num_constraints, string_constraints }: FeatureConstraints) {
  const flat: Record<string, unknown> = { completeness };
  if (num_constraints) flat.is_non_negative = num_constraints.is_non_negative;
  if (string_constraints) flat.domains = [...(string_constraints.domains ?? [])].sort();
  return flat;
}

/** Features of both files by name; those that one file lacks are a difference, unless the case says that its file is cut. */
function eachFeature<T extends { readonly name: string }>(
  comparison: Comparison,
  { part, expected, actual, absent }: FileComparison<readonly T[]>,
  compare: (theirs: T, ours: T) => void,
): void {
  const field = `${part} features`;
  const ours = byName(actual);
  const names = new Set(expected.map(({ name }) => name));
  for (const feature of expected) {
    const own = ours.get(feature.name);
    comparison.values(field, 'the file', { expected: feature.name, actual: own?.name });
    if (own) compare(feature, own);
  }
  for (const { name } of actual.filter((feature) => !names.has(feature.name))) {
    if (absent.length > 0) comparison.unavailable(field, absent.join('; '));
    else comparison.values(field, 'the file', { expected: undefined, actual: name });
  }
}

function compareTypes(
  comparison: Comparison,
  { part, untyped }: { readonly part: string; readonly untyped?: string },
  { name, ...types }: { readonly name: string; readonly expected: string; readonly actual: string },
): void {
  if (untyped === undefined) comparison.values(`${part} inferred_type`, `"${name}"`, types);
  else comparison.unavailable(`${part} inferred_type`, untyped);
}

/** The lists of violations of a run. */
export interface ViolationLists extends FileComparison<readonly Violation[]> {
  /** why the container may have had more than the case holds; absent when the list is whole */
  readonly cut?: string;
}

/**
 * Compares violations as sets: one verdict for each feature and check that either list has. In a run whose types are not known from its
 * input, a type violation that only we have says nothing.
 */
export function compareViolations(comparison: Comparison, files: ViolationLists): void {
  const key = (violation: Violation) => JSON.stringify([violation.constraint_check_type, violation.feature_name]);
  const theirs = new Map(files.expected.map((violation) => [key(violation), violation]));
  const ours = new Map(files.actual.map((violation) => [key(violation), violation]));
  for (const each of [...ours.keys()].filter((key) => !theirs.has(key))) {
    const [check, feature] = JSON.parse(each);
    if (files.untyped === undefined || check !== 'data_type_check') continue;
    comparison.unavailable(`${files.part} ${check}`, `"${feature}" violates here only; ${files.untyped}`);
    ours.delete(each);
  }
  compareViolationSets(comparison, {
    part: files.part,
    expected: descriptions(theirs),
    actual: descriptions(ours),
    cut: files.cut,
    named: (each) => {
      const [check, feature] = JSON.parse(each);
      return { field: check, what: `"${feature}"` };
    },
  });
}

const descriptions = (violations: ReadonlyMap<string, Violation>) =>
  new Map(Array.from(violations, ([key, { description }]) => [key, description]));
