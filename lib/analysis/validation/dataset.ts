import { type ColumnTypes, declarationProblems } from '../data-quality/declared-columns';
import { DEFAULT_FALSE_ALARM_RATE } from '../data-quality/detectors';
import type { ColumnProfile } from '../profile/column-profile';
import { inferredType, KINDS, kindOf, newerKind } from '../profile/inferred-type';
import type { Profile } from '../profile/profile';
import type { DatasetFormat } from '../profile/profiler';
import { columnNames } from '../profile/statistics';
import type { TableProfile } from '../profile/table-profile';
import { listsNotFound } from '../reading/json-dataset';
import { hasLostCharacters } from '../reading/lost-characters';
import { brief, listed } from '../words';

/** What is to be known of a dataset before a baseline is made of it, in words without data. */
export interface DatasetJudgement {
  /** why it would be a baseline of something else than was meant; absent where it would not */
  readonly problem?: string;
  /** what is no problem, and good to know */
  readonly notes: readonly string[];
}

/** What was said of a dataset. */
export interface DatasetDeclaration {
  /** CSV with a header where absent */
  readonly format?: DatasetFormat;
  readonly columnTypes?: ColumnTypes;
}

/**
 * Judges a dataset by what was read: whether its CSV is separated by something else, its header is a record, its bytes are no UTF-8, whether it
 * has rows enough, and its columns are what was declared. Rows that cannot be read are not judged here, and neither is an empty dataset.
 */
export function judgedDataset(
  profile: Profile,
  { format = { csv: { header: true } }, columnTypes }: DatasetDeclaration = {},
): DatasetJudgement {
  const table = profile.mainTable();
  if (!table) return { notes: [] };
  const separator = wrongDelimiter(table, format);
  const problems = separator
    ? [separator]
    : [
        headerOfNumbers(table, format),
        ...foreignBytes(table, format),
        beyondRange(table),
        tooFewRows(profile, table),
        unknownLists(profile, format),
        ...declarationProblems(table, columnTypes),
      ];
  const told = problems.filter((problem) => problem !== undefined);
  return { problem: told.length > 0 ? told.join('; ') : undefined, notes: notesOf(table) };
}

function unknownLists({ found }: Profile, { json }: DatasetFormat): string | undefined {
  const lists = listsNotFound(json?.listLengths ?? {}, found);
  if (lists.length === 0) return undefined;
  return `listLengths has ${listed('column', lists.map(brief))}, and no record does`;
}

/** What CSV is separated by, and how a dataset is told so. */
const DELIMITERS = [
  { character: ',', words: 'commas', name: 'COMMA' },
  { character: ';', words: 'semicolons', name: 'SEMICOLON' },
  { character: '\t', words: 'tabs', name: 'TAB' },
  { character: '|', words: 'pipes', name: 'PIPE' },
] as const;

/** One column, and in each of its values (and its name) as many of another separator. */
function wrongDelimiter(table: TableProfile, { csv }: DatasetFormat): string | undefined {
  if (!csv || table.columns.length !== 1) return undefined;
  // a value that is kept by its hash says nothing of what is in it
  const values = [...table.columns[0].values.tracked].flatMap(([value, { long }]) => (long ? [] : [value]));
  const texts = [...table.names, ...values];
  const found = DELIMITERS.find(({ character }) => {
    const count = texts.length > 0 ? countOf(texts[0], character) : 0;
    return count > 0 && texts.every((text) => countOf(text, character) === count);
  });
  if (!found) return undefined;
  const advice = `give the dataset \`delimiter: CsvDelimiter.${found.name}\`, or write it with commas`;
  return `every line is one column, with ${found.words} in it; ${advice}`;
}

const countOf = (text: string, character: string) => text.split(character).length - 1;

/** Names that are all numbers, but do not count the columns; or numbers with a fraction over numbers. */
function headerOfNumbers(table: TableProfile, { csv }: DatasetFormat): string | undefined {
  if (!csv?.header || table.shape !== 'header') return undefined;
  const types = table.names.map((name) => KINDS[newerKind(kindOf(name))]);
  const isRecord = types.every((type) => NUMERIC.includes(type)) && !isSequence(table.names.map(Number));
  const suspects = columnsThat(
    table,
    (column, index) => isRecord || (types[index] === 'Fractional' && isNumeric(column)),
  );
  if (suspects.length === 0) return undefined;
  return (
    `the first line is taken for the names of the columns, and has numbers in ${listed('column', suspects)}; ` +
    'give the dataset `header: false` if that line is a record, else give these columns names'
  );
}

const NUMERIC: readonly string[] = ['Integral', 'Fractional'];

const isNumeric = ({ newerKinds }: ColumnProfile) => NUMERIC.includes(inferredType(newerKinds));

const isSequence = (numbers: readonly number[]) =>
  numbers.every((number, index) => Number.isInteger(number) && number === numbers[0] + index);

/** Characters that were lost, or that stand between the others where two bytes are one character. */
function foreignBytes(table: TableProfile, { csv, json }: DatasetFormat) {
  const encoding = csv?.encoding ?? json?.encoding ?? 'UTF-8';
  const advice = 'give the dataset the `encoding` that it is written in';
  const lost = columnsWith(table, hasLostCharacters);
  const halves = columnsWith(table, (text) => text.includes('\0'));
  return [
    foundIn(lost, `characters that are no ${encoding}`, advice),
    foundIn(halves, `null characters, as of UTF-16 that is read as ${encoding},`, advice),
  ];
}

const foundIn = (columns: readonly string[], what: string, advice: string) =>
  columns.length > 0 ? `there are ${what} in ${listed('column', columns)}; ${advice}` : undefined;

/** The numbers of the columns whose name or a value is so. */
const columnsWith = (table: TableProfile, isSo: (text: string) => boolean) =>
  columnsThat(table, ({ values }, index) => [table.names[index] ?? '', ...values.tracked.keys()].some(isSo));

/** The numbers of the columns that are so. */
const columnsThat = ({ columns }: TableProfile, isSo: (column: ColumnProfile, index: number) => boolean) =>
  columns.flatMap((column, index) => (isSo(column, index) ? [String(index + 1)] : []));

/** Numbers without a value are in no distribution: windows like this dataset would be told of them for ever. */
function beyondRange(table: TableProfile): string | undefined {
  const beyond = columnsThat(table, (column) => {
    const { min, max } = column.numbers.moments;
    return isNumeric(column) && !(max - min < Infinity);
  });
  return foundIn(beyond, 'numbers beyond the range of a double', 'leave them empty');
}

/**
 * How likely chance alone makes two samples differ as much as they do is at most 2 exp(-2 n D^2): below so many rows, not even a window of which no
 * value occurs in the baseline (D = 1) is told from chance.
 *
 * @see https://en.wikipedia.org/wiki/Dvoretzky%E2%80%93Kiefer%E2%80%93Wolfowitz_inequality
 */
const neededRows = (columns: number, difference: number) =>
  Math.ceil(Math.log((2 * columns) / DEFAULT_FALSE_ALARM_RATE) / (2 * difference ** 2));

function tooFewRows(profile: Profile, { rowCount, columns }: TableProfile): string | undefined {
  const least = neededRows(columns.length, 1);
  if (rowCount === 0 || rowCount >= least || profile.allDefects().counts.size > 0) return undefined;
  return (
    `the ${rowCount} rows are too few: at least ${least} are needed to tell drift of ${counted(columns.length)} from chance, ` +
    'and thousands to see some that is small'
  );
}

/** What `constraints.json` takes for drift if nothing else is said. */
const DEFAULT_THRESHOLD = 0.1;

function notesOf(table: TableProfile): string[] {
  const { rowCount, columns } = table;
  if (rowCount === 0) return [];
  const names = columnNames(table);
  const empty = names.filter((_, index) => columns[index].present === 0).map(brief);
  const enough = neededRows(columns.length, DEFAULT_THRESHOLD);
  return [
    ...(empty.length > 0 ? [`without any value: ${listed('column', empty)}`] : []),
    ...(rowCount < enough
      ? [
          `${rowCount} rows: ${enough} are needed to see every drift of ${DEFAULT_THRESHOLD} in ${counted(columns.length)}`,
        ]
      : []),
  ];
}

const counted = (columns: number) => (columns === 1 ? '1 column' : `${columns} columns`);
