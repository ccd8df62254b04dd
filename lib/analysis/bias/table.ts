import { type BiasColumn, textColumn } from './column';
import type { ValueCodes } from './value-codes';

/** A column of values as numbers, one for each row. */
export interface CodedColumn {
  readonly name: string;
  readonly values: ValueCodes;
  readonly codes: readonly number[];
  readonly declared?: BiasColumn['declared'];
}

/**
 * The rows of columns, each combination of values once, with how many rows have it. A column has the type of the values that occur. No rows give empty
 * columns; columns of different lengths, and numbers without a value, are a bug of the caller.
 */
export function tabulate(columns: readonly CodedColumn[]): BiasColumn[] {
  const { weights, firsts } = combinations(columns);
  return columns.map(({ name, values, codes, declared }) => {
    const rows = firsts.map((row) => codes[row]);
    const used = [...new Set(rows)];
    const typed = textColumn(
      name,
      used.map((code) => values.texts[code]),
    );
    const cells = new Map(used.map((code, index) => [code, typed.values[index]]));
    return { name, kind: typed.kind, values: rows.map((code) => cells.get(code) ?? null), weights, declared };
  });
}

/** How many rows each combination has, and the first of them, in the order in which they occur. */
function combinations(columns: readonly CodedColumn[]) {
  const known = columns.map(() => new Map<number, number>());
  const weights: number[] = [];
  const firsts: number[] = [];
  const [{ codes: first } = { codes: [] }] = columns;
  for (const row of first.keys()) {
    let combination = 0;
    for (const [at, { values, codes }] of columns.entries()) {
      const key = combination * values.texts.length + codes[row];
      combination = known[at].get(key) ?? known[at].size;
      known[at].set(key, combination);
    }
    if (combination === weights.length) {
      weights.push(0);
      firsts.push(row);
    }
    weights[combination] += 1;
  }
  return { weights, firsts };
}
