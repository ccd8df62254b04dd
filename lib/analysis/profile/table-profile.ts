import type { FieldBatch } from '../batch/field-batch';
import { firstPlaces, MAX_SAMPLES, type Place, shiftPlace } from '../reading/defects';
import { ColumnProfile, type ColumnState, columnFromState, columnState } from './column-profile';

/** `width`: rows without names, told apart by their number of columns. `header`: by the header's names. `named`: JSON, columns as they come. */
export type TableShape = 'width' | 'header' | 'named';

/** Rows of one shape. What is missing in a column is `rowCount` less its `present`. */
export class TableProfile {
  rowCount = 0;
  /** of the shape `named`: the most values that a row has; 0 for the others */
  mostValues = 0;
  readonly columns: ColumnProfile[] = [];
  /** where rows of this shape stand, or for `header` the headers: the first ones */
  places: Place[] = [];
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

  /** Adds rows, which must have as many fields as the table has columns. */
  addBatch(batch: FieldBatch): void {
    this.rowCount += batch.rowCount;
    for (const [index, column] of this.columns.entries()) column.addBatch(batch, index);
  }

  /** Adds a row of a table with the shape `named`. A new name becomes a new column, missing in all rows before. */
  addFields(fields: ReadonlyMap<string, string | null>): void {
    this.rowCount += 1;
    let values = 0;
    for (const [name, value] of fields) {
      const column = this.columnOf(name);
      if (value === null) continue;
      column.add(value);
      values += 1;
    }
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
    for (const [index, column] of that.columns.entries()) {
      const mine = this.shape === 'named' ? this.columnOf(that.names[index]) : this.columns[index];
      mine.merge(column);
    }
    this.places = firstPlaces([...this.places, ...that.places.map((place) => shiftPlace(place, files))]);
  }

  private columnOf(name: string): ColumnProfile {
    const index = this.indexByName.get(name);
    if (index !== undefined) return this.columns[index];
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
  readonly columns: ColumnState[];
  readonly places: Place[];
}

/** The state of a table, for a JSON document; {@link tableFromState} gives an equal table back. */
export function tableState(table: TableProfile): TableState {
  const { shape, names, rowCount, mostValues, columns, places } = table;
  return { shape, names, rowCount, mostValues, columns: columns.map(columnState), places };
}

/** The table that has a state. */
export function tableFromState(state: TableState): TableProfile {
  const table = new TableProfile(state.shape, [...state.names], 0);
  table.rowCount = state.rowCount;
  table.mostValues = state.mostValues;
  table.places = [...state.places];
  table.columns.push(...state.columns.map(columnFromState));
  return table;
}
