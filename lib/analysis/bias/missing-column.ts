import { brief, listed } from '../words';

/**
 * Why data have no column of a name, as far as their own names tell, and which columns there are. Names that are all numbers are values of a record in the place of
 * the header, or count the columns: they are not quoted.
 */
export function missingColumnWords(name: string, names: readonly string[]): string {
  const what = 'the data have no column of this name';
  if (names.length === 0) return 'the data have no columns';
  const alike = names.find((one) => folded(one) === folded(name));
  if (alike !== undefined) return `${what}, but ${brief(alike)}: letter case and white space count`;
  if (names.every(isNumber))
    return `${what}: the names of their ${names.length} columns are all numbers, so the header is missing`;
  if (names.every(isCounted))
    return `${what}: they have no header, and their columns are called ${names[0]} to ${names.at(-1)}`;
  return `${what}, but ${listed('column', names.map(brief))}`;
}

const folded = (name: string) => name.trim().toLowerCase();

const isNumber = (name: string) => name.trim() !== '' && Number.isFinite(Number(name));

/** As columns without names are called. */
const isCounted = (name: string) => /^_c\d+$/.test(name);
