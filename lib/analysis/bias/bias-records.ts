import type { Words128 } from '../batch/identifier-hash';
import { Identifiers } from '../labels/identifiers';
import { NumberColumn } from '../labels/number-column';
import { RangedRecords, type RowColumn } from '../labels/ranged-records';
import type { LinePlace } from '../labels/record-files';
import type { RequestState, Requests } from '../labels/request-records';
import { ValueCodes } from './value-codes';

/** Raised with every change to what is stored: parts of two versions are never mixed. */
const VERSION = 2;

/** The predictions of requests, row by row. */
export interface BiasPredictions extends Requests {
  /** of each column but the label, of which the predicted label is the first: the numbers of its values */
  readonly cells: readonly NumberColumn[];
}

interface BiasState extends RequestState<BiasPredictions> {
  readonly version: number;
  readonly columns: { readonly texts: string[]; readonly isOverfull: boolean }[];
}

/**
 * What is kept of captured records and of their labels for metrics of bias: the values of those columns alone that say who is in which group, each once,
 * and numbers in their place.
 */
export class BiasRecords extends RangedRecords<BiasPredictions> {
  readonly predictions: BiasPredictions;
  /** of all columns of rows */
  private readonly places: readonly number[];

  /** Begins with no records of some columns: the label, the predicted label, and those of groups. */
  constructor(readonly columns: readonly ValueCodes[]) {
    super();
    const cells = columns.slice(1).map(() => new NumberColumn());
    this.predictions = { ids: new Identifiers(), rowCounts: new NumberColumn(), cells };
    this.places = [...this.predictions.cells.keys()];
  }

  protected get rowColumns(): RowColumn[] {
    return this.predictions.cells.map((numbers, index) => ({ numbers, dictionary: index + 1 }));
  }

  protected get dictionaries(): readonly ValueCodes[] {
    return this.columns;
  }

  /** Adds the rows of a request: of each the predicted label, and the values of the columns of groups. */
  addPredictions(id: Words128, rows: readonly (readonly string[])[]): void {
    if (!this.beginPredictions(id, rows.length)) return;
    for (const row of rows) this.addRow(row);
  }

  /** Adds the one row of a request, as numbers of its values. */
  addRowOf(id: Words128, codes: Float64Array): void {
    const { cells } = this.predictions;
    if (this.writesRow(id, this.places, codes)) return;
    if (!this.beginPredictions(id, 1)) return;
    for (let column = 0; column < cells.length; column++) cells[column].push(codes[column]);
  }

  /** Adds the labels of a request. */
  addLabels(id: Words128, labels: readonly string[], place: LinePlace): void {
    if (!this.hasRoom(labels.length)) return;
    const [column] = this.columns;
    const codes = labels.map((label) => column.code(label));
    this.pushLabels(id, codes, place);
  }

  /** Adds a row that has its label beside it, as those of a dataset have: it needs no identifier. */
  addPair(row: readonly string[], label: string): void {
    if (!this.hasRoom(row.length + 1, 0)) return;
    this.addRow(row);
    this.labels.actual.push(this.columns[0].code(label));
  }

  /** Adds what was read after this. */
  merge(that: BiasRecords): void {
    const [label, ...others] = this.columns.map((column, index) => column.recoding(that.columns[index]));
    if (!this.mergeRequests(that, label)) return;
    for (const [index, cells] of this.predictions.cells.entries()) {
      cells.append(others[index](that.predictions.cells[index].all));
    }
  }

  /** As compact JSON, from which {@link decodeBias} restores them. */
  encode(): string {
    const columns = this.columns.map(({ texts, isOverfull }) => ({ texts, isOverfull }));
    const state: BiasState = { version: VERSION, columns, ...this.state };
    return JSON.stringify(state);
  }

  protected get predictedCount(): number {
    return this.numbersPerRow * this.predictions.cells[0].length;
  }

  protected override get numbersPerRow(): number {
    return this.predictions.cells.length;
  }

  private addRow(row: readonly string[]): void {
    for (const [index, text] of row.entries()) this.predictions.cells[index].push(this.columns[index + 1].code(text));
  }
}

/** No records of so many columns of groups. */
export const emptyRecords = (groupColumns: number): BiasRecords =>
  new BiasRecords(Array.from({ length: groupColumns + 2 }, () => new ValueCodes()));

/** Restores records. Throws when the text has none, or those of another version. */
export function decodeBias(text: string): BiasRecords {
  const state: BiasState = JSON.parse(text);
  if (state?.version === VERSION) {
    return new BiasRecords(state.columns.map(({ texts, isOverfull }) => new ValueCodes(texts, isOverfull))).restore(
      state,
    );
  }
  throw new Error(
    `BiasVersion: the part has the version ${state?.version}, this analysis reads ${VERSION}; read the data again`,
  );
}
