import type { CostLine } from '../../lib/cost/cost-line';

/** Dollars of a line, of each endpoint: a range where only that is known, 0 where there is no line. */
export function range(line: Pick<CostLine, 'least' | 'most'> | undefined, endpoints = 1): string {
  const [least, most] = [line?.least ?? 0, line?.most ?? 0].map((cost) => dollars(cost / endpoints));
  return least === most ? least : `${least} to ${most}`;
}

/** A row of a table in Markdown. */
export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const dollars = (cost: number) => (cost >= 100 ? thousands(Math.round(cost)) : cost.toFixed(2));

/** A count as people read it. */
export const thousands = (count: number): string => count.toLocaleString('en-US');
