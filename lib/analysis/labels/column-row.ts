/** A row whose columns have names, or else places. An empty text of a place is missing, as null of a name is. */
export type ColumnRow = readonly string[] | ReadonlyMap<string, string | null>;

/** The 0-based column that `0` or `_c0` calls by its place; undefined for names. */
export function columnNumber(name: string): number | undefined {
  const column = /^(?:_c)?(\d+)$/.exec(name);
  return column ? Number(column[1]) : undefined;
}

/** The value of a column, by its name or else by its place; null where it is missing, undefined where the row has no such column. */
export function cellOf(row: ColumnRow, column: string): string | null | undefined {
  if (row instanceof Map) return row.get(column);
  const number = columnNumber(column);
  return number === undefined ? undefined : (row as readonly string[])[number];
}
