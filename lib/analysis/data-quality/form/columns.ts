import type { Finding, NotEvaluated } from '../../port';
import type { TableProfile } from '../../profile/table-profile';
import type { FeatureConstraints, FeatureStatistics, Violation } from '../../schemas';
import { findingOf, percent } from '../violated';
import { chanceOf } from './chance';
import { type FormTest, valuesOf } from './form-test';

/** The share of records that may have columns which the baseline lacks. */
export const UNKNOWN_COLUMNS_LIMIT = 0.01;

/** How many names a finding has. */
const NAMES = 20;
const NAME_CHARACTERS = 64;

/**
 * The test of a feature that no record of a window has. Where the baseline lacks some of its values, chance may explain that a small window has
 * none; where a completeness of 0 is required, nothing is missing.
 */
export function missingColumn(
  { name, completeness }: FeatureConstraints,
  rowCount: number,
  baseline?: FeatureStatistics,
): FormTest {
  const values = baseline && valuesOf(baseline);
  if (completeness === 0 || (baseline && !values)) return { feature: name, pValue: 1 };
  const description = `Column is missing: the baseline has a feature of this name, none of ${rowCount} records has. Keys are matched as they are written.`;
  return {
    feature: name,
    pValue: values && values.num_missing > 0 ? chanceOfNone(rowCount, values) : 0,
    violated: { type: 'missing_column_check', description, observed: 0, expected: completeness ?? 1 },
  };
}

const chanceOfNone = (rowCount: number, values: { readonly num_present: number; readonly num_missing: number }) =>
  chanceOf(
    { count: rowCount, of: rowCount },
    { count: values.num_missing, of: values.num_present + values.num_missing },
  );

/** What a window says of columns that the baseline lacks; empty where it has none. */
export interface UnknownColumns {
  readonly finding?: Finding<Violation>;
  readonly note?: NotEvaluated;
}

/** Columns of unknown names are one finding if more records than `limit` (0 to 1) have one of them, as far as is known, else a note. */
export function unknownColumns(table: TableProfile, known: ReadonlySet<string>, limit: number): UnknownColumns {
  const unknown = table.names.flatMap((name, index) =>
    known.has(name) ? [] : [{ name, column: table.columns[index] }],
  );
  if (unknown.length === 0) return {};
  const share = shareWith(
    unknown.map(({ column }) => column.present),
    table,
    known,
  );
  const names = unknown.slice(0, NAMES).map(({ name }) => JSON.stringify(name.slice(0, NAME_CHARACTERS)));
  const atLeast = table.leftOut > 0 ? 'at least ' : '';
  const more = unknown.length > NAMES ? ` and ${atLeast}${unknown.length - NAMES} more` : '';
  const description = `There are columns that the baseline lacks: ${names.join(', ')}${more}; at least ${percent(share)} of the records have a value there, ${percent(limit)} may.`;
  if (share > limit) {
    const violated = { type: 'extra_column_check', description, observed: share, expected: limit, pValue: 0 } as const;
    return { finding: findingOf('Unknown columns', violated) };
  }
  return { note: { feature: 'Unknown columns', check: 'all', reason: description, isUnasked: true } };
}

/**
 * The share of records that have a value in one of the unknown columns, at least: as many as in the most frequent one, and where each record has
 * another one, as many as their values make, if every record had the most that any has beside the columns that all have. Where records were read
 * with the names of the baseline, those that have one were counted.
 */
function shareWith(present: readonly number[], table: TableProfile, known: ReadonlySet<string>): number {
  const { names, columns, rowCount, mostValues, strangeRows } = table;
  const ofAll = names.filter((name, index) => known.has(name) && columns[index].present === rowCount).length;
  const values = present.reduce((sum, count) => sum + count, 0);
  const spread = mostValues > ofAll ? values / (mostValues - ofAll) : 0;
  return Math.max(...present, spread, strangeRows) / rowCount;
}
