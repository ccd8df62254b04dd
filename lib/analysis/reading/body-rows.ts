import { CsvParser } from './csv';

/** Rows that a body of CSV, or of JSON Lines, may have: the shortest of them take a hundred times the memory of their bytes. */
export const MAX_BODY_LINES = 500_000;

/** Why a body is not read that has more rows than {@link MAX_BODY_LINES}. */
export const tooManyRowsDetail = (side: string): string => `"${side}" has more than ${MAX_BODY_LINES} rows`;

/** The rows of a body of CSV, empty where it has none, and one more than it may have where it has too many; undefined when a quote is not closed. */
export function csvBodyRows(data: string): string[][] | undefined {
  const rows: string[][] = [];
  let isBroken = false;
  const sink = {
    row: (fields: readonly string[]) => {
      if (rows.length <= MAX_BODY_LINES) rows.push([...fields]);
    },
    problem: () => {
      isBroken = true;
    },
  };
  const parser = new CsvParser(sink, { maximumRecordBytes: Number.POSITIVE_INFINITY }); // the line that holds it is within the limit
  parser.push(data);
  parser.end();
  return isBroken ? undefined : rows;
}
