import { isDecimal } from '../numbers/decimal-text';
import type { RecordCell, RecordColumn } from '../reading/record-columns';

/** A value of a column; null is missing. */
export type BiasCell = RecordCell;

/**
 * How a column's values are held. It decides how a column is typed ({@link isContinuous}): `integer` and `fractional` differ although both
 * hold numbers, and `category` holds any values that are never continuous.
 */
export type ColumnKind = 'integer' | 'fractional' | 'boolean' | 'text' | 'category';

/** One column of a dataset: `values[i]` is of row i, and its type is the kind's. */
export interface BiasColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly values: readonly BiasCell[];
  /** how many rows each value stands for, the same in all columns; 1 each where absent */
  readonly weights?: readonly number[];
  /** whether it is divided by a threshold, or by values; where nobody says, its values decide ({@link isContinuous}) */
  readonly declared?: 'continuous' | 'categorical';
}

const INTEGER = /^[+-]?\d+$/;
const BOOLEAN = /^(true|false)$/i;

/**
 * A column of CSV texts. All values integers: `integer`, or `fractional` when some are missing, as a column of pandas cannot be both;
 * all numbers: `fractional`; all `true` or `false` in any case, none missing: `boolean`; else `text`. An empty text is missing, `NaN` and
 * `NA` are text. A column without any value is `fractional`.
 */
export function textColumn(name: string, texts: readonly string[]): BiasColumn {
  const present = texts.filter((text) => text !== '');
  const isWhole = present.length === texts.length;
  if (present.every((text) => isDecimal(text))) {
    const isInteger = isWhole && present.length > 0 && present.every((text) => INTEGER.test(text));
    const values = texts.map((text) => (text === '' ? null : Number(text)));
    return { name, kind: isInteger ? 'integer' : 'fractional', values };
  }
  if (isWhole && present.every((text) => BOOLEAN.test(text))) {
    return { name, kind: 'boolean', values: texts.map((text) => text.toLowerCase() === 'true') };
  }
  return { name, kind: 'text', values: texts.map((text) => (text === '' ? null : text)) };
}

/**
 * A column of JSON values: numbers, booleans or texts, by the rules of {@link textColumn}; values of several types make it `text`. NaN is
 * missing. JavaScript reads `1.0` as the integer 1: where the difference matters, take {@link textColumn}.
 */
export function valueColumn(name: string, cells: readonly BiasCell[]): BiasColumn {
  const values = cells.map((cell) => (typeof cell === 'number' && Number.isNaN(cell) ? null : cell));
  const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  const isWhole = !values.includes(null);
  const [type = 'number'] = types;
  if (types.size <= 1 && type === 'number') {
    const isInteger = isWhole && values.length > 0 && values.every(Number.isInteger);
    return { name, kind: isInteger ? 'integer' : 'fractional', values };
  }
  if (types.size === 1 && type === 'boolean' && isWhole) return { name, kind: 'boolean', values };
  return { name, kind: 'text', values: values.map((value) => (value === null ? null : cellText(value))) };
}

/** A column of captured records: {@link textColumn} of CSV, {@link valueColumn} of JSON. */
export function recordColumn({ name, isText, cells }: RecordColumn): BiasColumn {
  return isText ? textColumn(name, cells.map(String)) : valueColumn(name, cells);
}

/** A value as Python prints it: `True`, `1`, `a`. */
export function cellText(value: Exclude<BiasCell, null>): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
