import { type BiasCell, type BiasColumn, cellText } from './column';
import type { Selection } from './counts';

/** A value that a configuration names: what a group consists of, or a threshold. */
export type BiasLevel = Exclude<BiasCell, null>;

/**
 * The rows of a categorical column that have one of the values. Values of another type than the column's (`"1"` for numbers, 1 for texts) are
 * converted, but only when no row has a value as it stands. Booleans are 1 and 0 among numbers, and are found by their name in any case among
 * texts that were converted. Missing values are not selected; values that cannot be converted select nothing.
 *
 * Clarify's library takes every text for true in a boolean column, `"False"` as well; here `"False"` is false, as its comment intends.
 *
 * @see https://github.com/aws/amazon-sagemaker-clarify/blob/master/src/smclarify/bias/report.py (_categorical_data_idx)
 */
export function selectValues(column: BiasColumn, values: readonly BiasLevel[]): Selection {
  const asGiven = selectEqual(column, values);
  if (asGiven.includes(true)) return asGiven;
  const sample = column.values.find((value) => value !== null);
  if (sample === undefined || sample === null) return asGiven;
  return selectEqual(
    column,
    values.map((value) => convert(value, sample)),
  );
}

function selectEqual(column: BiasColumn, values: readonly BiasLevel[]): Selection {
  const wanted = new Set(values.map(comparable));
  return column.values.map((value) => value !== null && wanted.has(comparable(value)));
}

/** Python compares True with 1 and False with 0 as equal. */
const comparable = (value: BiasLevel) => (typeof value === 'boolean' ? Number(value) : value);

/** A value in the type of a column's values; texts that are no numbers become NaN, which no column holds. */
function convert(value: BiasLevel, sample: BiasLevel): BiasLevel {
  if (typeof sample === 'string') return cellText(value);
  if (typeof sample === 'boolean' && typeof value === 'string' && /^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  const number = value === '' ? Number.NaN : Number(value);
  return typeof sample === 'boolean' && !Number.isNaN(number) ? number !== 0 : number;
}

/** The values of a column in the order in which they first occur; missing ones are no value. */
export function distinctValues(column: BiasColumn): BiasLevel[] {
  return [...new Set(column.values.filter((value) => value !== null))];
}

/** Values as files have them: `1,2`. */
export const valuesText = (values: readonly BiasLevel[]): string => values.map(cellText).join(',');
