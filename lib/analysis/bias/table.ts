import { type BiasColumn, textColumn } from './column';
import { MAX_VALUES, type ValueCodes } from './value-codes';

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
  const combinations = new Combinations(columns.length);
  const [{ codes: first } = { codes: [] }] = columns;
  for (const row of first.keys()) combinations.add(columns.map(({ codes }) => codes[row]));
  const { weights } = combinations;
  return columns.map((column, index) => weightedColumn({ ...column, codes: combinations.codes[index] }, weights));
}

/** A column of which each row stands for as many as its weight says. */
export function weightedColumn({ name, values, codes, declared }: CodedColumn, weights: readonly number[]): BiasColumn {
  const used = [...new Set(codes)];
  const typed = textColumn(
    name,
    used.map((code) => values.texts[code]),
  );
  const cells = new Map(used.map((code, index) => [code, typed.values[index]]));
  return { name, kind: typed.kind, values: codes.map((code) => cells.get(code) ?? null), weights, declared };
}

/** More than there are numbers of values. */
const RADIX = MAX_VALUES + 2;

/** Counts how many rows have each combination of numbers, in the order in which these occur. */
export class Combinations {
  readonly weights: number[] = [];
  /** by column: those of the combinations */
  readonly codes: readonly number[][];
  private readonly known: readonly Map<number, number>[];

  constructor(width: number) {
    this.codes = Array.from({ length: width }, () => []);
    this.known = this.codes.map(() => new Map<number, number>());
  }

  /** Adds a row: a number for each column. */
  add(row: readonly number[]): void {
    let combination = 0;
    for (let at = 0; at < row.length; at += 1) {
      const key = combination * RADIX + row[at] + 1; // where there is no room for a value, its number is -1
      const known = this.known[at].get(key);
      combination = known ?? this.known[at].size;
      if (known === undefined) this.known[at].set(key, combination);
    }
    if (combination === this.weights.length) {
      this.weights.push(0);
      for (let at = 0; at < row.length; at += 1) this.codes[at].push(row[at]);
    }
    this.weights[combination] += 1;
  }
}
