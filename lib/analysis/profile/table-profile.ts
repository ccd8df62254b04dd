import type { FieldBatch } from '../batch/field-batch';
import { MAX_COLUMNS } from '../batch/field-memory';
import { firstPlaces, MAX_SAMPLES, type Place, shiftPlace } from '../reading/defects';
import { ColumnProfile, type ColumnState, columnFromState, columnState } from './column-profile';

/** `width`: rows without names, told apart by their number of columns. `header`: by the header's names. `named`: JSON, columns as they come. */
export type TableShape = 'width' | 'header' | 'named';

/** Columns that the baseline lacks and that are kept: enough to name those of a finding. Whoever calls an endpoint can send as many as he likes. */
export const MAX_STRANGERS = 128;

/** Rows of one shape. What is missing in a column is `rowCount` less its `present`. */
export class TableProfile {
  rowCount = 0;
  /** of the shape `named`: the most values that a row has; 0 for the others */
  mostValues = 0;
  readonly columns: ColumnProfile[] = [];
  /** where rows of this shape stand, or for `header` the headers: the first ones */
  places: Place[] = [];
  /** of the shape `named`, where the names of the baseline were known: the columns of other names that are kept */
  readonly strangers = new Set<string>();
  /** rows that have a value in a column of another name than the baseline's, kept or not */
  strangeRows = 0;
  /** values in columns that are not kept */
  leftOut = 0;
  /** of rows without names: how many of the first columns are answers in all of them, as they were captured; undefined without a row */
  answers?: number;
  /** of the shape `named`: columns that were answered, as they were captured */
  readonly answerNames = new Set<string>();
  private readonly indexByName = new Map<string, number>();

  constructor(
    readonly shape: TableShape,
    /** empty for the shape `width` */
    readonly names: string[],
    width: number,
  ) {
    for (const name of names) this.indexByName.set(name, this.indexByName.size);
    for (let index = 0; index < width; index++) this.columns.push(new ColumnProfile());
  }

  /** Rows that belong together have the same key. */
  key(): string {
    return tableKey(this.shape, this.names, this.columns.length);
  }

  addPlace(place: Place): void {
    if (this.places.length < MAX_SAMPLES) this.places.push(place);
  }

  /** Adds a row, which must have as many fields as the table has columns. An empty field is missing. */
  addRow(fields: readonly string[]): void {
    this.rowCount += 1;
    for (let index = 0; index < fields.length; index++) {
      if (fields[index] !== '') this.columns[index].add(fields[index]);
    }
  }

  /** Notes that the first columns of a row are so many answers. */
  addAnswers(count: number): void {
    if (this.answers === undefined || count < this.answers) this.answers = count;
  }

  /** Notes names of columns that were answered; of more than there may be columns, the first ones. */
  addAnswerNames(names: ReadonlySet<string>): void {
    for (const name of names) if (this.answerNames.size < MAX_COLUMNS) this.answerNames.add(name);
  }

  /** Adds rows, which must have as many fields as the table has columns. */
  addBatch(batch: FieldBatch): void {
    this.rowCount += batch.rowCount;
    for (const [index, column] of this.columns.entries()) column.addBatch(batch, index);
  }

  /**
   * Adds a row of a table with the shape `named`. A new name becomes a new column, missing in all rows before; of names that are not `known`, the first
   * {@link MAX_STRANGERS} do.
   */
  addFields(fields: ReadonlyMap<string, string | null>, known?: ReadonlySet<string>): void {
    this.rowCount += 1;
    let values = 0;
    let strange = 0;
    for (const [name, value] of fields) {
      const isStranger = known !== undefined && !known.has(name);
      const column = this.columnOf(name, isStranger);
      if (value === null) continue;
      values += 1;
      if (isStranger) strange = 1;
      if (column) column.add(value);
      else this.leftOut += 1;
    }
    this.strangeRows += strange;
    if (values > this.mostValues) this.mostValues = values;
  }

  /** Number of columns that a row with these fields would add. */
  newColumns(fields: ReadonlyMap<string, string | null>): number {
    let count = 0;
    for (const name of fields.keys()) if (!this.indexByName.has(name)) count += 1;
    return count;
  }

  /**
   * Adds the rows of a table with the same key that comes after `files` files of this one. Rows without names may have fewer columns: their last ones are
   * missing.
   */
  merge(that: TableProfile, files: number): void {
    this.rowCount += that.rowCount;
    this.mostValues = Math.max(this.mostValues, that.mostValues);
    this.strangeRows += that.strangeRows;
    this.leftOut += that.leftOut;
    if (that.answers !== undefined) this.addAnswers(that.answers);
    this.addAnswerNames(that.answerNames);
    for (const [index, column] of that.columns.entries()) {
      const name = that.names[index];
      const mine = this.shape === 'named' ? this.columnOf(name, that.strangers.has(name)) : this.columns[index];
      if (mine) mine.merge(column);
      else this.leftOut += column.present;
    }
    this.places = firstPlaces([...this.places, ...that.places.map((place) => shiftPlace(place, files))]);
  }

  /** The column of a name, a new one where there is room: else undefined. */
  private columnOf(name: string, isStranger: boolean): ColumnProfile | undefined {
    const index = this.indexByName.get(name);
    if (index !== undefined) return this.columns[index];
    const room = isStranger
      ? MAX_STRANGERS - this.strangers.size
      : MAX_COLUMNS + this.strangers.size - this.columns.length;
    if (room <= 0) return undefined;
    if (isStranger) this.strangers.add(name);
    const column = new ColumnProfile();
    this.indexByName.set(name, this.columns.length);
    this.names.push(name);
    this.columns.push(column);
    return column;
  }
}

/** Identifies the tables that may be merged: the same shape, and the same names or width. */
export function tableKey(shape: TableShape, names: readonly string[], width: number): string {
  if (shape === 'named') return 'named';
  return shape === 'width' ? `width ${width}` : `header ${JSON.stringify(names)}`;
}

/** A table's state in a JSON document. */
export interface TableState {
  readonly shape: TableShape;
  readonly names: string[];
  readonly rowCount: number;
  readonly mostValues: number;
  readonly strangers: string[];
  readonly strangeRows: number;
  readonly leftOut: number;
  readonly answers?: number;
  readonly answerNames: string[];
  readonly columns: ColumnState[];
  readonly places: Place[];
}

/** The state of a table, for a JSON document; {@link tableFromState} gives an equal table back. */
export function tableState(table: TableProfile): TableState {
  const { shape, names, rowCount, mostValues, strangeRows, leftOut, answers, places } = table;
  const [strangers, answerNames] = [[...table.strangers], [...table.answerNames]];
  const columns = table.columns.map(columnState);
  return { shape, names, rowCount, mostValues, strangers, strangeRows, leftOut, answers, answerNames, columns, places };
}

/** The table that has a state. */
export function tableFromState(state: TableState): TableProfile {
  const table = new TableProfile(state.shape, [...state.names], 0);
  table.rowCount = state.rowCount;
  table.mostValues = state.mostValues;
  table.strangeRows = state.strangeRows;
  table.leftOut = state.leftOut;
  table.answers = state.answers;
  for (const name of state.answerNames) table.answerNames.add(name);
  for (const name of state.strangers) table.strangers.add(name);
  table.places = [...state.places];
  table.columns.push(...state.columns.map(columnFromState));
  return table;
}
