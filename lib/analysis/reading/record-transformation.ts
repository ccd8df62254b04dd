import { brief } from '../words';
import { type CastTypeName, castText } from './cast';
import { CsvParser } from './csv';
import type { DefectReason, RecordProblem } from './defects';
import type { FlatFields } from './flat-json';
import { flattenWithLists, isFlat, isList, isPlain, type JsonList, listIn, type RowFields } from './json-tree';

/** One change to the rows of captured records; columns of CSV are called by their index from `0` on. */
export type RecordTransformation =
  /** new names by the old ones, all at once */
  | { readonly rename: { readonly [column: string]: string } }
  | { readonly drop: readonly string[] }
  | { readonly cast: string; readonly to: CastTypeName }
  /** columns below a key lose its name: `features.age` is `age` below `features` */
  | { readonly unwrap: string }
  /** a column whose text is a JSON object: its keys are the columns */
  | { readonly parseJson: string }
  /** a column whose text is a line of CSV, with the names of its fields */
  | { readonly parseCsv: string; readonly names: readonly string[] }
  /** a column whose value is a list of so many plain values: each is a column, `embedding.0`, `embedding.1`, ... */
  | { readonly spread: string; readonly length: number };

/** A row of CSV fields, or of JSON fields, among them lists. */
type CapturedRow = string[] | RowFields;

/** Changes a row, one of JSON into one of JSON, or says why that cannot be done. It never changes the row that it is given. A list that nothing changed is a problem. */
export interface RowTransformer {
  (row: RowFields): FlatFields | RecordProblem;
  (row: CapturedRow): string[] | FlatFields | RecordProblem;
}

/** Tells of a column that a row has. */
type Found = (column: string) => void;
type Step = (row: CapturedRow, found: Found) => CapturedRow | RecordProblem;

const misfit = (reason: DefectReason, detail: string): RecordProblem => ({ reason, detail });
const isRow = (made: CapturedRow | RecordProblem): made is CapturedRow => made instanceof Map || Array.isArray(made);

/** What is to be done about a list of a captured row. */
const REMEDY = 'make columns of it by RecordTransformation.spread, or drop it';

/** Transformations as a function, for many rows; in `found` is kept which of their columns rows had. */
export function rowTransformer(
  list: readonly RecordTransformation[],
  found: Set<string>,
  remedy: string = REMEDY,
): RowTransformer {
  const steps = list.map((each, index) => ({
    step: stepOf(each),
    tell: (column: string) => void found.add(foundKey(index, column)),
  }));
  function transformed(row: RowFields): FlatFields | RecordProblem;
  function transformed(row: CapturedRow): string[] | FlatFields | RecordProblem;
  function transformed(row: CapturedRow) {
    let made: CapturedRow | RecordProblem = row;
    for (const { step, tell } of steps) {
      made = step(made, tell);
      if (!isRow(made)) return made;
    }
    if (!(made instanceof Map) || isFlat(made)) return made;
    return misfit('nested-data', `its ${brief(listIn(made) ?? '')} is a list: ${remedy}`);
  }
  return transformed;
}

const foundKey = (index: number, column: string) => `${index} ${column}`;

/** The columns that transformations name and no row had, each with what was to be done: `rename income`. Names are those of the settings. */
export const notFound = (list: readonly RecordTransformation[], found: ReadonlySet<string>): string[] =>
  lacking(list, found).map(({ verb, column }) => `${verb} ${column}`);

/** The same, in parts. */
export function lacking(list: readonly RecordTransformation[], found: ReadonlySet<string>) {
  return list.flatMap((each, index) => {
    const { verb, columns } = namedBy(each);
    return columns.filter((column) => !found.has(foundKey(index, column))).map((column) => ({ verb, column }));
  });
}

/** Members of changes beside their verb. */
const DETAILS = ['to', 'names', 'length'];

function namedBy(each: RecordTransformation): { readonly verb: string; readonly columns: readonly string[] } {
  const [[verb, named]] = Object.entries(each).filter(([key]) => !DETAILS.includes(key));
  return { verb, columns: verb === 'rename' ? Object.keys(named) : [named].flat() };
}

function stepOf(each: RecordTransformation): Step {
  if ('drop' in each) return drop(new Set(each.drop));
  if ('cast' in each) return cast(each.cast, each.to);
  if ('rename' in each) {
    const names = new Map(Object.entries(each.rename));
    return named((row, found) => renamed(row, (name) => renamedTo(names, name, found)));
  }
  if ('unwrap' in each) return named((row, found) => renamed(row, (name) => unwrapped(each.unwrap, name, found)));
  if ('parseJson' in each) return named(parsed(each.parseJson, jsonFields));
  if ('spread' in each) return named(spread(each.spread, each.length));
  return named(parsed(each.parseCsv, (text) => csvFields(text, each.names)));
}

function drop(columns: ReadonlySet<string>): Step {
  return (row, found) => {
    if (row instanceof Map) {
      const rest: RowFields = new Map(row);
      for (const column of columns) if (rest.delete(column)) found(column);
      return rest;
    }
    for (const column of columns) {
      if (row[indexOf(column)] === undefined) return noSuchColumn(column);
      found(column);
    }
    return row.filter((_, index) => !columns.has(String(index)));
  };
}

function cast(column: string, to: CastTypeName): Step {
  const failed = misfit('failed-cast', `its "${column}" is no value of the type ${to}`);
  const index = indexOf(column);
  return (row, found) => {
    const value = row instanceof Map ? row.get(column) : row[index];
    if (value === undefined) return row instanceof Map ? row : noSuchColumn(column);
    found(column);
    if (value === null || value === '') return row;
    const text = isList(value) ? undefined : castText(value, to);
    if (text === undefined) return failed;
    return row instanceof Map ? new Map(row).set(column, text) : row.map((one, at) => (at === index ? text : one));
  };
}

/** A step for rows with names. Rows of CSV have none: what it looks for, they cannot have. */
function named(change: (row: RowFields, found: Found) => RowFields | RecordProblem): Step {
  return (row, found) =>
    row instanceof Map ? change(row, found) : misfit('no-such-column', 'its values have no names');
}

function renamed(row: RowFields, newName: (name: string) => string): RowFields | RecordProblem {
  const made: RowFields = new Map();
  for (const [name, value] of row) {
    const changed = newName(name);
    if (made.has(changed)) return misfit('name-taken', `it has another column "${changed}"`);
    made.set(changed, value);
  }
  return made;
}

function renamedTo(names: ReadonlyMap<string, string>, name: string, found: Found): string {
  const to = names.get(name);
  if (to === undefined) return name;
  found(name);
  return to;
}

function unwrapped(key: string, name: string, found: Found): string {
  if (!name.startsWith(`${key}.`)) return name;
  found(key);
  return name.slice(key.length + 1);
}

type Fields = RowFields | RecordProblem;

function parsed(column: string, fieldsOf: (text: string) => Fields) {
  return replaced(column, (text) => {
    if (text === null) return new Map();
    return isList(text) ? misfit('unread-text', 'it has a list in the place of a text') : fieldsOf(text);
  });
}

/** A row with other columns in the place of one, which are made of its value. */
function replaced(column: string, fieldsOf: (value: string | null | JsonList) => Fields) {
  return (row: RowFields, found: Found): Fields => {
    const value = row.get(column);
    if (value === undefined) return row;
    found(column);
    const fields = fieldsOf(value);
    if (!(fields instanceof Map)) return fields;
    const made: RowFields = new Map(row);
    made.delete(column);
    for (const [name, field] of fields) {
      if (made.has(name))
        return misfit('name-taken', `a name that its "${column}" is to have is one of another column`);
      made.set(name, field);
    }
    return made;
  };
}

/** A list that is missing is one of values that are. */
function spread(column: string, length: number) {
  const names = Array.from({ length }, (_, index) => `${column}.${index}`);
  return replaced(column, (value) => {
    const items = value ?? names.map(() => null);
    if (!isList(items) || !items.every(isPlain))
      return misfit('unread-list', `its "${column}" is no list of plain values`);
    const count = items.length;
    if (count !== length) return misfit('wrong-width', `${count} values in its "${column}" instead of ${length}`);
    return new Map(items.map((item, index) => [names[index], item]));
  });
}

function jsonFields(text: string): Fields {
  const fields = flattenWithLists(text);
  return typeof fields === 'string' ? misfit('unread-text', 'its text is no flat JSON object') : fields;
}

function csvFields(text: string, names: readonly string[]): Fields {
  const rows: string[][] = [];
  let isWhole = true;
  const sink = {
    row: (fields: readonly string[]) => void rows.push([...fields]),
    problem: () => {
      isWhole = false;
    },
  };
  const parser = new CsvParser(sink, { maximumRecordBytes: Number.POSITIVE_INFINITY });
  parser.push(text);
  parser.end();
  if (!isWhole || rows.length !== 1) return misfit('unread-text', 'its text is not one line of CSV');
  const [row] = rows;
  if (row.length !== names.length) return misfit('wrong-width', `${row.length} values for ${names.length} names`);
  return new Map(row.map((value, index) => [names[index], value === '' ? null : value]));
}

const noSuchColumn = (column: string) => misfit('no-such-column', `it has no column "${column}"`);

/** The index that a column is called by; NaN for a name, which no row of CSV has. */
export function indexOf(column: string): number {
  const index = Number(column);
  return String(index) === column ? index : Number.NaN;
}

/** How many of so many first columns of rows without names are left: those that the endpoint answered. */
export const answersLeft = (list: readonly RecordTransformation[], answers: number): number =>
  list.reduce(withoutDropped, answers);

function withoutDropped(count: number, each: RecordTransformation): number {
  return 'drop' in each ? count - each.drop.filter((column) => indexOf(column) < count).length : count;
}
