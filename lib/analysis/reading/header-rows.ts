import { type FieldBatch, textOf } from '../batch/field-batch';
import { categoryOf, meaningOf } from '../profile/meaning';
import type { FeatureStatistics } from '../schemas';
import { bucketsOf, type HeaderNames, normal } from './header-names';

const SPACE = 32;

/**
 * Tells rows that hold the names of a baseline's columns from records: clients send the header of their file with its lines. Spaces, case and order say
 * nothing. Names that all could be values of their columns, as numbers, or categories that are called as their columns, are a record.
 */
export class HeaderRows {
  private readonly names: readonly string[];
  private readonly sortedNames: string;
  private readonly columns: readonly Column[];
  /** which bytes a row of names can begin with */
  private readonly firstBytes = new Uint8Array(256);

  constructor({ features }: HeaderNames) {
    this.names = features.map(({ name }) => normal(name));
    this.columns = features.map((feature) => ({ name: feature.name, holds: valuesOf(feature) }));
    this.sortedNames = sorted(this.names);
    this.firstBytes.fill(1, 0, SPACE + 1);
    const encoder = new TextEncoder();
    for (const name of this.names) {
      for (const form of [name, name.toUpperCase()]) this.firstBytes[encoder.encode(form)[0] ?? 0] = 1;
    }
  }

  /** Whether the cells of a row without names are names. */
  isHeader(cells: readonly string[]): boolean {
    if (cells.length !== this.names.length || !this.names.includes(normal(cells[0] ?? ''))) return false;
    return sorted(cells.map(normal)) === this.sortedNames && this.areNoValues(cells);
  }

  /** Whether `width` fields that stand behind the rows of a batch are names. */
  isHeaderBehind(batch: FieldBatch, width: number): boolean {
    const { memory, starts, ends, size } = batch;
    if (width !== this.names.length || this.firstBytes[memory[starts[size]]] === 0) return false;
    if (!this.names.includes(normal(textOf(memory, starts[size], ends[size])))) return false;
    return this.isHeader(batch.texts(size, size + width));
  }

  /** Whether the values of a row with names are these names. */
  isNamesOnly(fields: ReadonlyMap<string, string | null>): boolean {
    for (const [name, value] of fields) if (value === null || normal(value) !== normal(name)) return false;
    return this.areNoValues(this.columns.map(({ name }) => fields.get(name) ?? null));
  }

  /** Of text whose values are not known, one column alone says nothing; a row of several that are all called so is no chance. */
  private areNoValues(cells: readonly (string | null)[]): boolean {
    return this.columns.some(({ holds }, index) => {
      const cell = cells[index];
      return cell !== null && !(holds ? holds(cell) : this.columns.length === 1);
    });
  }
}

/** A column, and whether it can have a value; that is not known of text with many. */
interface Column {
  readonly name: string;
  readonly holds?: (cell: string) => boolean;
}

function valuesOf({ numerical_statistics, string_statistics }: FeatureStatistics): Column['holds'] {
  if (numerical_statistics) return (cell) => typeof meaningOf(cell) === 'number';
  const buckets = bucketsOf(string_statistics);
  if (!buckets) return undefined;
  const categories = new Set(buckets.map(({ value }) => categoryOf(value)));
  return (cell) => categories.has(categoryOf(cell));
}

const sorted = (names: readonly string[]) => JSON.stringify([...names].sort());
