import { readSide, type Side, withRowsOf } from '../reading/capture-side';
import type { RowsPath } from '../reading/record-format';
import { linesOf } from '../reading/text-lines';

/** What a model answered. */
export interface ModelAnswer {
  readonly body: string;
  /** as it says itself, `text/csv; charset=utf-8` */
  readonly contentType?: string;
}

/** Where the scores stand in an answer: a column of CSV, or a path in JSON. */
export type ScorePlace = { readonly column: number } | { readonly path: RowsPath };

/** The scores of each record of a request, or why there are none, in words without data. */
export type Scores = { readonly scores: number[][] } | { readonly problem: string };

/**
 * Reads the scores of an answer to so many records: those at their place, or else all values. Answers of CSV have a line for each record, or one line with one
 * value for each; those of JSON a row for each record at the path. A cell that is a list, `"[0.1,0.9]"`, has so many scores. What is no number is a problem.
 */
export function readScores(answer: ModelAnswer, recordCount: number, place?: ScorePlace): Scores {
  const rows = answerRows(answer, recordCount, place && 'path' in place ? place.path : undefined);
  if (typeof rows === 'string') return { problem: rows };
  if (rows.length !== recordCount) return { problem: `it has ${rows.length} rows for ${recordCount} records` };
  const column = place && 'column' in place ? place.column : undefined;
  const scores = rows.map((row) => (column === undefined ? row : row.slice(column, column + 1)).flatMap(numbers));
  if (scores.some((row) => row.length === 0)) return { problem: 'a row of it has nothing where its scores are' };
  if (scores.flat().some(Number.isNaN)) return { problem: 'a score of it is no number' };
  return { scores };
}

/** The rows as texts, or why there are none. */
function answerRows({ body, contentType = '' }: ModelAnswer, count: number, path?: RowsPath): string[][] | string {
  const isLines = /json-?lines|ndjson/.test(contentType);
  const encoding = /json/.test(contentType) ? 'JSON' : 'CSV';
  const documents = isLines && path ? linesOf(body).filter((line) => line.trim() !== '') : [body];
  const rows: string[][] = [];
  for (const data of documents) {
    const side = readSide('answer', { data: data.trim(), encoding }, { path, keepsLists: true });
    const found = textsOf(isLines ? side : withRowsOf(side, count));
    if (typeof found === 'string') return found;
    rows.push(...found);
  }
  return rows;
}

function textsOf(side: Side): string[][] | string {
  if ('problem' in side) return side.problem.detail.replace('of "answer" ', '').replace('"answer"', 'it');
  return 'csv' in side ? side.csv : 'it has values with names: say where the scores stand';
}

/** The numbers of a cell: one, or those of a list. */
function numbers(cell: string): number[] {
  const text = cell.trim();
  const items = /^\[.*\]$/s.test(text) ? text.slice(1, -1).split(',') : [text];
  return items.map((item) => (item.trim() === '' ? Number.NaN : Number(item)));
}
