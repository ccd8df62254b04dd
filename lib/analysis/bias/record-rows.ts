import { readCapturedRequest } from '../labels/captured-request';
import type { ColumnRecord } from '../labels/column-records';
import { cellOf } from '../labels/column-row';
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
  /** where the label, or the probability, stands in what the model answers: a column of CSV, or a path in JSON; of rows with columns, the name or the place of one */
  readonly predicted: { readonly column: number } | { readonly path: RowsPath } | { readonly name: string };
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
  /** whether `headers` name the column */
  private readonly areHeaders: readonly boolean[];
  /** how many values a row has that has no names; undefined where nobody says */
  private readonly widths?: readonly number[];

  constructor(
    private readonly places: ReadPlaces,
    private readonly window?: TimeWindow,
  ) {
    const { columns, headers } = places;
    this.indexes = columns.map((name) => columnIndex(name, headers));
    this.areHeaders = columns.map((name) => headers?.includes(name) ?? false);
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
    if (input.rows.length !== output.rows.length) {
      const detail = `${output.rows.length} rows of output for ${input.rows.length} rows of input`;
      return malformed('row-count-mismatch', detail);
    }
    const rows = this.rows(input.rows, { predicted: (index) => this.answered(output.rows[index]) });
    return 'problem' in rows ? rows : { id: request.id, ...rows };
  }

  /** The same of a record whose rows have columns, the prediction among them. Of rows without names, features that `headers` do not name are called by their place in the whole row. */
  columns({ rows, firstFeature, hasAnswersBehind }: Omit<ColumnRecord, 'id'>): RowsRead {
    const { predicted } = this.places;
    const name = 'name' in predicted ? predicted.name : '';
    const text = (index: number) => cellOf(rows[index], name) ?? undefined;
    return this.rows(rows as readonly Row[], { predicted: text, firstFeature, hasAnswersBehind });
  }

  private rows(input: readonly Row[], { predicted, ...features }: RowParts): RowsRead {
    const rows: string[][] = [];
    for (const [index, row] of input.entries()) {
      const values = this.values(row, features);
      if (!Array.isArray(values)) return values;
      const label = this.label(predicted(index));
      if (typeof label === 'object') return label;
      rows.push([label, ...values]);
    }
    return { rows };
  }

  /** What stands where it is predicted in a row of what the model answers. */
  private answered(row: Row): string | undefined {
    const { predicted } = this.places;
    if (!Array.isArray(row)) return undefined;
    if ('column' in predicted) return row[predicted.column];
    return row.length === 1 ? row[0] : undefined;
  }

  private label(text: string | undefined): string | { readonly problem: RecordProblem } {
    if (text === undefined) return malformed('malformed-data', 'it has no one value where it is predicted');
    const read = readPredicted(text, this.places.threshold);
    return typeof read === 'object' ? malformed('malformed-data', `the prediction is ${read.invalid}`) : read;
  }

  private values(
    row: Row,
    { firstFeature = 0, hasAnswersBehind = false }: Omit<RowParts, 'predicted'>,
  ): string[] | { readonly problem: RecordProblem } {
    const { columns } = this.places;
    if (row instanceof Map)
      return valuesOf(
        columns.map((name) => named(row, name)),
        columns,
      );
    if (!Array.isArray(row)) return { problem: row as RecordProblem };
    const width = row.length - firstFeature;
    if (this.widths && !(hasAnswersBehind ? width > this.widths[1] : this.widths.includes(width))) {
      return malformed('wrong-width', `${width} values for ${this.widths[1]} names of features`);
    }
    return valuesOf(
      this.indexes.map((index, at) => row[this.areHeaders[at] ? firstFeature + index : index]),
      columns,
    );
  }
}

/** Rows, each a predicted label and the values of the columns of groups, or why they cannot be read. */
type RowsRead = { readonly rows: string[][] } | { readonly problem: RecordProblem };

/** Beside rows: what is predicted in each, and where its features begin if it has no names. */
interface RowParts {
  readonly predicted: (index: number) => string | undefined;
  /** 0 where absent */
  readonly firstFeature?: number;
  readonly hasAnswersBehind?: boolean;
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
