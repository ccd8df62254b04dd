import type { Family, Genes } from './families';

/** The most expensive payloads that were found, by their family: small ones, and of some 6 MB those that cost most time and most memory. */
export const WORST: { readonly [family in Family['name']]: readonly Genes[] } = {
  json: [
    { outer: 60_000, depth: 1, keys: 1000, key: 6, value: 1, distinct: 1, names: 1000, rows: 1, records: 1 },
    { outer: 900, depth: 1, keys: 8000, key: 6, value: 1, distinct: 1, names: 8000, rows: 1, records: 45 },
    { outer: 1, depth: 1, keys: 1, key: 1, value: 1, distinct: 1, names: 1, rows: 250_000, records: 1 },
  ],
  csv: [
    { columns: 8177, widths: 16, field: 3, distinct: 1, quoted: 0, rows: 1, records: 16 },
    { columns: 1, widths: 1, field: 1, distinct: 1, quoted: 0, rows: 1_900_000, records: 1 },
    { columns: 10, widths: 1, field: 20_000, distinct: 1, quoted: 0, rows: 1, records: 1, like: 1 },
    { columns: 10, widths: 1, field: 600_000, distinct: 1, quoted: 0, rows: 1, records: 1, like: 1 },
  ],
  envelope: [{ beside: 20_000, layouts: 1, length: 250, nesting: 2000, spaces: 0, columns: 10, records: 1 }],
  predictions: [
    { columns: 1, field: 1, distinct: 461, rows: 1662, length: 12_227, names: 249, records: 20 },
    { columns: 1, field: 1, distinct: 1, rows: 3_000_000, length: 1, names: 1, records: 1 },
    { columns: 1, field: 1, distinct: 1, rows: 490_000, length: 1, names: 2, records: 2 },
    { columns: 1, field: 1024, distinct: 5000, rows: 1, length: 1, names: 400, records: 5000 },
  ],
  labels: [
    { columns: 1, field: 1, distinct: 1, rows: 3_000_000, length: 1, names: 1, records: 1 },
    { columns: 1, field: 1, distinct: 1, rows: 490_000, length: 1, names: 2, records: 2 },
  ],
  groups: [
    { columns: 1, field: 1, distinct: 2, rows: 1007, length: 230, names: 6, records: 20 },
    { columns: 1, field: 1, distinct: 1, rows: 3_000_000, length: 1, names: 1, records: 1 },
    { columns: 1, field: 1, distinct: 1, rows: 490_000, length: 1, names: 2, records: 2 },
    { columns: 1, field: 1024, distinct: 5000, rows: 1, length: 1, names: 400, records: 5000 },
  ],
  met: [
    { columns: 1, field: 1, distinct: 1000, rows: 1000, length: 1, names: 1, records: 1 },
    { columns: 1, field: 1, distinct: 1, rows: 490_000, length: 1, names: 2, records: 2 },
  ],
  apart: [
    { columns: 1, field: 1, distinct: 2, rows: 100_000, length: 1, names: 2, records: 2 },
    { columns: 1, field: 60_000, distinct: 1, rows: 1, length: 1, names: 1, records: 2, like: 1 },
  ],
  samples: [{ columns: 10, field: 1, distinct: 1, rows: 300_000, length: 1, names: 1, records: 1 }],
  parquet: [
    { rows: 1, pages: 1, claimed: 1000, zeros: 300_000_000 },
    { rows: 1, pages: 1, claimed: 258_037_457, zeros: 250_000_000 },
  ],
};

/** Bytes of a payload from which on it costs seconds to try. */
const LARGE = 1e6;

/** The worst payloads of a family that are small, or those that are not. */
export function worstOf({ name, make }: Family, isLarge: boolean): Genes[] {
  return WORST[name].filter((genes) => make(genes).length >= LARGE === isLarge);
}
