import { readCapturedRequest } from '../labels/captured-request';
import { MAX_LABEL } from '../labels/ground-truth';
import { malformed } from '../labels/json-record';
import { type NamedRow, readSide, type Side, withRowsOf } from '../reading/capture-side';
import type { RecordProblem } from '../reading/defects';
import { isList, type RowFields } from '../reading/json-tree';
import type { RowsPath } from '../reading/record-format';
import type { TimeWindow } from '../reading/time-window';
import { readPredicted } from './predicted-label';

/** Where captured records have the values that are compared. */
export interface CapturedPlaces {
  /** where the features stand in requests of JSON; these are objects with the features' names where absent */
  readonly features?: RowsPath;
  /** of values without names, in their order, the label behind them or not; columns are called by their index where absent */
  readonly headers?: readonly string[];
  /** where the label, or the probability, stands in what the model answers: a column of CSV, or a path in JSON */
  readonly predicted: { readonly column: number } | { readonly path: RowsPath };
  /** above which label 1 is predicted; what the model answers is a label where absent */
  readonly threshold?: number;
}

/** The same, with the columns that are read, and the name of the label. */
export interface ReadPlaces extends CapturedPlaces {
  readonly columns: readonly string[];
  readonly label: string;
}

/** What one captured line holds: rows, each a predicted label and the values of the columns of groups; nothing for this window; or why it cannot be read. */
export type BiasRows =
  | { readonly id: string; readonly rows: string[][] }
  | { readonly outsideWindow: true }
  | { readonly problem: RecordProblem };

/** A row of one side. */
type Row = readonly string[] | NamedRow;

/**
 * Reads the predictions of captured lines, with the values of some columns of their requests. Requests and answers of one record may be CSV and JSON, and
 * have as many rows as each other. Details never quote captured data.
 */
export class BiasRowReader {
  private readonly indexes: readonly number[];
  /** how many values a row has that has no names; undefined where nobody says */
  private readonly widths?: readonly number[];

  constructor(
    private readonly places: ReadPlaces,
    private readonly window?: TimeWindow,
  ) {
    const { columns, headers } = places;
    this.indexes = columns.map((name) => columnIndex(name, headers));
    this.widths = rowWidths(places);
  }

  read(line: string): BiasRows {
    const request = readCapturedRequest(line, this.window);
    if (!('captureData' in request)) return request;
    const { endpointInput, endpointOutput } = request.captureData;
    if (endpointInput == null) return malformed('empty-data', '"endpointInput" was not captured');
    if (endpointOutput == null) return malformed('empty-data', '"endpointOutput" was not captured');
    const { features, predicted } = this.places;
    const input = rowsOf(readSide('endpointInput', endpointInput, { path: features, keepsLists: true }));
    if ('problem' in input) return input;
    const path = 'path' in predicted ? predicted.path : undefined;
    const answer = readSide('endpointOutput', endpointOutput, { path, keepsLists: true });
    const output = rowsOf(withRowsOf(answer, input.rows.length));
    if ('problem' in output) return output;
    const rows = this.rows(input.rows, output.rows);
    return Array.isArray(rows) ? { id: request.id, rows } : rows;
  }

  private rows(input: readonly Row[], output: readonly Row[]): string[][] | { readonly problem: RecordProblem } {
    if (input.length !== output.length) {
      const detail = `${output.length} rows of output for ${input.length} rows of input`;
      return malformed('row-count-mismatch', detail);
    }
    const rows: string[][] = [];
    for (const [index, row] of input.entries()) {
      const values = this.values(row);
      if (!Array.isArray(values)) return values;
      const predicted = this.predicted(output[index]);
      if (typeof predicted === 'object') return predicted;
      rows.push([predicted, ...values]);
    }
    return rows;
  }

  private predicted(row: Row): string | { readonly problem: RecordProblem } {
    const { predicted, threshold } = this.places;
    const index = 'column' in predicted ? predicted.column : 0;
    const isFound = Array.isArray(row) && ('column' in predicted || row.length === 1);
    const text = isFound ? row[index] : undefined;
    if (text === undefined)
      return malformed('malformed-data', '"endpointOutput" has no one value where it is predicted');
    const read = readPredicted(text, threshold);
    return typeof read === 'object' ? malformed('malformed-data', `the prediction is ${read.invalid}`) : read;
  }

  private values(row: Row): string[] | { readonly problem: RecordProblem } {
    const { columns } = this.places;
    if (row instanceof Map)
      return valuesOf(
        columns.map((name) => named(row, name)),
        columns,
      );
    if (!Array.isArray(row)) return { problem: row as RecordProblem };
    if (this.widths && !this.widths.includes(row.length)) {
      return malformed('wrong-width', `${row.length} values for ${this.widths[1]} names of features`);
    }
    return valuesOf(
      this.indexes.map((index) => row[index]),
      columns,
    );
  }
}

/** How many values a row has that has no names, the label among them or not; undefined where nobody says. */
export const rowWidths = ({ headers, label }: ReadPlaces): readonly number[] | undefined =>
  headers && [headers.length, headers.filter((name) => name !== label).length];

/** The index of a column of rows without names: of its name among the headers, or the number that it is called by; NaN where it has none. */
export function columnIndex(name: string, headers: readonly string[] | undefined): number {
  const index = headers?.indexOf(name) ?? -1;
  const [, number] = /^(?:_c)?(\d+)$/.exec(name) ?? [];
  return index >= 0 ? index : Number(number);
}

function rowsOf(side: Side): { readonly rows: readonly Row[] } | { readonly problem: RecordProblem } {
  if ('problem' in side) return side;
  return { rows: 'csv' in side ? side.csv : side.json };
}

/** A list is no value of a group. */
function named(row: RowFields, name: string): string | undefined {
  const value = row.get(name);
  return value === undefined || isList(value) ? undefined : (value ?? '');
}

function valuesOf(
  values: readonly (string | undefined)[],
  columns: readonly string[],
): string[] | { readonly problem: RecordProblem } {
  const missing = values.indexOf(undefined);
  if (missing >= 0) return malformed('no-such-column', `its request has no value "${columns[missing]}"`);
  const texts = values as string[];
  if (texts.every((text) => text.length <= MAX_LABEL)) return texts;
  return malformed('malformed-data', `a value of a group is a text of more than ${MAX_LABEL} characters`);
}
