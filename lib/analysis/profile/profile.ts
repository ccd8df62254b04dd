import { MAX_COLUMNS } from '../batch/field-memory';
import { type Defect, DefectLog, type DefectReason, type Place, shiftPlace } from '../reading/defects';
import { TableProfile, type TableShape, tableKey } from './table-profile';

/** Tables of different shapes that are kept: enough to find the right one among stray rows. */
const MAX_TABLES = 16;
/** Columns of all tables, each of which has a memory of its own: two rows of the widest kind are told apart. */
const MAX_ALL_COLUMNS = 2 * MAX_COLUMNS;

/**
 * What was read so far, in memory bounded by columns: one table for each shape of row that was met, and what could not be read. Which shape
 * is the right one (the one with most rows) is decided at the end only, so that profiles of parts can be merged.
 */
export class Profile {
  fileCount = 0;
  /** captured records whose time is not in the window */
  outsideWindow = 0;
  /** rows that the filter left out; a record that cannot be read counts as one */
  filtered = 0;
  /** which columns of transformations rows had */
  readonly found = new Set<string>();
  readonly defects = new DefectLog();
  readonly tables = new Map<string, TableProfile>();

  /** The table of this shape; a new one takes the place of the smallest if they are too many, or have too many columns. */
  table(shape: TableShape, names: readonly string[], width: number): TableProfile {
    const key = tableKey(shape, names, width);
    const known = this.tables.get(key);
    if (known) return known;
    while (this.tables.size === MAX_TABLES || this.columnCount() + width > MAX_ALL_COLUMNS) this.dropSmallest();
    const table = new TableProfile(shape, [...names], width);
    this.tables.set(key, table);
    return table;
  }

  /** Adds what was read after this profile. */
  merge(that: Profile): void {
    for (const table of that.tables.values()) {
      const isNamed = table.shape === 'named'; // its columns come with their names
      const mine = this.table(table.shape, isNamed ? [] : table.names, isNamed ? 0 : table.columns.length);
      mine.merge(table, this.fileCount);
    }
    this.defects.merge(that.defects, this.fileCount);
    this.outsideWindow += that.outsideWindow;
    this.filtered += that.filtered;
    for (const each of that.found) this.found.add(each);
    this.fileCount += that.fileCount;
  }

  /**
   * The table with most rows, the first of equals; undefined when nothing was read. With a `width`, rows without names must have so many columns,
   * however many others there are.
   */
  mainTable(width?: number): TableProfile | undefined {
    let main: TableProfile | undefined;
    for (const table of this.tables.values()) {
      if (width !== undefined && table.shape === 'width' && table.columns.length !== width) continue;
      if (!main || table.rowCount > main.rowCount) main = table;
    }
    return main;
  }

  /** All defects, the rows of other shapes than the main table's included. */
  allDefects(width?: number): DefectLog {
    const all = new DefectLog();
    all.merge(this.defects, 0);
    const main = this.mainTable(width);
    const expected = { main, width: width ?? main?.columns.length };
    for (const table of this.tables.values()) if (table !== main) addStray(all, table, expected);
    return all;
  }

  private columnCount(): number {
    let count = 0;
    for (const { columns } of this.tables.values()) count += columns.length;
    return count;
  }

  private dropSmallest(): void {
    let smallest: TableProfile | undefined;
    for (const table of this.tables.values()) if (!smallest || table.rowCount <= smallest.rowCount) smallest = table;
    if (!smallest) return;
    addStray(this.defects, smallest);
    this.tables.delete(smallest.key());
  }
}

/** What the rows of a window look like, as far as it is known. */
interface ExpectedTable {
  readonly main?: TableProfile;
  readonly width?: number;
}

/** Counts the rows of a table that is not the main one as defects. */
function addStray(log: DefectLog, stray: TableProfile, expected: ExpectedTable = {}): void {
  const reason = strayReason(stray, expected);
  const detail = strayDetail(stray, expected);
  const places = stray.places.map((place: Place): Defect => ({ ...shiftPlace(place, 0), reason, detail }));
  log.addMany(reason, Math.max(stray.rowCount, 1), places);
}

function strayReason(stray: TableProfile, { main }: ExpectedTable): DefectReason {
  if (main && main.shape !== stray.shape) return 'wrong-format';
  return stray.shape === 'header' ? 'header-mismatch' : 'wrong-width';
}

function strayDetail(stray: TableProfile, { main, width }: ExpectedTable): string {
  if (main && main.shape !== stray.shape) return `${stray.shape} row among ${main.shape} rows`;
  if (stray.shape === 'header') return headerDifference(stray.names, main?.names ?? []);
  const expected = width === undefined ? '' : ` instead of ${width}`;
  return `${stray.columns.length} columns${expected}`;
}

/** Names the first column in which two headers differ. */
export function headerDifference(names: readonly string[], expected: readonly string[]): string {
  const index = names.findIndex((name, at) => name !== expected[at]);
  if (index < 0 || index >= expected.length) return `${names.length} columns instead of ${expected.length}`;
  return `column ${index + 1} is "${names[index]}" instead of "${expected[index]}"`;
}
