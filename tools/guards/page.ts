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

What keeps each thing from going wrong again that [went wrong once](reliability.md#what-went-wrong-once-and-which-test-would-see-it-again) is taken away, one guard after the other, and a test has to fail.
Written by \`npm run guards -- --write\`, in some ten minutes; \`npm run guards -- WORDS\` tries those whose row, words or file have these words in them.
A guard is a piece of code in \`tools/guards\` and what stands in its place then; [a test](../test/project/guards.test.ts) holds that each piece is still there, and that no row is without.
`;

/** The page of all guards. */
export function guardsPage(tried: readonly Tried[]): string {
  const rows = tried.map(({ wentWrong, guard: { what, file }, noticed: { failed } }, index) => {
    const isSame = tried[index - 1]?.wentWrong === wentWrong;
    return `| ${isSame ? '' : wentWrong} | ${cell(what)} | \`${file}\` | ${failed.length} | ${cell(failed[0] ?? '')} |`;
  });
  const count = `${tried.length} guards; without each of them a test fails.`;
  return [
    HEAD,
    count,
    '',
    '| what went wrong | what is taken away | of | tests that fail | the first |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const cell = (title: string) => title.replaceAll('|', '\\|').replace(/\s+/g, ' ');
