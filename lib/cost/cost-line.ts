import type { SecondsRange } from './processor-time';

/** One line of a month's bill, in US dollars. */
export interface CostLine {
  readonly part: string;
  /** what it is computed from */
  readonly of: string;
  readonly least: number;
  /** differs from the least where only a range is known */
  readonly most: number;
  /** what it is the sum of, where that is more than one thing */
  readonly terms?: readonly CostLine[];
}

/** A line whose cost is known to the cent. */
export const fixedLine = (part: string, of: string, cost: number): CostLine => ({ part, of, least: cost, most: cost });

/** A line of as many dollars as a range has. */
export const rangeLine = (part: string, of: string, { least, most }: SecondsRange): CostLine => ({
  part,
  of,
  least,
  most,
});

/** A line that adds up others; those that cost nothing are not among its terms. */
export function sumLine(part: string, of: string, lines: readonly CostLine[]): CostLine {
  const sum = (bound: 'least' | 'most') => lines.reduce((all, line) => all + line[bound], 0);
  return { part, of, least: sum('least'), most: sum('most'), terms: lines.filter(({ most }) => most > 0) };
}

/** A count, as it is printed. */
export const whole = (count: number): string => Math.round(count).toLocaleString('en-US');
