import type { Random } from '../data-quality/detectors/traffic';
import type { Told } from './monitor';
import { type Endpoint, type Format, type Record, type Row, record } from './traffic';

/** A window, and what is right of it. */
export interface Window {
  readonly traffic: string | Buffer;
  /** What was drawn, for whoever repeats it. */
  readonly drawn: string;
  /** Whether a monitor told of it what it should. */
  readonly isRight: (told: Told) => boolean;
}

/** One way in which windows go wrong, or do not. */
export interface Variant {
  readonly name: string;
  /** of windows, how many are told rightly at least: 1 where chance has no part */
  readonly power: number;
  /** Draws a window; undefined for an endpoint that has nothing of the kind. */
  readonly window: (endpoint: Endpoint, next: Random) => Window | undefined;
}

/** As many different places as wanted, in no order. */
export function places(count: number, of: number, next: Random): Set<number> {
  const all = Array.from({ length: of }, (_, index) => index);
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(next() * (of - at));
    [all[at], all[other]] = [all[other], all[at]];
  }
  return new Set(all.slice(0, count));
}

/** Records of rows, all alike. */
export const records = (endpoint: Endpoint, rows: readonly Row[], format: Format): Record[] =>
  rows.map((row) => record(endpoint, row, format));

/** Rows with the cells of one column changed at places. */
export function changed(rows: readonly Row[], index: number, change: (cell: string, at: number) => string): Row[] {
  return rows.map((row, at) => row.map((cell, column) => (column === index ? change(cell, at) : cell)));
}

/** The columns that a change is possible for, one of them drawn. */
export function columnWith(
  { columns }: Endpoint,
  isMeant: (column: Endpoint['columns'][number], index: number) => boolean,
  next: Random,
): number | undefined {
  const fitting = columns.flatMap((column, index) => (isMeant(column, index) ? [index] : []));
  return fitting.length === 0 ? undefined : fitting[Math.floor(next() * fitting.length)];
}

/** Whether a feature is named as violated, or as one that could not be checked. */
export const names =
  (feature: string) =>
  ({ violations, leftOut }: Told) =>
    violations.some((each) => each.startsWith(`${feature} `)) || leftOut.includes(feature);
