import { readText } from './source-files';

/** What a row of a table names in its last cell: a test by words of its title, or a command. */
export interface Shown {
  /** the cells before the last one */
  readonly promise: string;
  readonly tests: readonly { readonly words: string; readonly file: string }[];
  /** as `npm run cases` */
  readonly commands: readonly string[];
}

/** The rows of a page's tables whose last cell names what shows the others. */
export function shownBy(page: string): Shown[] {
  const rows = [...readText(page).matchAll(/^\| (.+) \| ([^|]*(?:\]\(\.\.\/test\/|`npm run )[^|]*) \|$/gm)];
  return rows.map(([, promise, cell]) => ({
    promise,
    tests: [...cell.matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, words, file]) => ({ words, file })),
    commands: [...cell.matchAll(/`npm run ([\w:]+)`/g)].map(([, name]) => name),
  }));
}

/** The titles of a file's tests, as they stand in its code. */
export function titlesOf(file: string): string[] {
  return [...readText(file).matchAll(/(?:describe|test|\)|`)\(\s*(['"`])(.+?)\1,/g)].map(([, , title]) => title);
}
