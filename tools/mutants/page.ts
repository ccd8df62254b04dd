import type { Figures } from './figures';
import { SURVIVORS } from './survivors';

/** Share of the mutants that tests have to kill, of all files together. */
export const BAR = 0.85;

/** Killed mutants of several files, and all. */
export function sumOf(figures: readonly Figures[]): { readonly killed: number; readonly all: number } {
  const sum = (member: 'killed' | 'all') => figures.reduce((total, each) => total + each[member], 0);
  return { killed: sum('killed'), all: sum('all') };
}

/** Survivors without a reason, as `file:line change`; a reason that nothing needs any more is one, too. */
export function problemsOf(figures: readonly Figures[]): string[] {
  return figures.flatMap(({ file, survivors }) => {
    const reasons = SURVIVORS[file] ?? {};
    const unnamed = survivors.filter(({ change }) => !Object.hasOwn(reasons, change));
    const changes = new Set(survivors.map(({ change }) => change));
    const stale = Object.keys(reasons).filter((change) => !changes.has(change));
    return [
      ...unnamed.map(({ line, change }) => `${file}:${line} survives: ${change}`),
      ...stale.map((change) => `${file}: is killed, but survivors.ts has it: ${change}`),
    ];
  });
}

/** What the page says of files that are not counted anew; which mutants survived, it does not say. */
export function keptFigures(page: string): Figures[] {
  return [...page.matchAll(/^\| `(\S+)` \| (\d+) \/ (\d+) \|/gm)].map(([, file, killed, all]) => {
    return { file, killed: Number(killed), all: Number(all), survivors: [] };
  });
}

/** What `docs/mutants.md` has to say. */
export function mutantsPage(figures: readonly Figures[]): string {
  const { killed, all } = sumOf(figures);
  const rows = figures.map((each) => `| \`${each.file}\` | ${each.killed} / ${each.all} | ${percent(each)} |`);
  return PAGE.replace('{rows}', [...rows, `| all | ${killed} / ${all} | ${percent({ killed, all })} |`].join('\n'))
    .replace('{bar}', String(BAR * 100))
    .replace('{survivors}', () => reasonRows().join('\n'));
}

const percent = ({ killed, all }: { readonly killed: number; readonly all: number }) =>
  `${((100 * killed) / all).toFixed(1)} %`;

function reasonRows(): string[] {
  return Object.entries(SURVIVORS).flatMap(([file, reasons]) =>
    Object.entries(reasons).map(([change, why]) => `| \`${file}\` | ${asCode(change)} | ${why} |`),
  );
}

/** Code in a cell of a table, whose bars would end the cell. */
const asCode = (code: string) => `\`\` ${code.replaceAll('|', '\\|')} \`\``;

const PAGE = `# Mutants

Pure decisions are changed one operator, condition, text or block at a time, and their tests have to notice: at least {bar} % of the changes, of all files together. A survivor is named
below with the reason, or is a test that lacks. Written by \`npm run mutants -- --write\`.

\`\`\`sh
npm run mutants                                       # all files: some half an hour on two processors, most of it for \`checks\`
npm run mutants -- overrides                          # a group of \`tools/mutants/rooms.ts\`
npm run mutants -- lib/retraining/gate-decision.ts    # a file; with \`--write\`, its figures on this page
\`\`\`

It fails below the bar, for a survivor that has no reason in \`tools/mutants/survivors.ts\`, and for a reason whose mutant is dead. [Stryker](https://stryker-mutator.io) (Apache-2.0) makes the
changes, in a copy. It is installed when it is first run, as \`tools/mutants/package-lock.json\` says and outside the project's own dependencies: 168 packages that no build and no test needs. Version 9
is the last one for the Node.js that this project still supports.

A decision that moves, or a new one, goes to \`tools/mutants/rooms.ts\` with the tests that have to notice. Tests are fast ones of that decision alone, since all of them run for every text and
number that is decided when a file is loaded.

| file | killed | |
|---|---|---|
{rows}

## Survivors

| file | change | why it may live |
|---|---|---|
{survivors}
`;
