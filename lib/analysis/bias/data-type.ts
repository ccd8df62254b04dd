import type { BiasCell, BiasColumn } from './column';
import { divide } from './division';

/** Columns with fewer different values than this share of their rows are categorical, unless they are fractional. */
const CONTINUOUS_SHARE = 0.05;

/** What Python's `int()` takes. */
const INTEGER_TEXT = /^\s*[+-]?\d+(_\d+)*\s*$/;

/**
 * Whether a facet or label is continuous, so that it is divided by a threshold, or categorical, so that it is divided by values.
 * `fractional` columns are continuous whatever they hold, so a label stored as 0.0 and 1.0 is; `integer` columns, and texts that are all
 * integers, are continuous when at least 5 % of the present values are different; everything else is categorical, as is any column for which
 * several values are given. An empty integer column is categorical. What is said of a column precedes what its values look like.
 *
 * @see https://github.com/aws/amazon-sagemaker-clarify/blob/master/src/smclarify/bias/metrics/common.py (series_datatype)
 */
export function isContinuous(column: BiasColumn, values: readonly BiasCell[] = []): boolean {
  if (column.declared) return column.declared === 'continuous';
  if (column.kind === 'category' || column.kind === 'boolean' || values.length > 1) return false;
  if (column.kind === 'fractional') return true;
  const present = column.values.filter((value) => value !== null);
  const isInteger =
    column.kind === 'integer' ||
    (present.length === column.values.length && present.every((value) => INTEGER_TEXT.test(String(value))));
  return isInteger && divide(new Set(present).size, presentRows(column)) >= CONTINUOUS_SHARE;
}

function presentRows({ values, weights }: BiasColumn): number {
  return values.reduce((sum: number, value, index) => sum + (value === null ? 0 : (weights?.[index] ?? 1)), 0);
}

/** The numbers of a column, texts as Python's `int()` reads them, booleans as 1 and 0; NaN where one is missing or is no number. */
export function columnNumbers(column: BiasColumn): number[] {
  return column.values.map((value) => {
    if (value === null || value === '') return Number.NaN;
    return Number(typeof value === 'string' ? value.replaceAll('_', '') : value);
  });
}
