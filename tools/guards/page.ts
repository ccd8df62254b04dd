import type { Guard } from './guard';
import type { Noticed } from './guarded-copy';

/** A guard, what went wrong before it was there, and what tests said without it. */
export interface Tried {
  readonly wentWrong: string;
  readonly guard: Guard;
  readonly noticed: Noticed;
}

/** What is wrong with a guard, in words; nothing where a test has noticed that it was gone. */
export function problemOf({ guard: { what, file }, noticed: { failed, broken } }: Tried): string | undefined {
  if (broken !== undefined)
    return `${file}: without "${what}" tests do not run: ${broken.split('\n').slice(0, 12).join('\n')}`;
  return failed.length === 0 ? `${file}: no test notices that "${what}" is gone` : undefined;
}

const HEAD = `# Guards

What keeps each thing from going wrong again that [went wrong once](reliability.md#what-went-wrong-once-and-which-test-would-see-it-again), and what keeps each promise of [no silence](silence.md), is taken away, one guard after the other, and a test has to fail.
Written by \`npm run guards -- --write\`, in some twenty minutes; \`npm run guards -- WORDS\` tries those whose row, words or file have these words in them, and with \`--write\` leaves the rows of all others as they are.
A guard is a piece of code in \`tools/guards\` and what stands in its place then; [a test](../test/project/guards.test.ts) holds that each piece is still there, and that no row is without.
`;

/** A row of the page: a guard, what it is a guard of, and what tests said without it. */
export interface Row {
  readonly wentWrong: string;
  readonly what: string;
  readonly file: string;
  readonly failed: number;
  readonly first: string;
}

/** The row of a guard that was tried. */
export const rowOf = ({ wentWrong, guard: { what, file }, noticed: { failed } }: Tried): Row => ({
  wentWrong,
  what: cell(what),
  file,
  failed: failed.length,
  first: cell(failed[0] ?? ''),
});

/** The page of all guards. */
export function guardsPage(rows: readonly Row[]): string {
  const lines = rows.map(({ wentWrong, what, file, failed, first }, index) => {
    const isSame = rows[index - 1]?.wentWrong === wentWrong;
    return `| ${isSame ? '' : wentWrong} | ${what} | \`${file}\` | ${failed} | ${first} |`;
  });
  const count = `${rows.length} guards; without each of them a test fails.`;
  return [
    HEAD,
    count,
    '',
    '| what went wrong, or is promised | what is taken away | of | tests that fail | the first |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

/** The rows that a page has. */
export function rowsOf(page: string): Row[] {
  const rows: Row[] = [];
  for (const [, own, what, file, failed, first] of page.matchAll(
    /^\| (.*?) ?\| (.+) \| `([^`]+)` \| (\d+) \| (.*) \|$/gm,
  ))
    rows.push({ wentWrong: own || (rows.at(-1)?.wentWrong ?? ''), what, file, failed: Number(failed), first });
  return rows;
}

const cell = (title: string) => title.replaceAll('|', '\\|').replace(/\s+/g, ' ');
