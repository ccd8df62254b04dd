import type { ColumnProfile } from '../../profile/column-profile';
import { knownCategories } from '../../profile/known-categories';
import { categoryOf } from '../../profile/meaning';
import { NULL_VALUE } from '../../profile/statistics';
import type { FeatureStatistics } from '../../schemas';
import { categoriesViolated, percent } from '../violated';
import { areTooManyWrong } from './answers';
import { type Breaches, chanceOf, newValues } from './chance';
import { type FormCheck, type FormResult, shareTest } from './form-test';

/**
 * The share of rows whose value is missing or known: outer spaces and the case of `true` say nothing. Where all are required and the baseline
 * itself has no other, new values may come by as much as chance explains: the baseline has values that it met only once, and windows have others. Of
 * answers that are true or false, any other is one of another type.
 */
export function categories({ constraints, config, rowCount, column, baseline, isAnswer }: FormCheck): FormResult {
  const { name, string_constraints } = constraints;
  if (!string_constraints?.domains) return {};
  const domain = new Set(string_constraints.domains.map(categoryOf));
  const threshold = config.domain_content_threshold ?? 1;
  const { least, most } = knownRows(column, domain, rowCount);
  const test = shareTest(name, {
    observed: most / rowCount,
    expected: threshold,
    chance: () => {
      if (isAnswer && isTrueOrFalse(domain) && areTooManyWrong(rowCount - most, rowCount)) return 0;
      const before = threshold === 1 && baseline ? newInBaseline(baseline, domain) : undefined;
      return before ? chanceOf({ count: rowCount - most, of: rowCount }, before) : 0;
    },
    violated: () => categoriesViolated(most / rowCount, threshold),
  });
  if (least === most || test.violated) return { test };
  const reason = `too many different values for exact counts: between ${percent(least / rowCount)} and ${percent(most / rowCount)} match the known values`;
  return { test, gap: { feature: name, check: 'categorical_values_check', reason } };
}

const isTrueOrFalse = (domain: ReadonlySet<string>) =>
  [...domain].every((category) => category === 'true' || category === 'false');

/** Rows with a known value or none: at least, and at most where values are no longer told apart. */
function knownRows(column: ColumnProfile, domain: ReadonlySet<string>, rowCount: number) {
  const known = [...knownCategories(column, domain).known.values()];
  const missing = rowCount - column.present;
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, missing);
  return { least: sum(known.map(({ least }) => least)), most: Math.min(rowCount, sum(known.map(({ most }) => most))) };
}

/**
 * How often a baseline meets a value for the first and last time: about the share of new values that windows of the same source have. Undefined
 * without a histogram, and where the baseline itself has values that are not allowed: then somebody declared which are.
 *
 * @see https://doi.org/10.2307/2333344
 */
function newInBaseline({ string_statistics }: FeatureStatistics, domain: ReadonlySet<string>): Breaches | undefined {
  const buckets = string_statistics?.distribution?.categorical?.buckets;
  if (!buckets) return undefined;
  const isAllowed = (value: string) => value === NULL_VALUE || domain.has(categoryOf(value));
  if (!buckets.every(({ value, count }) => count === 0 || isAllowed(value))) return undefined;
  const met = (times: number) => buckets.filter(({ value, count }) => count === times && value !== NULL_VALUE).length;
  return newValues({ once: met(1), twice: met(2), of: buckets.reduce((sum, { count }) => sum + count, 0) });
}
