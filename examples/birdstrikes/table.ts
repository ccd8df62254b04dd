import { parse } from 'csv-parse/sync';

/** A CSV file in memory: every value as its text, an empty text for a missing value. */
export interface Table {
  readonly columns: string[];
  readonly rows: string[][];
}

/**
 * Reads CSV with a header. A record that is longer or shorter than the header, or a quote that is never closed, is an error that names its line.
 */
export function parseTable(text: string): Table {
  const [columns, ...rows] = parse(text, { bom: true, skip_empty_lines: true });
  if (!columns) throw new Error('CsvHasNoHeader: the file is empty, its first line has to name the columns');
  return { columns, rows };
}

/** Reads CSV without a header, of records of any length. */
export function parseRecords(text: string): string[][] {
  return parse(text, { relax_column_count: true, skip_empty_lines: true });
}

/** Writes CSV with a header; values with a comma, a quote or a line break are quoted. */
export function formatTable({ columns, rows }: Table): string {
  return `${[columns, ...rows].map(formatRecord).join('\n')}\n`;
}

/** One record of CSV, without a line break at its end. */
export function formatRecord(values: readonly string[]): string {
  return values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
}
