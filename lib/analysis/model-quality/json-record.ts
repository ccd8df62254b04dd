import { CsvParser } from '../reading/csv';
import type { DefectReason, RecordProblem } from '../reading/defects';

/** A JSON object of unknown members. */
export type JsonObject = { readonly [key: string]: unknown };

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why a line cannot be read. */
export const malformed = (reason: DefectReason, detail: string): { problem: RecordProblem } => ({
  problem: { reason, detail },
});

/** The value of a JSON text; undefined when it is none, which the caller reports. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Rows that one request may have: the shortest of them take a hundred times the memory of their bytes. */
export const MAX_REQUEST_ROWS = 500_000;

/** The records of a CSV text, empty where it has none, and one more than a request may have where it has too many; undefined when a quote is not closed. */
export function csvRows(text: string): string[][] | undefined {
  const rows: string[][] = [];
  let isBroken = false;
  const parser = new CsvParser({
    row: (fields) => {
      if (rows.length <= MAX_REQUEST_ROWS) rows.push([...fields]);
    },
    problem: () => {
      isBroken = true;
    },
  });
  parser.push(text);
  parser.end();
  return isBroken ? undefined : rows;
}

/** Why a request is not read that has more rows than {@link MAX_REQUEST_ROWS}. */
export const tooManyRows = (side: string): string => `"${side}" has more than ${MAX_REQUEST_ROWS} rows`;
